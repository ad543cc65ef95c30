import pytest

from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC
from emulator.browser.safelist import is_safelisted, unsafe_request_header_names
from emulator.messages import Headers

LONG = "0123456789" * 12 + "01234567"  # 128 characters

SAFE = [
    # fetch/api/cors/cors-no-preflight.any.js
    ("accept", "*/*"),
    ("accept-language", "fr"),
    ("content-language", "fr"),
    ("content-type", "application/x-www-form-urlencoded"),
    ("content-type", "multipart/form-data"),
    ("content-type", "text/plain"),
    ("content-type", "text/plain;charset=utf-8"),
    ("content-type", "Text/Plain;charset=utf-8"),
    ("content-type", " text/plain ; a=b"),
    # cors/cors-safelisted-request-header.any.js
    ("content-type", "text/plain;"),
    ("content-type", "text/plain;garbage"),
    ("range", "bytes=100-200"),
    ("range", "bytes=200-"),
    # at the limits
    ("accept", LONG),
    ("accept", ""),
    ("accept", "text/html\t;q=1"),
    ("range", "bytes=5-5"),
    ("range", "bytes=00-05"),
]
UNSAFE = [
    # fetch/api/cors/resources/not-cors-safelisted.json
    ("accept", '"'),
    ("accept", LONG + "8"),
    ("accept-language", "\x01"),
    ("accept-language", "@"),
    ("authorization", "basics"),
    ("content-language", "\x01"),
    ("content-language", "@"),
    ("content-type", "text/html"),
    ("content-type", "text/plain; long=" + LONG[:112]),
    ("range", "bytes 0-"),
    ("test", "hi"),
    # cors/cors-safelisted-request-header.any.js
    ("content-type", "text /plain"),
    ("content-type", "text\t/\tplain"),
    ("content-type", "text/"),
    ("content-type", "/plain"),
    ("content-type", "text/plain/x"),
    ("content-type", ""),
    ("content-type", "text/plain;garbage\x01\x02"),
    ("content-type", "text/plain,"),
    ("content-type", ",text/plain"),
    ("content-type", "text/plain,text/plain"),
    ("content-type", "text/plain,x/x"),
    ("content-type", "text/plain\x0b"),
    ("content-type", "text/plain\x0c"),
    ("content-type", "application/www-form-urlencoded"),
    ("content-type", "application/x-www-form-urlencoded;\x7f"),
    ("content-type", 'multipart/form-data;"'),
    ("range", "100-200"),
    ("range", "MB=100-200"),
    ("range", "bytes =100-200"),
    ("range", "bytes\t=100-200"),
    ("range", "bytes=  100-200"),
    ("range", "bytes=\t\t100-200"),
    ("range", "bytes= \t100-200"),
    ("range", "bytes=100 -200"),
    ("range", "bytes=100\t-200"),
    ("range", "bytes=100- 200"),
    ("range", "bytes=100-\t200"),
    ("range", "bytes=100-200hello"),
    ("range", "bytes=abc-def"),
    ("range", "bytes=100-200,300-400"),
    ("range", "bytes=-200"),
    ("range", "bytes=200-100"),
    ("range", f"bytes=1{'0' * 60}-2{'0' * 60}"),
    ("range", "bytes 100-200"),
    ("range", "bytes = 100-200"),
    ("range", ",bytes=100-200"),
    ("range", "bytes=,100-200"),
    # every CORS-unsafe request-header byte
    *(("accept", byte) for byte in '"():<>?@[\\]{}\x7f\x00\x08\x0a\x1f'),
]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize(("name", "value"), SAFE)
def test_safelisted_request_headers(name: str, value: str, profile: Profile) -> None:
    assert is_safelisted(name, value, profile)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_headers_that_need_a_preflight(name: str, value: str, profile: Profile) -> None:
    assert not is_safelisted(name, value, profile)


@pytest.mark.parametrize(
    ("name", "value", "safe_in"),
    [
        pytest.param("range", f"bytes={2**63 - 1}-", {"spec", "firefox", "webkit"}, id="range-of-63-bits"),
        pytest.param("range", f"bytes={2**63 - 2}-", {"spec", "chromium", "firefox", "webkit"}, id="range-below"),
        pytest.param("accept", "é", {"spec", "chromium", "webkit"}, id="accept-beyond-ascii"),
        pytest.param("content-type", "text/plain;charset=é", {"spec", "chromium", "webkit"}, id="type-beyond-ascii"),
        pytest.param("content-type", "text/plain;a, x/y", {"spec", "chromium", "webkit"}, id="comma-in-a-parameter"),
        pytest.param("content-type", "text/plain;;", {"spec", "chromium", "webkit"}, id="empty-parameter"),
        pytest.param("dpr", "1.5", {"chromium"}, id="dpr"),
        pytest.param("dpr", "1.", set(), id="dpr-malformed"),
        pytest.param("downlink", "2", {"chromium"}, id="downlink"),
        pytest.param("device-memory", "8", {"chromium"}, id="device-memory"),
        pytest.param("width", "100", {"chromium"}, id="width"),
        pytest.param("width", "1.5", set(), id="width-malformed"),
        pytest.param("viewport-width", "100", {"chromium"}, id="viewport-width"),
        pytest.param("rtt", "50", {"chromium"}, id="rtt"),
        pytest.param("ect", "slow-2g", {"chromium"}, id="ect"),
        pytest.param("ect", "4G", set(), id="ect-malformed"),
        pytest.param("save-data", "On", {"chromium"}, id="save-data"),
        pytest.param("save-data", "off", set(), id="save-data-off"),
        pytest.param("intervention", "anything", {"chromium"}, id="intervention"),
    ],
)
def test_where_browsers_differ(name: str, value: str, safe_in: set[str]) -> None:
    assert {profile.name for profile in PROFILES.values() if is_safelisted(name, value, profile)} == safe_in


@pytest.mark.parametrize(
    ("headers", "profile", "expected"),
    [
        pytest.param((), SPEC, (), id="none"),
        pytest.param((("X-B", "1"), ("x-a", "2"), ("Accept", "x")), SPEC, ("x-a", "x-b"), id="sorted-lower-case"),
        pytest.param((("x-a", "1"), ("X-A", "2")), SPEC, ("x-a",), id="unique"),
        pytest.param((("x-a", "1"), ("X-A", "2")), FIREFOX, ("x-a", "x-a"), id="firefox-repeats"),
        pytest.param((("accept", "a" * 100), ("accept", "b" * 100)), SPEC, (), id="spec-judges-each-line"),
        pytest.param((("accept", "a" * 100), ("accept", "b" * 100)), CHROMIUM, ("accept",), id="chromium-joins"),
        pytest.param((("user-agent", "x"),), SPEC, ("user-agent",), id="user-agent"),
        pytest.param((("user-agent", "x"),), CHROMIUM, (), id="chromium-ignores-user-agent"),
        pytest.param(tuple(("accept", "a" * 128) for _ in range(8)), SPEC, (), id="1024-bytes-of-safe-values"),
        pytest.param(
            (*(("accept", "a" * 128) for _ in range(8)), ("accept-language", "e")),
            SPEC,
            ("accept", "accept-language"),
            id="1025-bytes-make-all-unsafe",
        ),
        pytest.param(tuple(("accept", "a" * 128) for _ in range(10)), FIREFOX, (), id="firefox-knows-no-total"),
        pytest.param(tuple(("accept", "a" * 128) for _ in range(10)), SPEC, ("accept",), id="spec-does"),
    ],
)
def test_unsafe_request_header_names(headers: Headers, profile: Profile, expected: tuple[str, ...]) -> None:
    assert unsafe_request_header_names(headers, profile) == expected
