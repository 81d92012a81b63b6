"""From the start of the process to the first reply, and memory then and after many updates: ours against the echo.

20,000 updates are ours; the echo, which would need half a minute for them, keeps nothing, so 3,000 do.
"""

import time

from bench.bots import Bot, Echo, running
from bench.report import Row, middle
from bench.setting import Setting

ROUNDS, MANY, MANY_OF_ECHO = 5, 20_000, 3000


async def measure(setting: Setting) -> list[Row]:
    ours = [await _start(setting.ours()) for _ in range(ROUNDS)]
    echo = [await _start(Echo()) for _ in range(ROUNDS)]
    name = f"memory after {MANY:,} updates, MiB"
    return [
        middle("start to first reply, s", [s for s, _ in ours], [s for s, _ in echo], "≤ 0.8 s"),
        middle("memory then, MiB", [m for _, m in ours], [m for _, m in echo]),
        middle(name, [await _memory(setting.ours(), MANY)], [await _memory(Echo(), MANY_OF_ECHO)], "≤ 100 MiB"),
    ]


async def _start(bot: Bot) -> tuple[float, float]:
    async with running(bot, 1) as run:
        return time.perf_counter() - run.started, run.memory_mib


async def _memory(bot: Bot, updates: int) -> float:
    async with running(bot, 100) as run:
        run.crowd.all_at_once()
        await run.crowd.until(updates)
        return run.memory_mib
