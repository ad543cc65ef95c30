"""A page's `fetch()` for Python: httpx moves the bytes, the browser model decides.

The clients keep cookies and preflight results from call to call, as a browser profile does.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import aclosing, closing
from types import TracebackType
from typing import Self, TypedDict, Unpack

import httpx

from emulator.browser.body import Body
from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.browser.origin import is_serialized_origin
from emulator.browser.profiles import PROFILES
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Blocked, Done
from emulator.browser.verdict import NetworkError as NetworkVerdict
from emulator.client.errors import CorsError, NetworkError, RequestError
from emulator.client.response import BrowserResponse, visible
from emulator.client.wire import FAILURES, failure_of, from_httpx, to_httpx, undecodable
from emulator.messages import Response

TIMEOUT = 60.0
"""Seconds that a call waits, at each step, with an httpx client of our own: httpx's five end calls that every browser
waits for, as that of a function that starts and then takes the 29 that a gateway gives it."""


class FetchOptions(TypedDict, total=False):
    """The second argument of `fetch`, with JavaScript's strings for `mode`, `credentials` and `redirect`. `headers` are
    pairs, and a name may come more than once."""

    method: str
    headers: Sequence[tuple[str, str]]
    body: Body | str | bytes | None
    mode: str
    credentials: str
    redirect: str


class BrowserOptions(TypedDict, total=False):
    """What can be chosen of the browser. `url` is the page's own, "<origin>/" when it is not given; `clock` gives Unix
    time in seconds; `blocks_third_party_cookies` overrides the browser's own habit."""

    url: str
    clock: Callable[[], float]
    blocks_third_party_cookies: bool


class _Tab:
    """A page in a browser: everything about a client that is not IO."""

    def __init__(self, origin: str, profile: str, options: BrowserOptions) -> None:
        if not is_serialized_origin(origin):
            raise ValueError(f'{origin!r} is not an origin: write it like "https://app.example", or "null"')
        if profile not in PROFILES:
            raise ValueError(f"{profile!r} is not a profile: there are {', '.join(PROFILES)}")
        self.page = Page(origin, options.get("url", ""))
        self.agent = UserAgent(
            PROFILES[profile], options.get("clock", time.time), options.get("blocks_third_party_cookies")
        )

    def fetch(self, url: str, options: FetchOptions) -> Fetch:
        """Begin a call of the page; raises ValueError for a mode that does not exist."""
        call = Call(
            url,
            options.get("method", "GET"),
            tuple(options.get("headers", ())),
            options.get("body"),
            Mode(options.get("mode", "cors")),
            Credentials(options.get("credentials", "same-origin")),
            Redirect(options.get("redirect", "follow")),
        )
        return Fetch(call, self.page, self.agent)


def _answer(end: Done, fetch: Fetch, cause: Exception | None) -> BrowserResponse:
    if isinstance(end, Allowed):
        return visible(end, fetch.exchanged)
    if isinstance(end, Blocked):
        raise CorsError(end, fetch.exchanged)
    if isinstance(end, NetworkVerdict):
        raise NetworkError(end, fetch.exchanged) from cause
    raise RequestError(end)


class BrowserClient:
    """A browser with one page of `origin` ("null" for an opaque one), as `profile`: chromium, firefox, webkit or spec.
    Raises ValueError for an origin or a profile that does not exist.

    `http` is the httpx client that carries the requests, by default one of its own; give one for another transport,
    proxy, certificate or timeout. The caller closes what it gave.
    """

    def __init__(
        self,
        origin: str,
        profile: str = "chromium",
        http: httpx.Client | None = None,
        **options: Unpack[BrowserOptions],
    ) -> None:
        self._tab = _Tab(origin, profile, options)
        self._http = http or httpx.Client(timeout=TIMEOUT)
        self._owns_http = http is None

    @property
    def user_agent(self) -> UserAgent:
        """What the browser remembers: its cookies and its preflight cache."""
        return self._tab.agent

    def fetch(self, url: str, **options: Unpack[FetchOptions]) -> BrowserResponse:
        """Call `fetch` as the page: return what JavaScript would see. Raises FetchError where it would get a TypeError,
        and ValueError for a mode that does not exist."""
        fetch = self._tab.fetch(url, options)
        step = fetch.start()
        cause: Exception | None = None
        while isinstance(step, Send):
            try:
                received = self._send(to_httpx(step, self._http))
            except FAILURES as error:
                cause, step = error, fetch.fail(*failure_of(error))
            else:
                step = fetch.receive(*received)
        return _answer(step, fetch, cause)

    def _send(self, request: httpx.Request) -> tuple[Response, str]:
        """Send one request; return the response and why its body cannot be decoded, "" when it can."""
        with closing(self._http.send(request, auth=None, follow_redirects=False, stream=True)) as response:
            try:
                return from_httpx(response, response.read()), ""
            except httpx.DecodingError as error:
                return from_httpx(response, b""), undecodable(response, error)

    def close(self) -> None:
        """Close the httpx client, unless it was given."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()


class AsyncBrowserClient:
    """A `BrowserClient` for asyncio; with `http=httpx.AsyncClient(transport=httpx.ASGITransport(app))` the calls go to
    an application in the same process."""

    def __init__(
        self,
        origin: str,
        profile: str = "chromium",
        http: httpx.AsyncClient | None = None,
        **options: Unpack[BrowserOptions],
    ) -> None:
        self._tab = _Tab(origin, profile, options)
        self._http = http or httpx.AsyncClient(timeout=TIMEOUT)
        self._owns_http = http is None

    @property
    def user_agent(self) -> UserAgent:
        """What the browser remembers: its cookies and its preflight cache."""
        return self._tab.agent

    async def fetch(self, url: str, **options: Unpack[FetchOptions]) -> BrowserResponse:
        """Call `fetch` as the page: return what JavaScript would see. Raises FetchError where it would get a TypeError,
        and ValueError for a mode that does not exist."""
        fetch = self._tab.fetch(url, options)
        step = fetch.start()
        cause: Exception | None = None
        while isinstance(step, Send):
            try:
                received = await self._send(to_httpx(step, self._http))
            except FAILURES as error:
                cause, step = error, fetch.fail(*failure_of(error))
            else:
                step = fetch.receive(*received)
        return _answer(step, fetch, cause)

    async def _send(self, request: httpx.Request) -> tuple[Response, str]:
        """Send one request; return the response and why its body cannot be decoded, "" when it can."""
        async with aclosing(await self._http.send(request, auth=None, follow_redirects=False, stream=True)) as response:
            try:
                return from_httpx(response, await response.aread()), ""
            except httpx.DecodingError as error:
                return from_httpx(response, b""), undecodable(response, error)

    async def aclose(self) -> None:
        """Close the httpx client, unless it was given."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.aclose()
