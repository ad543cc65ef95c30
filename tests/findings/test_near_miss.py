"""What was meant and is not there: the allowed origin, with the words for how it differs, and the name in a list."""

import pytest

from emulator.findings.near_miss import near_miss, near_names

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
    pytest.param("htttps://shop.test", "the scheme differs", id="misspelt-scheme"),
    pytest.param("https://shpo.test", "the host is spelt differently", id="letters-swapped"),
    pytest.param("https://shops.test", "the host is spelt differently", id="letter-too-many"),
    pytest.param("https://*.test", "`*` inside it is no pattern, as every byte is compared", id="pattern"),
]


@pytest.mark.parametrize(("allowed", "words"), NEAR)
def test_it_is_named_with_the_difference(allowed: str, words: str) -> None:
    assert near_miss(SHOP, ("https://a.test", allowed)) == f"'{allowed}' is another origin: {words}."


@pytest.mark.parametrize("allowed", ["http://127.0.0.1:5173", "http://[::1]:3000"])
def test_the_names_of_this_machine(allowed: str) -> None:
    assert near_miss("http://localhost:5173", (allowed,)).endswith("are two hosts to a browser.")


@pytest.mark.parametrize(
    "allowed",
    [(), ("*",), ("https://a.test",), ("http://[",), ("https://api.test",), ("https://shop.org.test",), ("null",)],
)
def test_none_is_near(allowed: tuple[str, ...]) -> None:
    assert near_miss(SHOP, allowed) == ""


def test_the_nearest_is_named() -> None:
    assert "no path" in near_miss(SHOP, ("http://shop.test", f"{SHOP}/app", "https://www.shop.test"))


NAMES = [
    pytest.param(("authorization",), ("content-type", "authorisation"), ("authorisation",), id="header"),
    pytest.param(("content-type",), ("Content_Type",), ("Content_Type",), id="underscore"),
    pytest.param(("x-api-key", "x-b"), ("api-key", "x-a"), ("api-key",), id="one-of-two"),
    pytest.param(("POST", "PUT"), ("GET", "PSOT", "put"), ("PSOT", "put"), id="methods"),
    pytest.param(("x-tenant", "x-tenants"), ("x-tenantt",), ("x-tenantt",), id="told-once"),
    pytest.param(("content-type",), ("'content-type'", "*", "x-a"), (), id="quotes-and-wildcard"),
    pytest.param(("POST",), ("PUT", "PATCH"), (), id="another-method"),
    pytest.param(("x-requested-with",), ("x-request-id",), (), id="another-header"),
]


@pytest.mark.parametrize(("asked", "listed", "near"), NAMES)
def test_the_name_that_was_meant(asked: tuple[str, ...], listed: tuple[str, ...], near: tuple[str, ...]) -> None:
    assert near_names(asked, listed) == near
