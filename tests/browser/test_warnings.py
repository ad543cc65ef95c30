import pytest

from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS, finding_name, request_warnings, response_warnings
from emulator.messages import Headers

MIXED, LOCAL = WarningName.MIXED_CONTENT, WarningName.LOCAL_NETWORK_ACCESS
ONE_ORIGIN = ("Access-Control-Allow-Origin", "https://app.example")


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("https://app.example", "https://api.example", ()),
        ("https://app.example", "http://api.example", (MIXED,)),
        ("http://app.example", "http://api.example", ()),
        ("https://app.example", "http://localhost:3000", (LOCAL,)),
        ("https://app.example", "http://127.0.0.1:3000", (LOCAL,)),
        ("https://app.example", "http://192.168.0.1", (MIXED, LOCAL)),
        ("https://app.example", "https://10.0.0.1", (LOCAL,)),
        ("https://app.example", "https://8.8.8.8", ()),
        ("https://app.example", "https://[fc00::1]", (LOCAL,)),
        ("http://192.168.0.1", "http://192.168.0.2", ()),
        ("http://192.168.0.1", "http://localhost", (LOCAL,)),
        ("http://localhost:5173", "http://127.0.0.1:3000", ()),
        ("http://localhost:5173", "http://localhost:3000", ()),
        ("null", "http://localhost:3000", ()),
    ],
)
def test_what_stands_before_cors(page: str, target: str, expected: tuple[WarningName, ...]) -> None:
    assert request_warnings(page, target) == expected


@pytest.mark.parametrize(
    ("headers", "warns"),
    [
        pytest.param((ONE_ORIGIN, ("Cache-Control", "public, max-age=60")), True, id="max-age"),
        pytest.param((ONE_ORIGIN, ("Cache-Control", "immutable")), True, id="immutable"),
        pytest.param((ONE_ORIGIN, ("Expires", "0")), True, id="expires"),
        pytest.param((ONE_ORIGIN, ("Last-Modified", "x")), True, id="heuristic"),
        pytest.param((ONE_ORIGIN, ("Cache-Control", "no-store"), ("Expires", "0")), False, id="no-store"),
        pytest.param((ONE_ORIGIN, ("Cache-Control", "max-age=0")), False, id="max-age-0"),
        pytest.param((ONE_ORIGIN, ("Cache-Control", "no-cache, max-age=60")), False, id="asked-each-time"),
        pytest.param((ONE_ORIGIN, ("Cache-Control", "private")), False, id="no-lifetime"),
        pytest.param((ONE_ORIGIN,), False, id="nothing-said"),
        pytest.param((ONE_ORIGIN, ("Expires", "0"), ("Vary", "Accept, Origin")), False, id="vary-origin"),
        pytest.param((ONE_ORIGIN, ("Expires", "0"), ("Vary", "*")), False, id="vary-all"),
        pytest.param((ONE_ORIGIN, ("Expires", "0"), ("Vary", "Accept")), True, id="vary-something-else"),
        pytest.param((("Access-Control-Allow-Origin", "*"), ("Expires", "0")), False, id="wildcard"),
        pytest.param((("Expires", "0"),), False, id="no-cors"),
    ],
)
def test_the_http_cache_trap(headers: Headers, warns: bool) -> None:
    assert response_warnings(headers) == ((WarningName.VARY_ORIGIN_MISSING,) if warns else ())


def test_every_warning_has_words_and_a_name() -> None:
    assert WORDS.keys() == set(WarningName)
    assert finding_name(WarningName.VARY_ORIGIN_MISSING) == "vary-origin-missing"
    for words in WORDS.values():
        assert words.meaning.endswith(".")
        assert not words.remedy.endswith(".")
