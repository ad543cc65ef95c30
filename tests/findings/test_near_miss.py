"""The allowed origin that was meant, and the words for how it differs."""

import pytest

from emulator.findings.near_miss import near_miss

SHOP = "https://shop.test"

NEAR = [
    pytest.param("https://shop.test/", "an origin has no slash at its end", id="slash"),
    pytest.param("https://shop.test/app", "an origin has no path", id="path"),
    pytest.param("shop.test", "an origin begins with its scheme", id="bare-host"),
    pytest.param("https://Shop.test", "an origin is in lower case", id="case"),
    pytest.param("https://shop.test:443", "an origin leaves out port 443, its scheme's default", id="default-port"),
    pytest.param("http://shop.test", "the scheme differs", id="scheme"),
    pytest.param("https://shop.test:8443", "the port differs", id="port"),
    pytest.param("https://www.shop.test", "with and without `www.` are two hosts", id="www"),
    pytest.param("https://*.test", "`*` inside it is no pattern, as every byte is compared", id="pattern"),
]


@pytest.mark.parametrize(("allowed", "words"), NEAR)
def test_it_is_named_with_the_difference(allowed: str, words: str) -> None:
    assert near_miss(SHOP, ("https://a.test", allowed)) == f"'{allowed}' is another origin: {words}."


@pytest.mark.parametrize("allowed", ["http://127.0.0.1:5173", "http://[::1]:3000"])
def test_the_names_of_this_machine(allowed: str) -> None:
    assert near_miss("http://localhost:5173", (allowed,)).endswith("are two hosts to a browser.")


@pytest.mark.parametrize("allowed", [(), ("*",), ("https://a.test",), ("http://[",), ("https://shops.test",)])
def test_none_is_near(allowed: tuple[str, ...]) -> None:
    assert near_miss(SHOP, allowed) == ""


def test_the_nearest_is_named() -> None:
    assert "no path" in near_miss(SHOP, ("http://shop.test", f"{SHOP}/app", "https://www.shop.test"))
