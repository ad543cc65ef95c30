import pytest

from emulator.browser.origin import (
    is_potentially_trustworthy,
    is_public_suffix,
    is_same_origin,
    is_same_site,
    is_serialized_origin,
    registrable_domain,
    site,
)
from emulator.browser.url import Url, parse_url


def url_of(text: str) -> Url:
    url = parse_url(text)
    assert url is not None
    return url


@pytest.mark.parametrize(
    ("origin", "other", "expected"),
    [
        pytest.param("https://a.example.com", "https://b.example.com:8443", True, id="ports-do-not-count"),
        pytest.param("https://a.example.com", "http://b.example.com", False, id="schemes-do"),
        pytest.param("https://a.example.com", "https://example.org", False, id="other-domain"),
        pytest.param("https://a.github.io", "https://b.github.io", False, id="private-suffix"),
        pytest.param("https://a.co.uk", "https://b.co.uk", False, id="public-suffix"),
        pytest.param("http://127.0.0.1:1", "http://127.0.0.1:2", True, id="same-address"),
        pytest.param("http://127.0.0.1", "http://127.0.0.2", False, id="addresses-have-no-domain"),
        pytest.param("http://127.0.0.1", "http://localhost", False, id="address-and-localhost"),
        pytest.param("http://localhost:1", "http://localhost:2", True, id="localhost"),
        pytest.param("null", "null", False, id="opaque"),
    ],
)
def test_is_same_site(origin: str, other: str, expected: bool) -> None:
    assert is_same_site(origin, other) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("https://x/", True), ("wss://x/", True), ("http://x/", False), ("http://localhost:1/", True),
     ("http://127.0.0.1/", True), ("http://192.168.0.1/", False)],
)  # fmt: skip
def test_is_potentially_trustworthy(text: str, expected: bool) -> None:
    assert is_potentially_trustworthy(url_of(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://shop.example.com", True, id="https"),
        pytest.param("http://localhost:5173", True, id="port"),
        pytest.param("null", True, id="opaque"),
        pytest.param("file://", True, id="files-of-a-web-view"),
        pytest.param("file:///index.html", False, id="file"),
        pytest.param("capacitor://localhost", True, id="capacitor"),
        pytest.param("ionic://localhost", True, id="ionic"),
        pytest.param("tauri://localhost:1430", True, id="tauri"),
        pytest.param("chrome-extension://abcdefghijklmnop", True, id="extension"),
        pytest.param("capacitor://localhost/", False, id="slash"),
        pytest.param("capacitor://Localhost", False, id="case"),
        pytest.param("capacitor:localhost", False, id="no-authority"),
        pytest.param("https://shop.example.com:443", False, id="default-port"),
        pytest.param("https://shop.example.com/", False, id="path"),
        pytest.param("localhost:5173", False, id="no-scheme"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_serialized_origin(text: str, expected: bool) -> None:
    assert is_serialized_origin(text) is expected


def test_nothing_is_same_origin_with_an_opaque_origin() -> None:
    assert is_same_origin("https://x", url_of("https://x/y"))
    assert not is_same_origin("http://x", url_of("https://x/y"))
    assert not is_same_origin("null", url_of("foo:bar"))


def test_registrable_domains() -> None:
    assert registrable_domain("a.b.example.co.uk") == "example.co.uk"
    assert registrable_domain("co.uk") is None
    assert registrable_domain("127.0.0.1") is None
    assert is_public_suffix("co.uk")
    assert not is_public_suffix("example.co.uk")
    assert not is_public_suffix("127.0.0.1")


def test_sites() -> None:
    assert site("https://a.example.com:8443") == "https://example.com"
    assert site("http://127.0.0.1:3000") == "http://127.0.0.1"
    assert site("null") == "null"
