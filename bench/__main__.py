"""`./run bench` or `./run bench NAME…`: measure, print a table of each part, keep the figures in build/bench.json."""

import argparse
import logging
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from bench import broadcast, latency, registration, roundtrip, start
from bench.bots import EMULATOR_CORE, Echo, pin
from bench.programme import prepare
from bench.report import Row, save, table
from bench.setting import Setting

BUILD = Path(__file__).parents[1] / "build"
PARTS: dict[str, Callable[[Setting], Awaitable[list[Row]]]] = {
    "registration": registration.measure,
    "latency": latency.measure,
    "start": start.measure,
    "roundtrip": roundtrip.measure,
    "broadcast": broadcast.measure,
}


async def run(names: list[str], setting: Setting) -> None:
    for name in names:
        since = time.monotonic()
        rows = await PARTS[name](setting)
        save(BUILD / "bench.json", name, rows)
        # A load far above 2 says that others were at work on this machine, and that the figures are theirs too.
        title = f"{name} ({time.monotonic() - since:.0f} s, load {os.getloadavg()[0]:.1f})"
        peer = Echo.name if any(row.peer is not None for row in rows) else ""
        print(table(title, peer, rows), end="\n\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./run bench", description="What is measured, against what: docs/performance.md"
    )
    parser.add_argument("name", nargs="*", choices=[*PARTS, []], help="a part; without one, all")
    names = parser.parse_args().name or list(PARTS)
    folder = BUILD / "bench"  # on the disk: /tmp may be memory
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    setting = Setting(*prepare(folder))
    logging.getLogger("aiohttp.server").disabled = True  # a peer that is ended hangs up in the middle of a call
    pin(EMULATOR_CORE)
    uvloop.run(run(names, setting))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
