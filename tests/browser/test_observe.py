from dataclasses import replace

import pytest

from emulator.browser.modes import Credentials
from emulator.browser.observe import asked_by, is_blocked, judge
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.verdict import Allowed, Blocked, CorsErrorName, NetworkError, NetworkErrorName, WarningName
from emulator.messages import Headers, Request, Response

ORIGIN = "https://app.example"
SAME, INCLUDE = Credentials.SAME_ORIGIN, Credentials.INCLUDE
ALLOWING: Headers = (("access-control-allow-origin", ORIGIN), ("access-control-allow-credentials", "true"))


def request(method: str = "GET", *headers: tuple[str, str], origin: str | None = ORIGIN) -> Request:
    named = () if origin is None else (("Origin", origin),)
    return Request(method, "/dev/items", "a=1&b=2", (("Host", "127.0.0.1:3000"), *named, *headers), port=3000)


def preflight(method: str, names: str | None = None) -> Request:
    headers: Headers = (("Access-Control-Request-Method", method),)
    if names is not None:
        headers += (("Access-Control-Request-Headers", names),)
    return request("OPTIONS", *headers)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(request(origin=None), id="no-origin"),
        pytest.param(request(origin="http://127.0.0.1:3000"), id="own-origin"),
        pytest.param(request("GET", ("Sec-Fetch-Mode", "no-cors")), id="no-cors"),
        pytest.param(request("POST", ("Sec-Fetch-Mode", "navigate")), id="form-post"),
        pytest.param(request("GET", ("Sec-Fetch-Mode", "same-origin")), id="same-origin"),
        pytest.param(request("GET", ("Sec-Fetch-Mode", "websocket")), id="websocket"),
        pytest.param(request("GET", ("Upgrade", "websocket")), id="websocket-of-chromium"),
        pytest.param(request("POST", ("Sec-Fetch-Site", "same-origin")), id="behind-a-proxy"),
    ],
)
def test_where_cors_does_not_apply(seen: Request) -> None:
    assert judge(seen, Response(200), SAME) is None


def test_an_allowed_response_shows_its_readable_headers() -> None:
    headers = (*ALLOWING, ("x-total", "3"), ("content-type", "a/b"), ("access-control-expose-headers", "x-total"))
    assert judge(request("GET", ("Sec-Fetch-Mode", "cors")), Response(404, headers), INCLUDE) == Allowed(
        "cors", 404, (("content-type", "a/b"), ("x-total", "3"))
    )


def test_a_blocked_response() -> None:
    response = Response(502, (("content-type", "a/b"),))
    blocked = judge(request(), response, SAME)
    assert isinstance(blocked, Blocked)
    assert blocked.error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    assert (blocked.header, blocked.value, blocked.response) == ("Access-Control-Allow-Origin", None, response)
    assert blocked.message == (
        "Access to fetch at 'http://127.0.0.1:3000/dev/items?a=1&b=2' from origin 'https://app.example' has been "
        "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    )
    assert blocked.messages.firefox.endswith("missing). Status code: 502.")


@pytest.mark.parametrize(
    ("header", "word"),
    [(("Sec-Fetch-Dest", "font"), "font"), (("X-Requested-With", "XMLHttpRequest"), "XMLHttpRequest")],
)
def test_a_block_is_told_in_the_word_for_what_was_wanted(header: tuple[str, str], word: str) -> None:
    blocked = judge(request("GET", header), Response(200), SAME)
    assert isinstance(blocked, Blocked)
    assert blocked.message.startswith(f"Access to {word} at 'http://127.0.0.1:3000/dev/items?a=1&b=2' from origin")


def test_the_credentials_mode_counts() -> None:
    wildcard = Response(200, (("access-control-allow-origin", "*"),))
    assert isinstance(judge(request(), wildcard, SAME), Allowed)
    blocked = judge(request(), wildcard, INCLUDE)
    assert isinstance(blocked, Blocked)
    assert blocked.error is CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED


@pytest.mark.parametrize("status", [304, 407])
def test_statuses_that_never_reach_the_check(status: int) -> None:
    of_browser = request("GET", ("Sec-Fetch-Site", "cross-site"))
    assert judge(of_browser, Response(status), SAME) == Allowed("cors", status)


def test_a_304_that_a_client_asked_for_itself_is_checked() -> None:
    """As one is that a page asks for: its If-None-Match makes the cache mode "no-store" (Fetch Standard 4.5)."""
    assert isinstance(judge(request(), Response(304), SAME), Blocked)
    assert judge(request(), Response(407), SAME) == Allowed("cors", 407)


def test_a_body_that_cannot_be_decoded() -> None:
    response = Response(200, (*ALLOWING, ("content-encoding", "gzip")), b"plain text")
    verdict = judge(request(), response, SAME)
    assert isinstance(verdict, NetworkError)
    assert verdict.error is NetworkErrorName.CONTENT_DECODING_FAILED
    assert verdict.message == "Failed to load resource: net::ERR_CONTENT_DECODING_FAILED"
    assert verdict.messages.firefox == "TypeError: Decoding failed."
    assert isinstance(judge(request("HEAD"), response, SAME), Allowed), "no body is sent"
    assert isinstance(judge(request(), replace(response, headers=response.headers[2:]), SAME), Blocked), "CORS is first"


def test_a_response_may_warn() -> None:
    allowed = judge(request(), Response(200, (*ALLOWING, ("cache-control", "max-age=60"))), SAME)
    assert isinstance(allowed, Allowed)
    assert allowed.warnings == (WarningName.VARY_ORIGIN_MISSING,)


def test_what_a_preflight_asks() -> None:
    assert asked_by(preflight("PUT", "X-B, x-a,,x-a"), INCLUDE) == PreflightQuestion(
        ORIGIN, INCLUDE, "PUT", ("x-a", "x-b")
    )
    assert asked_by(preflight("PUT"), SAME) == PreflightQuestion(ORIGIN, SAME, "PUT")


def test_an_allowed_preflight() -> None:
    headers = (*ALLOWING, ("access-control-allow-methods", "PUT"), ("access-control-allow-headers", "*"))
    assert judge(preflight("PUT", "authorization"), Response(204, headers), SAME) == Allowed(
        "cors", 204, warnings=(WarningName.AUTHORIZATION_COVERED_BY_WILDCARD,)
    )


def test_a_blocked_preflight_lists_every_header() -> None:
    blocked = judge(preflight("GET", "x-a,x-b"), Response(204, ALLOWING), SAME)
    assert isinstance(blocked, Blocked)
    assert blocked.error is CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE
    assert blocked.disallowed == ("x-a", "x-b")
    assert blocked.error.is_preflight
    assert "Request header field x-a is not allowed" in blocked.message


def test_each_browser_says_what_it_finds_first() -> None:
    blocked = judge(preflight("PUT"), Response(302, (("location", "/x"),)), SAME)
    assert isinstance(blocked, Blocked)
    assert "Redirect is not allowed for a preflight request." in blocked.message
    assert "CORS header ‘Access-Control-Allow-Origin’ missing" in blocked.messages.firefox
    assert blocked.messages.safari == "Preflight response is not successful. Status code: 302"


def test_without_a_query_the_url_has_none() -> None:
    seen = Request("GET", "/", "", (("Host", "127.0.0.1:3000"), ("Origin", ORIGIN)), port=3000)
    blocked = judge(seen, Response(200), SAME)
    assert isinstance(blocked, Blocked)
    assert "at 'http://127.0.0.1:3000/' from" in blocked.message


ASKED = [
    pytest.param(request(), Response(200, ALLOWING), id="allowed"),
    pytest.param(request(), Response(200), id="blocked"),
    pytest.param(request(origin=None), Response(200), id="no-cors"),
    pytest.param(request("GET", ("Sec-Fetch-Mode", "navigate")), Response(200), id="another-mode"),
    pytest.param(request("GET", ("Upgrade", "websocket")), Response(200), id="websocket"),
    pytest.param(request("GET"), Response(407), id="never-checked"),
    pytest.param(request(), Response(200, (*ALLOWING, ("content-encoding", "gzip")), b"plain"), id="undecodable"),
    pytest.param(preflight("GET"), Response(204, ALLOWING), id="preflight-allowed"),
    pytest.param(preflight("PUT"), Response(204, ALLOWING), id="preflight-blocked"),
]


@pytest.mark.parametrize("credentials", [SAME, INCLUDE])
@pytest.mark.parametrize(("seen", "response"), ASKED)
def test_is_blocked_says_what_judge_says(seen: Request, response: Response, credentials: Credentials) -> None:
    assert is_blocked(seen, response, credentials) is isinstance(judge(seen, response, credentials), Blocked)
