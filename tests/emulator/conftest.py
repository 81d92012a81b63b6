from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator

Json = dict[str, Any]
Ask = Callable[..., Awaitable[Json]]


@pytest.fixture
async def tg() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(tg: Emulator, http: aiohttp.ClientSession) -> Ask:
    """Call a method with a JSON body; the whole answer, which must agree with its HTTP status."""

    async def call(method: str, **params: Any) -> Json:
        async with http.post(f"{tg.api}/bot{tg.token}/{method}", json=params) as response:
            body: Json = await response.json()
            assert response.status == (200 if body["ok"] else body["error_code"])
            return body

    return call
