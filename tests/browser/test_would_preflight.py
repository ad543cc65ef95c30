"""What a browser would have asked first (Fetch Standard: CORS-preflight fetch; CORS-unsafe request-header names)."""

import pytest

from emulator.browser.modes import Credentials
from emulator.browser.would_preflight import is_plain, preflight_of
from emulator.messages import Request

OWN = (("Host", "api.test"), ("Origin", "http://page.test"), ("User-Agent", "curl/8"))
SAFE = ("accept", "accept-language", "content-language", "downlink", "dpr", "rtt", "viewport-width", "width")
SAFE_IN_TOTAL = tuple((name, "1" * 128) for name in SAFE)
ROWS = [
    pytest.param("GET", (), None, id="get"),
    pytest.param("POST", (("Content-Type", "text/plain"),), None, id="post-of-a-form"),
    pytest.param("GET", (("Via", "1.1 proxy"), ("DNT", "1")), None, id="what-no-page-can-set"),
    pytest.param("GET", (("Postman-Token", "1"), ("Cache-Control", "no-cache")), None, id="what-postman-adds"),
    pytest.param("GET", (("Cache-Control", "no-cache"),), ("GET", "cache-control"), id="what-a-page-sets"),
    pytest.param("GET", (("Upgrade", "h2c"), ("HTTP2-Settings", "AAMA")), None, id="what-curl-http2-adds"),
    pytest.param("GET", SAFE_IN_TOTAL, None, id="1024-bytes-of-safe-values"),
    pytest.param("GET", (*SAFE_IN_TOTAL, ("x", "")), ("GET", "x"), id="an-unsafe-one-among-them"),
    pytest.param(
        "GET", (*SAFE_IN_TOTAL, ("ect", "4g")), ("GET", ",".join(sorted({*SAFE, "ect"}))), id="safe-beyond-it"
    ),
    pytest.param("POST", (("Content-Type", "application/json"),), ("POST", "content-type"), id="post-of-json"),
    pytest.param("PUT", (), ("PUT", None), id="put"),
    pytest.param("GET", (("X-B", "1"), ("X-A", "1")), ("GET", "x-a,x-b"), id="own-headers-sorted"),
    pytest.param("GET", (("Accept", "a" * 100), ("Accept", "b" * 100)), ("GET", "accept"), id="unsafe-when-joined"),
]


@pytest.mark.parametrize(("method", "headers", "asked"), ROWS)
def test_what_a_browser_asks_first(method, headers, asked) -> None:
    request = Request(method, "/items", "page=2", (*OWN, *headers), b"")
    preflight = preflight_of(request, Credentials.SAME_ORIGIN)
    assert is_plain(request) is (asked is None)
    if asked is None:
        assert preflight is None
        return
    assert (preflight.method, preflight.raw_path, preflight.raw_query) == ("OPTIONS", "/items", "page=2")
    told = (preflight.header("access-control-request-method"), preflight.header("access-control-request-headers"))
    assert (told, preflight.origin) == (asked, "http://page.test")
