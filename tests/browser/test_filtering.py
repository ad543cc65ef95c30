import pytest

from emulator.browser.filtering import basic_filtered, cors_filtered, exposed_names
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM, FIREFOX
from emulator.messages import Headers

SAME, INCLUDE = Credentials.SAME_ORIGIN, Credentials.INCLUDE


def exposing(*values: str) -> Headers:
    return tuple(("Access-Control-Expose-Headers", value) for value in values)


# cors/access-control-expose-headers-parsing
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), set()),
        (("",), set()),
        (("X-A",), {"x-a"}),
        (("x-a, X-B",), {"x-a", "x-b"}),
        (("x-a", "x-b"), {"x-a", "x-b"}),
        ((",x-a,, ,\tx-b\t,",), {"x-a", "x-b"}),
        (("x-a x-b",), set()),
        (("x-a, bad token",), set()),
        (('"x-a"',), set()),
        (("x-a;q=1",), set()),
        (("x-a", "@"), set()),
    ],
)
def test_exposed_names(values: tuple[str, ...], expected: set[str]) -> None:
    assert exposed_names(exposing(*values), SAME, CHROMIUM) == expected


# fetch/api/cors/cors-expose-star.sub.any.js
def test_the_wildcard_exposes_all_but_cookies() -> None:
    headers = (*exposing("*"), ("X-Test", "1"), ("Set-Cookie", "a=b"), ("set-cookie2", "a=b"), ("*", "whoa"))
    assert cors_filtered(headers, SAME) == (
        ("*", "whoa"),
        ("access-control-expose-headers", "*"),
        ("x-test", "1"),
    )


def test_with_credentials_the_wildcard_is_a_name() -> None:
    headers = (*exposing("*, x-b"), ("X-Test", "1"), ("*", "whoa"), ("x-b", "2"))
    assert cors_filtered(headers, INCLUDE) == (("*", "whoa"), ("x-b", "2"))


def test_set_cookie_cannot_be_exposed() -> None:
    assert cors_filtered((*exposing("set-cookie, x-a"), ("set-cookie", "a=b"), ("x-a", "1")), SAME) == (("x-a", "1"),)


def test_safelisted_response_headers() -> None:
    names = (
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    )
    headers = tuple((name.title(), "1") for name in (*names, "etag", "x-a"))
    assert cors_filtered(headers, INCLUDE) == tuple((name, "1") for name in names)


def test_repeated_headers_are_combined() -> None:
    assert cors_filtered((*exposing("x-a"), ("X-A", " 1"), ("x-a", "")), SAME) == (("x-a", "1, "),)


def test_firefox_takes_a_wildcard_before_a_bad_token() -> None:
    headers = (*exposing("*, x-b, bad token"), ("x-a", "1"))
    assert cors_filtered(headers, SAME, CHROMIUM) == ()
    assert ("x-a", "1") in cors_filtered(headers, SAME, FIREFOX)
    assert cors_filtered((*exposing("x-a, bad token, *"), ("x-a", "1")), SAME, FIREFOX) == ()


def test_a_basic_response_shows_all_but_cookies() -> None:
    assert basic_filtered((("X-B", "1"), ("Set-Cookie", "a=b"), ("a", "2"))) == (("a", "2"), ("x-b", "1"))
