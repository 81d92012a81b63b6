"""How long a reply takes at 50 and at 200 messages a second, which come at random moments: ours against the echo."""

from bench.bots import Bot, Echo, percentile_ms, running
from bench.report import Row, middle
from bench.setting import Setting

RATES, ROUNDS, SECONDS, PEOPLE = (50, 200), 3, 6, 100
Waits = dict[int, list[tuple[float, float]]]


async def measure(setting: Setting) -> list[Row]:
    ours: Waits = {rate: [] for rate in RATES}
    echo: Waits = {rate: [] for rate in RATES}
    for _ in range(ROUNDS):
        await _round(setting.ours(), ours)
        await _round(Echo(), echo)
    return [
        middle(f"p{p} at {rate} a second, ms", [w[at] for w in ours[rate]], [w[at] for w in echo[rate]], "ratio ≤ 1.2")
        for rate in RATES
        for at, p in enumerate((50, 99))
    ]


async def _round(bot: Bot, found: Waits) -> None:
    async with running(bot, PEOPLE) as run:
        await run.at_rate(100, 2)
        for rate in RATES:
            waits = await run.at_rate(rate, SECONDS)
            found[rate].append((percentile_ms(waits, 50), percentile_ms(waits, 99)))
