import pytest

from emulator.browser.body import Body
from emulator.browser.call import Call, Page
from emulator.browser.modes import Mode
from emulator.browser.profiles import CHROMIUM
from emulator.browser.request import PageRequest, construct, is_conditional, is_forbidden_request_header
from emulator.browser.request_error import request_error
from emulator.browser.verdict import RequestError, RequestErrorName
from emulator.messages import Headers

PAGE = Page("https://app.example", "https://app.example/shop/index.html")
URL = "https://api.example/"


def constructed(call: Call, page: Page = PAGE) -> PageRequest:
    request = construct(call, page, CHROMIUM)
    assert isinstance(request, PageRequest)
    return request


@pytest.mark.parametrize(
    ("call", "error", "value"),
    [
        pytest.param(Call("http://"), RequestErrorName.INVALID_URL, "http://", id="url"),
        pytest.param(Call("http://u:p@x"), RequestErrorName.URL_WITH_CREDENTIALS, "http://u:p@x/", id="userinfo"),
        pytest.param(Call(URL, mode=Mode.NAVIGATE), RequestErrorName.NAVIGATE_MODE, "", id="navigate"),
        pytest.param(Call(URL, "a b"), RequestErrorName.INVALID_METHOD, "a b", id="method-syntax"),
        pytest.param(Call(URL, "Trace"), RequestErrorName.FORBIDDEN_METHOD, "Trace", id="forbidden-method"),
        pytest.param(
            Call(URL, "PUT", mode=Mode.NO_CORS), RequestErrorName.METHOD_IN_NO_CORS, "PUT", id="no-cors-method"
        ),
        pytest.param(Call(URL, headers=(("a b", "x"),)), RequestErrorName.INVALID_HEADER_NAME, "a b", id="header-name"),
        pytest.param(
            Call(URL, headers=(("a", "x\ny"),)), RequestErrorName.INVALID_HEADER_VALUE, "x\ny", id="header-value"
        ),
        pytest.param(Call(URL, headers=(("a", "1€"),)), RequestErrorName.NOT_A_BYTE_STRING, "1€", id="beyond-latin-1"),
        pytest.param(Call(URL, "head", body=""), RequestErrorName.BODY_WITH_GET_OR_HEAD, "HEAD", id="head-with-body"),
    ],
)
def test_what_the_constructor_refuses(call: Call, error: RequestErrorName, value: str) -> None:
    assert construct(call, PAGE, CHROMIUM) == request_error(error, value)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((), False),
        ((("If-None-Match", '"x"'),), True),
        ((("accept", "*/*"), ("if-modified-since", "x")), True),
        ((("if", "x"),), False),
    ],
)
def test_which_requests_are_conditional(headers: Headers, expected: bool) -> None:
    assert is_conditional(headers) is expected


def test_a_relative_url_is_taken_from_the_page() -> None:
    assert constructed(Call("../items")).url.href == "https://app.example/items"
    assert constructed(Call("/items"), Page("https://app.example")).url.href == "https://app.example/items"


def test_an_opaque_page_without_url_has_no_base() -> None:
    refused = construct(Call("/items"), Page("null"), CHROMIUM)
    assert isinstance(refused, RequestError)
    assert refused.error is RequestErrorName.INVALID_URL


@pytest.mark.parametrize(
    ("method", "expected"),
    [("get", "GET"), ("dElEtE", "DELETE"), ("options", "OPTIONS"), ("put", "PUT"), ("patch", "patch"), ("x", "x")],
)
def test_method_normalisation(method: str, expected: str) -> None:
    assert constructed(Call(URL, method)).method == expected


@pytest.mark.parametrize(
    "name",
    ["Accept-Charset", "accept-encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
     "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive", "Origin",
     "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "Proxy-X", "sec-anything"],
)  # fmt: skip
def test_forbidden_request_headers_are_dropped(name: str) -> None:
    assert constructed(Call(URL, headers=((name, "1"), ("x-kept", "2")))).headers == (("x-kept", "2"),)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("X-HTTP-Method", "TRACE", True),
        ("x-http-method-override", "GET, connect", True),
        ("X-Method-Override", " track ", True),
        ("X-HTTP-Method", "DELETE", False),
        ("X-HTTP-Method", "CONNECTED", False),
        ("x-other", "TRACE", False),
        ("User-Agent", "mine", False),
    ],
)
def test_method_overrides_are_forbidden_by_their_value(name: str, value: str, expected: bool) -> None:
    assert is_forbidden_request_header(name, value) is expected


def test_header_values_lose_the_whitespace_around_them() -> None:
    assert constructed(Call(URL, headers=(("a", "\r\n 1\t\n"), ("b", "x\x01y")))).headers == (
        ("a", "1"),
        ("b", "x\x01y"),
    )


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        pytest.param((), "x", (("Content-Type", "text/plain;charset=UTF-8"),), id="default"),
        pytest.param((), b"x", (), id="bytes"),
        pytest.param((("content-type", "a/b"),), "x", (("content-type", "a/b"),), id="the-page-chose"),
        pytest.param((("content-type", ""),), "x", (("content-type", ""),), id="the-page-chose-nothing"),
    ],
)
def test_default_content_type(headers: Headers, body: str | bytes, expected: Headers) -> None:
    assert constructed(Call(URL, "POST", headers, body)).headers == expected


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        pytest.param((("x-a", "1"), ("range", "bytes=0-1"), ("authorization", "z")), None, (), id="others-are-dropped"),
        pytest.param((("accept", "a"), ("accept", "b")), None, (("accept", "a"), ("accept", "b")), id="safe-ones-stay"),
        pytest.param(
            (("accept", "a" * 100), ("accept", "b" * 100)), None, (("accept", "a" * 100),), id="judged-joined"
        ),
        pytest.param(
            (("content-type", "application/json"),),
            "x",
            (("Content-Type", "text/plain;charset=UTF-8"),),
            id="default-type-instead-of-an-unsafe-one",
        ),
        pytest.param((), Body.blob("x", "application/json"), (), id="unsafe-default-type"),
    ],
)
def test_the_guard_of_no_cors(headers: Headers, body: Body | str | None, expected: Headers) -> None:
    assert constructed(Call(URL, "POST", headers, body, Mode.NO_CORS)).headers == expected
