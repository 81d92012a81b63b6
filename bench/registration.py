"""Updates handled a second: our durable bot, with the whole journey of an official, against an echo that keeps nothing.

100 people in a closed loop, bot and pretend Telegram on a core each, in turn, the median of 3 rounds; the warm-up does
not count.
"""

from bench.bots import Bot, Echo, Stretch, percentile_ms, running
from bench.report import Row, middle
from bench.setting import Setting

PEOPLE, ROUNDS = 100, 3


async def measure(setting: Setting) -> list[Row]:
    ours: list[tuple[Stretch, float]] = []
    echo: list[tuple[Stretch, float]] = []
    for _ in range(ROUNDS):
        ours.append(await _round(setting.ours(), 3000, 15000))
        echo.append(await _round(Echo(), 500, 3000))
    return [
        middle("updates a second", [s.rate for s, _ in ours], [s.rate for s, _ in echo], "ratio ≥ 3"),
        middle("CPU µs an update", [s.cpu_us for s, _ in ours], [s.cpu_us for s, _ in echo]),
        middle("p99, ms", [percentile_ms(s.waits, 99) for s, _ in ours], [percentile_ms(s.waits, 99) for s, _ in echo]),
        middle("memory, MiB", [m for _, m in ours], [m for _, m in echo]),
    ]


async def _round(bot: Bot, warm_up: int, answers: int) -> tuple[Stretch, float]:
    async with running(bot, PEOPLE) as run:
        run.crowd.all_at_once()
        await run.stretch(warm_up)
        return await run.stretch(answers), run.memory_mib
