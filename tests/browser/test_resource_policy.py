import pytest

from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, FIREFOX, SPEC
from emulator.browser.resource_policy import is_blocked_by_resource_policy
from emulator.browser.url import parse_url
from emulator.messages import Response


def blocked(value: str | None, origin: str, url: str, profile: Profile = CHROMIUM) -> bool:
    target = parse_url(url)
    assert target is not None
    headers = () if value is None else (("Cross-Origin-Resource-Policy", value),)
    return is_blocked_by_resource_policy(origin, target, Response(200, headers), profile)


@pytest.mark.parametrize(
    ("value", "origin", "url", "expected"),
    [
        pytest.param(None, "https://a.example", "https://b.example/", False, id="absent"),
        pytest.param("cross-origin", "https://a.example", "https://b.example/", False, id="cross-origin"),
        pytest.param("Same-Origin", "https://a.example", "https://b.example/", False, id="case-counts"),
        pytest.param("same-origin, same-site", "https://a.example", "https://b.example/", False, id="a-list-is-none"),
        pytest.param("same-origin", "https://a.example", "https://b.example/", True, id="same-origin"),
        pytest.param("same-origin", "https://a.example", "https://a.example/", False, id="same-origin-as-it-is"),
        pytest.param("same-origin", "null", "https://a.example/", True, id="same-origin-from-opaque"),
        pytest.param("same-site", "https://x.a.example", "https://y.a.example/", False, id="same-site"),
        pytest.param("same-site", "https://a.example", "https://b.example/", True, id="another-site"),
        pytest.param("same-site", "https://x.a.example", "http://y.a.example/", False, id="secure-page"),
        pytest.param("same-site", "http://x.a.example", "https://y.a.example/", True, id="secure-response"),
        pytest.param("same-site", "null", "https://a.example/", True, id="same-site-from-opaque"),
        pytest.param("same-site", "http://localhost:1", "http://localhost:2/", False, id="localhost-ports"),
    ],
)
def test_the_policy(value: str | None, origin: str, url: str, expected: bool) -> None:
    assert blocked(value, origin, url) is expected


def test_chromium_takes_ports_of_an_address_for_sites() -> None:
    assert blocked("same-site", "http://127.0.0.1:1", "http://127.0.0.1:2/")
    assert not blocked("same-site", "http://127.0.0.1:1", "http://127.0.0.1:1/")
    assert not blocked("same-site", "http://127.0.0.1:1", "http://127.0.0.1:2/", FIREFOX)


@pytest.mark.parametrize(
    ("origin", "url", "chromium", "standard"),
    [
        pytest.param("null", "http://localhost:1/", False, True, id="opaque origin, host without a domain"),
        pytest.param("null", "http://api.example/", True, True, id="opaque origin, host with a domain"),
        pytest.param("null", "https://localhost:1/", True, True, id="opaque origin, https"),
        pytest.param("http://127.0.0.1:1", "http://localhost:1/", True, True, id="address and name"),
        pytest.param("http://localhost:1", "http://127.0.0.1:1/", True, True, id="name and address"),
        pytest.param("http://127.0.0.1:1", "http://127.0.0.1:1/", False, False, id="same origin"),
    ],
)
def test_chromium_compares_registrable_domains(origin: str, url: str, chromium: bool, standard: bool) -> None:
    assert blocked("same-site", origin, url, CHROMIUM) is chromium
    assert blocked("same-site", origin, url, SPEC) is standard
