"""The same registrations with 60 ms before every call, as between here and Telegram: ours against the echo."""

from bench.bots import Echo, percentile_ms, running
from bench.report import Row, middle
from bench.setting import Setting

ROUND_TRIP, PEOPLE = 0.06, 100


async def measure(setting: Setting) -> list[Row]:
    async with running(setting.ours(), PEOPLE, latency=ROUND_TRIP) as run:
        run.crowd.all_at_once()
        await run.stretch(1000)
        ours = await run.stretch(8000)
    async with running(Echo(), PEOPLE, latency=ROUND_TRIP) as run:
        run.crowd.all_at_once()
        await run.stretch(20)
        echo = await run.stretch(100)
    return [
        middle("updates a second, 100 people", [ours.rate], [echo.rate], "ratio ≥ 50"),
        middle("p50, ms", [percentile_ms(ours.waits, 50)], [percentile_ms(echo.waits, 50)]),
    ]
