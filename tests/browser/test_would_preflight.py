"""What a browser would have asked first (Fetch Standard: CORS-preflight fetch; CORS-unsafe request-header names)."""

import pytest

from emulator.browser.modes import Credentials
from emulator.browser.would_preflight import is_plain, preflight_of
from emulator.messages import Request

OWN = (("Host", "api.test"), ("Origin", "http://page.test"), ("User-Agent", "curl/8"))
ROWS = [
    pytest.param("GET", (), None, id="get"),
    pytest.param("POST", (("Content-Type", "text/plain"),), None, id="post-of-a-form"),
    pytest.param("POST", (("Content-Type", "application/json"),), ("POST", "content-type"), id="post-of-json"),
    pytest.param("PUT", (), ("PUT", None), id="put"),
    pytest.param("GET", (("X-B", "1"), ("X-A", "1")), ("GET", "x-a,x-b"), id="own-headers-sorted"),
    pytest.param("GET", tuple(("Accept", "a" * 100) for _ in range(11)), ("GET", "accept"), id="safe-beyond-the-total"),
]


@pytest.mark.parametrize(("method", "headers", "asked"), ROWS)
def test_what_a_browser_asks_first(method, headers, asked) -> None:
    request = Request(method, "/items", "page=2", (*OWN, *headers), b"")
    preflight = preflight_of(request, Credentials.SAME_ORIGIN)
    if asked is None:
        assert preflight is None
        return
    assert not is_plain(request)
    assert (preflight.method, preflight.raw_path, preflight.raw_query) == ("OPTIONS", "/items", "page=2")
    told = (preflight.header("access-control-request-method"), preflight.header("access-control-request-headers"))
    assert (told, preflight.origin) == (asked, "http://page.test")


@pytest.mark.parametrize(("size", "plain"), [(1024, True), (1025, False)])
def test_values_that_are_safe_one_by_one_are_not_in_any_number(size, plain) -> None:
    values = [100] * (size // 100) + [size % 100]
    headers = tuple(("Accept-Language", "a" * value) for value in values)
    assert is_plain(Request("GET", "/", "", (*OWN, *headers), b"")) is plain
