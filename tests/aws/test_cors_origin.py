"""Origins: what browsers send, to the character, and what was meant by anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.cors_origin import difference, is_origin, meant_origin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://shop.example.com", True, id="https"),
        pytest.param("http://localhost:5173", True, id="port"),
        pytest.param("http://[::1]:5173", True, id="ipv6"),
        pytest.param("http://127.0.0.1", True, id="ipv4"),
        pytest.param("http://shop.example.com:443", True, id="other-schemes-default-port"),
        pytest.param("capacitor://localhost", True, id="other-scheme"),
        pytest.param("file://", True, id="files-of-a-web-view"),
        pytest.param("file:///index.html", False, id="file"),
        pytest.param("https://my_shop.example.com", True, id="underscore"),
        pytest.param("https://shop.example.com:443", False, id="default-port"),
        pytest.param("https://shop.example.com:65536", False, id="port-too-high"),
        pytest.param("https://shop.example.com:080", False, id="leading-zero"),
        pytest.param("https://shop.example.com/", False, id="slash"),
        pytest.param("https://shop.example.com.", False, id="trailing-dot"),
        pytest.param("null", False, id="null"),
    ],
)
def test_is_origin(text: str, expected: bool) -> None:
    assert is_origin(text) is expected


@pytest.mark.parametrize(
    ("text", "origin", "why"),
    [
        ("https://a.example/", "https://a.example", "an origin has no slash at its end"),
        ("https://a.example/x/y", "https://a.example", "an origin has no path"),
        ("https://a.example?x", "https://a.example", "an origin has no query"),
        ("https://a.example#x", "https://a.example", "an origin has no fragment"),
        ("https://me:pw@a.example", "https://a.example", "an origin has no user name"),
        ("HTTPS://A.example", "https://a.example", "an origin is in lower case"),
        ("a.example", "https://a.example", "an origin begins with its scheme"),
        ("localhost:3000/x", "http://localhost:3000", "an origin begins with its scheme and has no path"),
        ("127.0.0.1", "http://127.0.0.1", "an origin begins with its scheme"),
        ("3000", "http://localhost:3000", "an origin begins with its scheme"),
        ("https://a.example:443", "https://a.example", "an origin leaves out port 443, its scheme's default"),
        (" https://a.example ", "https://a.example", "an origin has no spaces around it"),
        ("'https://a.example'", "https://a.example", "an origin has no quotes around it"),
        (
            '"https://a.example/" ',
            "https://a.example",
            "an origin has no slash at its end, has no spaces around it and has no quotes around it",
        ),
        (
            "\u2018https://a.example\u2019",
            "https://a.example",
            "an origin has no quotes around it",
        ),
        ("http:/localhost:3000", "http://localhost:3000", "an origin has two slashes behind its scheme"),
        ("//a.example", "https://a.example", "an origin begins with its scheme"),
        ("https://\u00e9.example", None, "an origin has its host in ASCII (xn--...)"),
        ("https://a.example:99999", None, "an origin is scheme://host, with :port when it has one"),
        ("*", None, "an origin begins with its scheme"),
        ("", None, "an origin begins with its scheme"),
    ],
)
def test_what_was_meant(text: str, origin: str | None, why: str) -> None:
    assert (meant_origin(text), difference(text)) == (origin, why)


@given(st.text())
def test_whatever_is_written(text: str) -> None:
    meant = meant_origin(text)
    assert meant is None or is_origin(meant)
    assert difference(text).startswith("an origin ")
