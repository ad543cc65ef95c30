"""What was meant and is not there: the allowed origin, with the words for how it differs, and the name in a list."""

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed
from emulator.findings.finding import Severity
from emulator.findings.near_miss import near_miss, near_names
from emulator.findings.review import review
from findings.applied import Situation, made
from findings.examples import answers, call
from products import a_method, a_route
from serving.exchanges import exchanged

SHOP = "https://shop.test"

DEV = "http://localhost:5173"

NEAR = [
    pytest.param("https://shop.test/", "an origin has no slash at its end", id="slash"),
    pytest.param("https://shop.test/app", "an origin has no path", id="path"),
    pytest.param("shop.test", "an origin begins with its scheme", id="bare-host"),
    pytest.param("//shop.test", "an origin begins with its scheme", id="slashes-alone"),
    pytest.param("https:/shop.test", "an origin has two slashes behind its scheme", id="one-slash"),
    pytest.param("https://Shop.test", "an origin is in lower case", id="case"),
    pytest.param("HTTPS://shop.test", "an origin is in lower case", id="case-of-the-scheme"),
    pytest.param("https://shop.test:443", "an origin leaves out port 443, its scheme's default", id="default-port"),
    pytest.param("'https://shop.test'", "an origin has no quotes around it", id="quotes"),
    pytest.param("\u2018https://shop.test\u2019", "an origin has no quotes around it", id="curly-quotes"),
    pytest.param("'*'", "its quotes are part of it", id="quoted-wildcard"),
    pytest.param("undefined", "a variable without a value is written so", id="unset"),
    pytest.param("https://me@shop.test", "an origin has no user name", id="user"),
    pytest.param("http://shop.test", "the scheme differs", id="scheme"),
    pytest.param("htttps://shop.test", "the scheme differs", id="misspelt-scheme"),
    pytest.param("https://shop.test:8443", "the port differs", id="port"),
    pytest.param("https://www.shop.test", "with and without `www.` are two hosts", id="www"),
    pytest.param("https://staging.shop.test", "a host and its sub-domain are two hosts", id="sub-domain"),
    pytest.param("https://shpo.test", "the host is spelt differently", id="letters-swapped"),
    pytest.param("https://shops.test", "the host is spelt differently", id="letter-too-many"),
    pytest.param("https://*.test", "`*` inside it is no pattern, as every byte is compared", id="pattern"),
]
NEAR_HERE = [
    pytest.param("http://127.0.0.1:5173", "localhost and 127.0.0.1 are two hosts to a browser", id="ipv4"),
    pytest.param("http://[::1]:5173", "localhost and ::1 are two hosts to a browser", id="ipv6"),
    pytest.param("http://0.0.0.0:5173", "localhost and 0.0.0.0 are two hosts to a browser", id="all-addresses"),
    pytest.param("http://localhost", "the port differs", id="no-port"),
    pytest.param("localhost:5173", "an origin begins with its scheme", id="bare-host"),
    pytest.param("5173", "an origin begins with its scheme", id="port-alone"),
    pytest.param("http://loclahost:5173", "the host is spelt differently", id="misspelt"),
]
ALL = [
    *(pytest.param(SHOP, *one.values, id=str(one.id)) for one in NEAR),
    *(pytest.param(DEV, *one.values, id=f"here-{one.id}") for one in NEAR_HERE),
]


@pytest.mark.parametrize(("origin", "allowed", "words"), ALL)
def test_it_is_named_with_the_difference(origin: str, allowed: str, words: str) -> None:
    assert near_miss(origin, ("https://a.test", allowed)) == f"'{allowed}' is another origin: {words}."


@pytest.mark.parametrize(("origin", "allowed", "words"), ALL)
@pytest.mark.parametrize("product", ["http-api", "function-url", "function"])
def test_each_is_said_of_lists_and_of_functions_and_cured(origin: str, allowed: str, words: str, product: str) -> None:
    """An HTTP API keeps its origins in lower case, and so matches where a function does not."""
    cors = CorsConfiguration((allowed,), ("GET",))
    api: Api = HttpApi("h", "abcdef1234", (a_route("GET /x"),), cors=cors)
    result = answers()
    if product == "function-url":
        api = FunctionUrl("u", "abcdef1234", "f", cors)
    if product == "function":
        api, result = RestApi("r", "abcdef1234", (a_method("GET", "/x"),), "dev"), answers(acao=allowed)
    before = Situation(api, call(path="/dev/x" if product == "function" else "/x", origin=origin), result)
    reviewed = review(exchanged(api, before.request, result), ())
    findings = [one for one in reviewed.findings if one.severity is Severity.ERROR]
    if product == "http-api" and allowed.lower() == origin:
        assert findings == []
        return
    assert findings[0].name in ("origin-not-allowed", "invalid-allow-origin")
    assert words.lower() in findings[0].fix.because.lower()
    now = made(findings[0].fix.changes, before)
    assert isinstance(review(exchanged(now.api, now.request, now.result), ()).verdict, Allowed)


def test_what_came_as_utf_8_is_read_as_that() -> None:
    came = "\u2018*\u2019".encode().decode("latin-1")
    assert near_miss(SHOP, (came,)) == "'\u2018*\u2019' is another origin: its quotes are part of it."
    assert near_miss(SHOP, ("\xff*",)) == ""


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
    pytest.param(("PUT",), ("GET|POST|PUT",), ("GET|POST|PUT",), id="several-in-one"),
    pytest.param(("DELETE",), ("GET|POST",), (), id="several-others-in-one"),
    pytest.param(("POST",), ("PUT", "PATCH"), (), id="another-method"),
    pytest.param(("x-requested-with",), ("x-request-id",), (), id="another-header"),
]


@pytest.mark.parametrize(("asked", "listed", "near"), NAMES)
def test_the_name_that_was_meant(asked: tuple[str, ...], listed: tuple[str, ...], near: tuple[str, ...]) -> None:
    assert near_names(asked, listed) == near
