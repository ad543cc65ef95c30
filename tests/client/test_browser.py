import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

import emulator.client
from emulator.browser.profiles import CHROMIUM
from emulator.browser.verdict import NetworkErrorName, RequestErrorName
from emulator.client import (
    AsyncBrowserClient,
    Body,
    BrowserClient,
    BrowserResponse,
    CorsError,
    FetchError,
    NetworkError,
    RequestError,
)

ORIGIN = "https://app.example"
URL = "https://api.example/items"
OPEN = [("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Credentials", "true")]
Handler = Callable[[httpx.Request], httpx.Response]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


class Api:
    """Notes what it is asked, and gives the last of `answers` for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self.answers = list(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(answer.status, headers=answer.headers, content=answer.body)

    @property
    def sent(self) -> list[str]:
        return [f"{request.method} {request.url}" for request in self.requests]


def answer(status: int = 200, *headers: tuple[str, str], body: bytes = b"") -> Answer:
    return Answer(status, [*OPEN, *headers], body)


def browser(api: Handler, origin: str = ORIGIN, profile: str = "chromium", **options: Any) -> BrowserClient:
    return BrowserClient(origin, profile, httpx.Client(transport=httpx.MockTransport(api)), **options)


def both(api: Api) -> list[Callable[..., BrowserResponse]]:
    """The same fetch through the client of each kind."""

    def asynchronously(url: str, **options: Any) -> BrowserResponse:
        async def fetch() -> BrowserResponse:
            async with httpx.AsyncClient(transport=httpx.MockTransport(api)) as http:
                return await AsyncBrowserClient(ORIGIN, http=http).fetch(url, **options)

        return asyncio.run(fetch())

    return [browser(api).fetch, asynchronously]


def test_what_javascript_sees() -> None:
    api = Api(
        answer(
            201,
            ("Access-Control-Expose-Headers", "x-total"),
            ("X-Total", "3"),
            ("X-Hidden", "1"),
            ("Content-Type", "application/json"),
            body=b'{"a": 1}',
        )
    )
    for fetch in both(api):
        response = fetch(URL)
        assert (response.type, response.status, response.url) == ("cors", 201, URL)
        assert (response.redirected, response.ok) == (False, True)
        assert dict(response.headers) == {"content-length": "8", "content-type": "application/json", "x-total": "3"}
        assert response.headers["X-Total"] == "3"
        assert response.json() == {"a": 1}
        assert response.requests[0].request.url == URL


def test_the_headers_are_the_browser_s() -> None:
    api = Api(answer())
    for fetch in both(api):
        fetch(URL, headers=[("Accept", "a/b"), ("Accept", "c/d")])
        sent = [(name.decode(), value.decode()) for name, value in api.requests[-1].headers.raw]
        assert sent == [
            ("Host", "api.example"),
            ("Accept", "a/b, c/d"),
            ("Accept-Language", "en-US,en;q=0.9"),
            ("User-Agent", CHROMIUM.user_agent),
            ("Origin", ORIGIN),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "cors"),
            ("Sec-Fetch-Dest", "empty"),
            ("Referer", f"{ORIGIN}/"),
            ("Accept-Encoding", httpx.Client().headers["accept-encoding"]),
        ]


def test_a_preflight_is_made_once() -> None:
    allowing = answer(204, ("Access-Control-Allow-Methods", "patch"), ("Access-Control-Max-Age", "60"))
    api = Api(allowing, answer())
    now = [0.0]
    client = browser(api, clock=lambda: now[0])
    client.fetch(URL, method="patch", body=b"x")
    client.fetch(URL, method="patch")
    assert api.sent == [f"OPTIONS {URL}", f"patch {URL}", f"patch {URL}"]
    assert api.requests[1].content == b"x"
    now[0] = 61
    with pytest.raises(CorsError) as failure:
        client.fetch(URL, method="patch")
    assert api.sent[-1] == f"OPTIONS {URL}"
    assert failure.value.error == "MethodDisallowedByPreflightResponse"
    assert failure.value.disallowed == ("patch",)


def test_a_blocked_call() -> None:
    for fetch in both(Api(Answer(502, body=b"oops"))):
        with pytest.raises(CorsError) as failure:
            fetch(f"{URL}?a=1")
        error = failure.value
        assert error.error == "MissingAllowOriginHeader"
        assert error.message == str(error) == error.messages.chromium
        assert "No 'Access-Control-Allow-Origin' header is present on the requested resource." in error.message
        assert "missing). Status code: 502." in error.messages.firefox
        assert "Status code: 502" in error.messages.safari
        assert (error.header, error.value, error.warnings) == ("Access-Control-Allow-Origin", None, ())
        assert [item.response.status for item in error.requests if item.response] == [502]
        assert error.explain().splitlines() == [
            error.message,
            f"The request GET {URL}?a=1 was answered with status 502.",
            "Access-Control-Allow-Origin was not there.",
            f"Send `Access-Control-Allow-Origin: {ORIGIN}` with this response, errors too.",
        ]


def test_a_call_that_is_wrong() -> None:
    with pytest.raises(RequestError) as failure:
        browser(Api(answer())).fetch(URL, method="GET", body="x")
    assert failure.value.error is RequestErrorName.BODY_WITH_GET_OR_HEAD
    assert failure.value.requests == ()
    assert "cannot have body" in str(failure.value)


def test_a_failed_connection() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[Errno 111] Connection refused", request=request)

    with pytest.raises(NetworkError) as failure:
        browser(refuse).fetch(URL)
    assert failure.value.error is NetworkErrorName.CONNECTION_FAILED
    assert str(failure.value) == failure.value.reason == "[Errno 111] Connection refused"
    assert isinstance(failure.value.__cause__, httpx.ConnectError)
    assert failure.value.requests[0].response is None


def test_a_silent_failure_has_a_name() -> None:
    def time_out(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("", request=request)

    async def fetch() -> None:
        async with AsyncBrowserClient(ORIGIN, http=httpx.AsyncClient(transport=httpx.MockTransport(time_out))) as tab:
            await tab.fetch(URL)

    with pytest.raises(NetworkError, match="ReadTimeout"):
        asyncio.run(fetch())


def test_a_host_httpx_cannot_write() -> None:
    """Versions of Ada differ in whether they take it for a URL; a page gets a TypeError either way."""
    with pytest.raises((NetworkError, RequestError)):
        browser(Api(answer())).fetch("https://xn--a/")


def test_redirects_are_the_model_s() -> None:
    redirect = Answer(302, [("Access-Control-Allow-Origin", "*"), ("Location", "https://b.example/x")])
    api = Api(redirect, Answer(200, [("Access-Control-Allow-Origin", "null")]))
    response = browser(api).fetch(URL)
    assert (response.url, response.redirected) == ("https://b.example/x", True)
    assert api.requests[1].headers["origin"] == "null"
    assert browser(Api(redirect)).fetch(URL, redirect="manual").type == "opaqueredirect"
    with pytest.raises(NetworkError, match="redirect mode"):
        browser(Api(redirect)).fetch(URL, redirect="error")


def test_no_cors_shows_nothing() -> None:
    response = browser(Api(answer(body=b"secret"))).fetch(URL, mode="no-cors")
    assert (response.type, response.status, response.body, dict(response.headers)) == ("opaque", 0, b"", {})
    assert not response.ok


def test_cookies_are_kept() -> None:
    api = Api(answer(200, ("Set-Cookie", "a=1; SameSite=None; Secure")), answer())
    client = browser(api)
    client.fetch(URL, credentials="include")
    client.fetch(URL, credentials="include")
    client.fetch(URL)
    assert [request.headers.get("cookie") for request in api.requests] == [None, "a=1", None]
    assert [cookie.pair for cookie in client.user_agent.cookie_jar.cookies] == ["a=1"]


def test_third_party_cookies_can_be_blocked() -> None:
    client = browser(Api(answer(200, ("Set-Cookie", "a=1; SameSite=None; Secure"))), blocks_third_party_cookies=True)
    (exchanged,) = client.fetch(URL, credentials="include").requests
    assert exchanged.cookies_refused[0].reason == "UserPreferences"


@pytest.mark.parametrize(
    ("body", "content_type", "data"),
    [
        ("x", "text/plain;charset=UTF-8", b"x"),
        (b"x", None, b"x"),
        (Body.blob(b"x", "text/plain"), "text/plain", b"x"),
        (Body.urlencoded({"a": "1"}), "application/x-www-form-urlencoded;charset=UTF-8", b"a=1"),
    ],
)
def test_bodies(body: Any, content_type: str | None, data: bytes) -> None:
    api = Api(answer())
    browser(api).fetch(URL, method="POST", body=body)
    assert api.requests[0].headers.get("content-type") == content_type
    assert api.requests[0].content == data
    assert api.requests[0].headers["content-length"] == str(len(data))


def test_encodings_are_undone() -> None:
    api = Api(answer(200, ("Content-Encoding", "gzip"), body=gzip.compress("ü".encode())))
    assert browser(api).fetch(URL).text == "ü"


def undecodable(request: httpx.Request) -> httpx.Response:
    """As a transport gives it that reads from a socket: decoded by who reads it."""
    headers = [*OPEN, ("Content-Encoding", "gzip")]
    if request.url.path == "/redirected":
        return httpx.Response(302, headers=[*headers, ("Location", URL)], stream=httpx.ByteStream(b"plain"))
    return httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"plain"))


def test_a_body_that_cannot_be_decoded_is_no_failed_connection() -> None:
    with pytest.raises(NetworkError) as failure:
        browser(undecodable).fetch(URL)
    assert failure.value.error is NetworkErrorName.CONTENT_DECODING_FAILED
    assert failure.value.message == "Failed to load resource: net::ERR_CONTENT_DECODING_FAILED"
    assert failure.value.reason.startswith("fetch() resolves with 200, but the body is not gzip, as its header says (")
    (exchanged,) = failure.value.requests
    assert exchanged.response is not None
    assert exchanged.response.status == 200

    async def in_asyncio() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(undecodable)) as http:
            await AsyncBrowserClient(ORIGIN, http=http).fetch(URL)

    with pytest.raises(NetworkError, match="the body is not gzip"):
        asyncio.run(in_asyncio())


def test_cors_comes_before_the_body_and_some_bodies_are_never_read() -> None:
    with pytest.raises(CorsError):
        browser(undecodable, "https://else.example").fetch(URL)
    with pytest.raises(NetworkError, match="not gzip") as failure:
        browser(undecodable).fetch("https://api.example/redirected")
    assert len(failure.value.requests) == 2
    assert browser(undecodable).fetch(URL, mode="no-cors").type == "opaque"


@pytest.mark.parametrize("origin", ["capacitor://localhost", "ionic://localhost", "chrome-extension://abcdef"])
def test_pages_of_web_views_and_extensions(origin: str) -> None:
    api = Api(Answer(200, [("Access-Control-Allow-Origin", origin)]))
    response = browser(api, origin).fetch(URL)
    assert (response.type, response.warnings) == ("cors", ())
    assert api.requests[0].headers["origin"] == origin
    assert "referer" not in api.requests[0].headers
    with pytest.raises(CorsError, match=f"from origin '{origin}'"):
        browser(Api(answer()), origin).fetch(URL)


def test_profiles_differ() -> None:
    wildcard = Answer(200, [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*")])
    headers = [("Authorization", "z")]
    assert browser(Api(wildcard)).fetch(URL, headers=headers).warnings == ("AuthorizationCoveredByWildcard",)
    with pytest.raises(CorsError, match="authorization is not allowed"):
        browser(Api(wildcard), profile="spec").fetch(URL, headers=headers)


def test_pages() -> None:
    api = Api(answer())
    client = browser(api, url=f"{ORIGIN}/shop/index.html")
    client.fetch("../x")
    assert api.requests[0].url == f"{ORIGIN}/x"
    assert api.requests[0].headers["referer"] == f"{ORIGIN}/shop/index.html"
    with pytest.raises(CorsError, match="from origin 'null'"):
        browser(api, "null").fetch(URL)


@pytest.mark.parametrize("origin", ["https://app.example/", "app.example", "https://App.example", ""])
def test_an_origin_is_written_as_browsers_write_it(origin: str) -> None:
    with pytest.raises(ValueError, match="is not an origin"):
        BrowserClient(origin)


def test_profiles_and_modes_are_checked() -> None:
    with pytest.raises(ValueError, match="there are spec, chromium, firefox, webkit"):
        BrowserClient(ORIGIN, "safari")
    with pytest.raises(ValueError, match="anonymous"):
        browser(Api(answer())).fetch(URL, credentials="anonymous")


def test_the_caller_s_client_stays_open_and_its_own_is_closed() -> None:
    given = httpx.Client(transport=httpx.MockTransport(Api(answer())))
    with BrowserClient(ORIGIN, http=given) as client:
        client.fetch(URL)
    assert not given.is_closed
    given.close()
    with BrowserClient(ORIGIN):
        pass

    async def opened_and_closed() -> None:
        async with AsyncBrowserClient(ORIGIN) as client:
            assert client.user_agent.profile is CHROMIUM

    asyncio.run(opened_and_closed())


def test_in_process_applications() -> None:
    async def app(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        allowed = dict(scope["headers"])[b"origin"]
        headers = [(b"access-control-allow-origin", allowed), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": scope["method"].encode()[:2]})

    async def fetch() -> BrowserResponse:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
            return await AsyncBrowserClient(ORIGIN, http=http).fetch("http://127.0.0.1:3000/x")

    response = asyncio.run(fetch())
    assert (response.type, response.body) == ("cors", b"GE")
    assert response.warnings == ("LocalNetworkAccess",)


def test_what_is_exported() -> None:
    assert emulator.client.__all__ == [
        "AsyncBrowserClient",
        "Body",
        "BrowserClient",
        "BrowserResponse",
        "CorsError",
        "FetchError",
        "NetworkError",
        "RequestError",
    ]
    assert all(issubclass(error, FetchError) for error in (CorsError, NetworkError, RequestError))
