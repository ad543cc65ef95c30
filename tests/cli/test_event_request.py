"""The request that `emulate event` is about: what a plain client would send, and to which API."""

import pytest

from emulator.aws.api import Api
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.cli.event_request import (
    PRODUCTS,
    STAND_INS,
    WORDS,
    Asked,
    below_stage,
    content_type,
    endpoint_of,
    request_of,
    routes_for,
)
from emulator.deployment import Deployment, Endpoint
from emulator.errors import EmulatorError
from emulator.messages import Request
from products import a_method, a_route

SHOP = HttpApi("shop", "abcdef1234", (a_route("GET /items"), a_route("GET /orders/{id}")))
STAGED = HttpApi("staged", "abcdef1234", (a_route("GET /items"),), stage="beta")
ADMIN = RestApi("admin", "abcdef1234", (a_method("GET", "/orders"), a_method("PUT", "/orders")), "dev")
FORM = FunctionUrl("form", "abcdef1234", "f")
DEPLOYMENT = Deployment((Endpoint(SHOP, 3000), Endpoint(STAGED, 0), Endpoint(ADMIN, 3002)), {})

CHOSEN = [
    pytest.param("http", None, SHOP, id="the-first-of-the-product"),
    pytest.param("http", "staged", STAGED, id="by-name"),
    pytest.param("rest", None, ADMIN, id="of-another-product"),
]


@pytest.mark.parametrize(("product", "name", "api"), CHOSEN)
def test_the_api(product: str, name: str | None, api: Api) -> None:
    endpoint = endpoint_of(DEPLOYMENT, product, name)
    assert endpoint is not None
    assert endpoint.api is api


def test_there_may_be_no_api_of_the_product() -> None:
    assert endpoint_of(DEPLOYMENT, "function-url", None) is None


UNKNOWN = [
    pytest.param(DEPLOYMENT, "http", "shopp", "shop (http), staged (http), admin (rest)", id="no-such-name"),
    pytest.param(DEPLOYMENT, "http", "admin", "shop (http), staged (http), admin (rest)", id="of-another-product"),
    pytest.param(Deployment((), {}), "rest", "admin", "no APIs", id="no-apis"),
]


@pytest.mark.parametrize(("deployment", "product", "name", "has"), UNKNOWN)
def test_a_name_that_is_no_api_says_what_there_is(deployment: Deployment, product: str, name: str, has: str) -> None:
    with pytest.raises(EmulatorError) as raised:
        endpoint_of(deployment, product, name)
    said = f"--api {name}: there is no such API of type {product}; the configuration has {has}."
    assert str(raised.value) == said


def test_every_product_has_words_and_a_stand_in_of_its_own_kind() -> None:
    assert PRODUCTS.keys() == WORDS.keys() == STAND_INS.keys()
    assert all(isinstance(STAND_INS[product][0], kind) for product, kind in PRODUCTS.items())


PLAIN = (("Host", "localhost:3000"), ("User-Agent", "emulate"), ("Accept", "*/*"))
TARGETS = [
    pytest.param("/items", ("http", 3000, "/items", "", "localhost:3000"), id="path"),
    pytest.param("/items?a=1&b=%20", ("http", 3000, "/items", "a=1&b=%20", "localhost:3000"), id="query"),
    pytest.param(
        "/déjà vu?q=λ#part", ("http", 3000, "/d%C3%A9j%C3%A0%20vu", "q=%CE%BB", "localhost:3000"), id="encoded"
    ),
    pytest.param("/a\udcff\x1b", ("http", 3000, "/a%FF%1B", "", "localhost:3000"), id="bytes-of-the-command-line"),
    pytest.param("https://api.test", ("https", 443, "/", "", "api.test"), id="url-without-path"),
    pytest.param("http://api.test/x?y", ("http", 80, "/x", "y", "api.test"), id="url"),
    pytest.param("http://api.test:8080/x", ("http", 8080, "/x", "", "api.test:8080"), id="url-with-port"),
    pytest.param("http://[::1]/x", ("http", 80, "/x", "", "[::1]"), id="ipv6"),
]


@pytest.mark.parametrize(("target", "sent"), TARGETS)
def test_where_the_request_goes(target: str, sent: tuple[object, ...]) -> None:
    request = request_of(Asked(target, None, (), None), Endpoint(SHOP, 3000))
    assert (request.scheme, request.port, request.raw_path, request.raw_query, request.host) == sent
    assert (request.method, request.body) == ("GET", b"")


def test_an_api_that_takes_any_free_port_has_the_usual_one() -> None:
    assert request_of(Asked("/x", None, (), None), Endpoint(SHOP, 0)).headers == PLAIN


STAGES = [
    pytest.param("/items", SHOP, "/items", id="default-stage"),
    pytest.param("/items", STAGED, "/beta/items", id="stage-in-front"),
    pytest.param("/beta/items", STAGED, "/beta/items", id="stage-there"),
    pytest.param("//beta/items", STAGED, "//beta/items", id="stage-there-behind-slashes"),
    pytest.param("/betamax", STAGED, "/beta/betamax", id="not-the-stage"),
    pytest.param("/orders", ADMIN, "/dev/orders", id="rest"),
    pytest.param("/x", FORM, "/x", id="function-url"),
]


@pytest.mark.parametrize(("path", "api", "below"), STAGES)
def test_a_path_may_lack_its_stage(path: str, api: Api, below: str) -> None:
    assert below_stage(path, api) == below


NO_TARGETS = [
    pytest.param("items", "items is neither a path nor an http or https URL", id="no-slash"),
    pytest.param("ftp://api.test/", "ftp://api.test/ is neither", id="scheme"),
    pytest.param("http:///x", "http:///x is neither", id="no-host"),
    pytest.param("http://me@api.test/", "http://me@api.test/ is neither", id="userinfo"),
    pytest.param("http://[::1/x", "http://[::1/x is no URL: Invalid IPv6 URL.", id="no-url"),
]


@pytest.mark.parametrize(("target", "words"), NO_TARGETS)
def test_what_is_no_target_is_said(target: str, words: str) -> None:
    with pytest.raises(EmulatorError) as raised:
        request_of(Asked(target, None, (), None), Endpoint(SHOP, 3000))
    assert str(raised.value).startswith(words)


HEADERS = [
    pytest.param((("X-A", "1"), ("x-a", "2")), (*PLAIN, ("X-A", "1"), ("x-a", "2")), id="added-as-written"),
    pytest.param((("accept", "text/html"),), (*PLAIN[:2], ("accept", "text/html")), id="in-place-of-the-clients"),
    pytest.param((("User-Agent", ""), ("Accept", "")), PLAIN[:1], id="left-out"),
    pytest.param((("X-A", "λ"),), (*PLAIN, ("X-A", "Î»")), id="utf-8-read-as-latin-1"),
]


@pytest.mark.parametrize(("given", "sent"), HEADERS)
def test_headers_are_those_of_a_plain_client(given: tuple[tuple[str, str], ...], sent: object) -> None:
    assert request_of(Asked("/x", None, given, None), Endpoint(SHOP, 3000)).headers == sent


PORTS = [("api.test:8080", 8080), ("api.test", 80), ("api.test:", 80), ("api.test:x", 80), ("api.test:²", 80)]


@pytest.mark.parametrize(("host", "port"), PORTS)
def test_the_port_is_what_host_says(host: str, port: int) -> None:
    assert request_of(Asked("/x", None, (("Host", host),), None), Endpoint(SHOP, 3000)).port == port


@pytest.mark.parametrize("header", [("a b", "1"), ("", "1"), ("X-A", "1\r\nX-B: 2"), ("X-A", "\0")])
def test_a_header_that_no_client_can_send_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(EmulatorError, match="a client cannot send such a header"):
        request_of(Asked("/x", None, (header,), None), Endpoint(SHOP, 3000))


BODIES = [
    pytest.param((), (("Content-Type", "application/json"), ("Content-Length", "2")), id="both"),
    pytest.param((("content-type", "a/b"),), (("content-type", "a/b"), ("Content-Length", "2")), id="given-type"),
    pytest.param(
        (("Transfer-Encoding", "chunked"),),
        (("Transfer-Encoding", "chunked"), ("Content-Type", "application/json")),
        id="chunked",
    ),
]


@pytest.mark.parametrize(("given", "sent"), BODIES)
def test_a_body_is_posted_with_its_type_and_length(given: tuple[tuple[str, str], ...], sent: object) -> None:
    request = request_of(Asked("/x", None, given, b"{}"), Endpoint(SHOP, 3000))
    assert (request.method, request.headers[3:], request.body) == ("POST", sent, b"{}")
    assert request_of(Asked("/x", "PUT", given, b"{}"), Endpoint(SHOP, 3000)).method == "PUT"


TYPES = [
    (b"{}", "application/json"),
    (b"1", "application/json"),
    (b"", "text/plain;charset=UTF-8"),
    ("λ".encode(), "text/plain;charset=UTF-8"),
    (b"[" * 200_000, "text/plain;charset=UTF-8"),
    (b"\xff", "application/octet-stream"),
]


@pytest.mark.parametrize(("body", "kind"), TYPES, ids=["object", "number", "empty", "text", "too-deep", "bytes"])
def test_the_type_that_a_body_most_likely_has(body: bytes, kind: str) -> None:
    assert content_type(body) == kind


MANY = HttpApi("many", "abcdef1234", tuple(a_route(f"GET /{letter * 9}") for letter in "abcdefghijk"))
ROUTES = [
    pytest.param(FORM, "/x", "", id="function-url"),
    pytest.param(HttpApi("none", "abcdef1234", ()), "/x", "It has no routes.", id="no-routes"),
    pytest.param(SHOP, "/item", "Near it are: GET /items.", id="near"),
    pytest.param(STAGED, "/beta/item", "Near it are: GET /items.", id="near-below-the-stage"),
    pytest.param(ADMIN, "/dev/order", "Near it are: GET /orders, PUT /orders.", id="every-method-of-the-path"),
    pytest.param(SHOP, "/zzzzzz", "Its routes are: GET /items, GET /orders/{id}.", id="all"),
    pytest.param(
        MANY, "/zz", f"Its routes are: {', '.join(f'GET /{c * 9}' for c in 'abcdefghij')}, ...", id="the-first-of-many"
    ),
]


@pytest.mark.parametrize(("api", "path", "words"), ROUTES)
def test_the_routes_that_there_are(api: Api, path: str, words: str) -> None:
    assert routes_for(api, Request("GET", path)) == words
