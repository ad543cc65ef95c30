"""Requests and responses as values: header lookup, origins, who sent it."""

import pytest

from emulator.messages import Headers, Request, Response, get_header, header_values, without_headers

HEADERS: Headers = (("X-A", "1"), ("x-b", "2"), ("x-a", "3"))


@pytest.mark.parametrize(
    ("name", "values"), [("x-a", ["1", "3"]), ("X-B", ["2"]), ("x-c", [])], ids=["repeated", "any-case", "absent"]
)
def test_header_values_keep_order(name: str, values: list[str]) -> None:
    assert header_values(HEADERS, name) == values


def test_get_combines_as_fetch_does() -> None:
    assert get_header(HEADERS, "X-A") == "1, 3"
    assert get_header(HEADERS, "x-c") is None
    assert Response(200, HEADERS).header("x-B") == "2"


def test_a_body_comes_after_the_head() -> None:
    head = Request("PUT", "/x", "a=b", HEADERS, scheme="https", port=1, source_ip="::1")
    whole = head.with_body(b"hello")
    assert whole == Request("PUT", "/x", "a=b", HEADERS, b"hello", "https", 1, "::1")
    assert (whole.header("x-a"), head.body) == ("1, 3", b"")


def test_without_headers_ignores_case() -> None:
    assert without_headers(HEADERS, frozenset({"x-a"})) == (("x-b", "2"),)


@pytest.mark.parametrize(
    ("origin", "cross"),
    [
        pytest.param(None, False, id="no-origin"),
        pytest.param("http://api.test:3000", False, id="own"),
        pytest.param("http://api.test:3001", True, id="port"),
        pytest.param("https://api.test:3000", True, id="scheme"),
        pytest.param("null", True, id="opaque"),
    ],
)
def test_cross_origin(origin: str | None, cross: bool) -> None:
    headers = (("Host", "api.test:3000"), *((("Origin", origin),) if origin else ()))
    assert Request("GET", "/", headers=headers).is_cross_origin is cross


def test_a_browser_that_says_same_origin_is_believed() -> None:
    headers = (("Host", "localhost:3000"), ("Origin", "http://localhost:5173"))
    assert Request("POST", "/", headers=headers).is_cross_origin
    assert not Request("POST", "/", headers=(*headers, ("Sec-Fetch-Site", "same-origin"))).is_cross_origin
    assert Request("POST", "/", headers=(*headers, ("Sec-Fetch-Site", "same-site"))).is_cross_origin


@pytest.mark.parametrize(
    ("headers", "page"),
    [
        pytest.param((("Origin", "http://localhost:5173"),), "http://localhost:5173", id="origin"),
        pytest.param((("Referer", "http://localhost:5173/a?b"),), "http://localhost:5173", id="get-without-origin"),
        pytest.param((("Origin", "https://localhost:3000"),), "https://localhost:3000", id="https-before-http"),
        pytest.param((("Origin", "http://localhost:3000"),), None, id="own-page"),
        pytest.param((("Referer", "http://localhost:3000/"),), None, id="own-page-without-origin"),
        pytest.param((("Referer", "about:client"),), None, id="no-url"),
        pytest.param((), None, id="nothing-shows-it"),
    ],
)
def test_a_page_behind_a_proxy(headers: Headers, page: str | None) -> None:
    request = Request("GET", "/", headers=(("Host", "localhost:3000"), ("Sec-Fetch-Site", "same-origin"), *headers))
    assert request.is_proxied is (page is not None)
    assert page is None or request.page_origin == page
    assert not Request("GET", "/", headers=(("Host", "localhost:3000"), *headers)).is_proxied


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Origin", True), ("Sec-Fetch-Site", True), ("UPGRADE", True), ("User-Agent", False), ("Referer", False)],
)
def test_what_is_surely_of_no_page(name: str, expected: bool) -> None:
    assert Request("GET", "/", headers=(("Host", "h"), (name, "x"))).may_be_of_a_page is expected


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        pytest.param("GET", (("Upgrade", "WebSocket"),), True, id="handshake"),
        pytest.param("GET", (("Upgrade", "h2c"),), False, id="h2c"),
        pytest.param("POST", (("Upgrade", "websocket"),), False, id="post"),
        pytest.param("GET", (), False, id="none"),
    ],
)
def test_websocket_handshake(method: str, headers: Headers, expected: bool) -> None:
    assert Request(method, "/", headers=headers).is_websocket_handshake is expected


@pytest.mark.parametrize(
    ("method", "names", "expected"),
    [
        pytest.param("OPTIONS", {"Origin", "Access-Control-Request-Method"}, True, id="both"),
        pytest.param("OPTIONS", {"Origin"}, False, id="no-requested-method"),
        pytest.param("OPTIONS", {"Access-Control-Request-Method"}, False, id="no-origin"),
        pytest.param("GET", {"Origin", "Access-Control-Request-Method"}, False, id="not-options"),
    ],
)
def test_preflight(method: str, names: set[str], expected: bool) -> None:
    assert Request(method, "/", headers=tuple((name, "x") for name in names)).is_preflight is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param((("User-Agent", "curl/8.5.0"),), False, id="curl"),
        pytest.param((("User-Agent", "node"), ("Sec-Fetch-Mode", "cors")), False, id="node-fetch"),
        pytest.param((("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),), True, id="plain-http-lan"),
        pytest.param((("Sec-Fetch-Site", "cross-site"),), True, id="sec-fetch-site"),
        pytest.param((), False, id="nothing"),
    ],
)
def test_browser_or_not(headers: Headers, expected: bool) -> None:
    assert Request("GET", "/", headers=headers).is_from_browser is expected


def test_host_is_empty_when_absent() -> None:
    assert Request("GET", "/").host == ""


@pytest.mark.parametrize(("query", "target"), [("", "/a%20b"), ("c=d%3F", "/a%20b?c=d%3F")])
def test_the_target_is_as_the_request_line_has_it(query: str, target: str) -> None:
    assert Request("GET", "/a%20b", query).target == target
