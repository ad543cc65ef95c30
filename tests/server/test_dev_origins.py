"""Conversations with APIs whose frontends have dev origins: what function and page see, over a raw socket."""

from typing import Any

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from products import a_method, a_route
from serving.rim import Answer, Rim, listening, run

SHOP, VITE, PREVIEW = "https://shop.example.com", "http://localhost:5173", "http://127.0.0.1:4173"
STAND_INS = {VITE: SHOP, PREVIEW: SHOP}
POLICY = CorsConfiguration((SHOP,), ("GET", "PUT"), ("content-type",), allow_credentials=True)

HTTP = HttpApi("shop", "abcdef1234", (a_route("GET /dev/x"), a_route("PUT /dev/x", version="1.0")), cors=POLICY)
REST = RestApi("orders", "abcdef1234", (a_method("ANY", "/x"),), "dev")
URL = FunctionUrl("contact", "abcdef1234", "f", POLICY)
EVERY_API = [pytest.param(HTTP, id="http"), pytest.param(REST, id="rest"), pytest.param(URL, id="function-url")]


def cors_of_its_own(event: dict[str, Any]) -> dict[str, Any]:
    """What a careful function returns: CORS headers for its one origin, and a cookie."""
    headers = {name.lower(): value for name, value in event["headers"].items()}
    cors = {"Access-Control-Allow-Origin": SHOP, "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": "PUT", "Vary": "Origin"}  # fmt: skip
    is_rest = event.get("version") is None
    named = cors if is_rest and headers.get("origin") == SHOP else {}
    return {"statusCode": 200, "headers": {**named, "Set-Cookie": "session=1; SameSite=Lax"}, "body": "{}"}


def ask(
    api: Api, method: str, *headers: str, path: str = "/dev/x", handler: Any = cors_of_its_own
) -> tuple[Answer, Rim]:
    """One request on a connection of its own."""

    async def conversation() -> tuple[Answer, Rim]:
        async with listening(api, handler, stand_ins=STAND_INS) as rim:
            lines = "".join(f"{line}\r\n" for line in (f"{method} {path} HTTP/1.1", "Host: h", *headers))
            return await rim.ask(f"{lines}\r\n".encode(), method), rim

    return run(conversation())


@pytest.mark.parametrize("api", EVERY_API)
@pytest.mark.parametrize("page", [VITE, PREVIEW])
def test_function_and_record_see_production_and_the_page_its_own_origin(api: Api, page: str) -> None:
    answer, rim = ask(api, "GET", f"Origin: {page}", f"Referer: {page}/cart?a=b", "Cookie: session=0")
    headers = {name.lower(): value for name, value in rim.events[0]["headers"].items()}
    assert (headers["origin"], headers["referer"]) == (SHOP, f"{SHOP}/cart?a=b")
    assert answer.values("access-control-allow-origin") == [page]
    assert answer.values("access-control-allow-credentials") == ["true"]
    assert answer.values("set-cookie") == ["session=1; SameSite=Lax"]
    (exchange,), (arrival,) = rim.exchanges, rim.arrivals
    assert exchange.request.origin == arrival.origin == SHOP
    assert exchange.request.dev_origin == page
    assert exchange.response.header("access-control-allow-origin") == SHOP


@pytest.mark.parametrize("api", EVERY_API)
def test_a_preflight_is_answered_as_production_s(api: Api) -> None:
    asked = ("Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type")
    answer, _ = ask(api, "OPTIONS", f"Origin: {VITE}", *asked)
    assert answer.values("access-control-allow-origin") == [VITE]
    assert "PUT" in answer.values("access-control-allow-methods")[0]


@pytest.mark.parametrize("api", EVERY_API)
def test_the_gateway_s_own_errors_are_turned_back_too(api: Api) -> None:
    answer, _ = ask(api, "GET", f"Origin: {VITE}", handler=lambda event: {"statusCode": "x"})
    assert answer.status >= 500
    assert answer.values("access-control-allow-origin") == ([] if api is REST else [VITE])


def test_an_unknown_route_answers_with_the_policy_of_production() -> None:
    answer, rim = ask(HTTP, "GET", f"Origin: {VITE}", path="/nowhere")
    assert (answer.status, answer.values("access-control-allow-origin"), rim.events) == (404, [VITE], [])


@pytest.mark.parametrize("api", EVERY_API)
@pytest.mark.parametrize(
    ("page", "allowed"), [(SHOP, [SHOP]), ("http://localhost:5174", []), ("null", [])], ids=["shop", "other", "null"]
)
def test_other_pages_are_met_as_they_are(api: Api, page: str, allowed: list[str]) -> None:
    answer, rim = ask(api, "GET", f"Origin: {page}")
    assert answer.values("access-control-allow-origin") == allowed
    assert rim.exchanges[0].request.dev_origin is None


@pytest.mark.parametrize(
    ("allowed", "read"),
    [
        pytest.param("*", "*", id="any"),
        pytest.param("https://b.example.com", "https://b.example.com", id="another"),
        pytest.param(PREVIEW, PREVIEW, id="another-dev-origin"),
        pytest.param(VITE, SHOP, id="dev-origin-by-name"),
    ],
)
def test_a_function_that_lets_in_something_else_lets_in_nothing_more_here(allowed: str, read: str) -> None:
    answered = {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": allowed}, "body": ""}
    answer, _ = ask(REST, "GET", f"Origin: {VITE}", handler=lambda event: answered)
    assert answer.values("access-control-allow-origin") == [read]


def test_a_policy_that_forgets_production_blocks_the_page_here() -> None:
    forgetful = HttpApi("shop", "abcdef1234", (a_route("GET /dev/x"),), cors=CorsConfiguration((VITE,), ("GET",)))
    answer, _ = ask(forgetful, "GET", f"Origin: {VITE}")
    assert answer.values("access-control-allow-origin") == []


@pytest.mark.parametrize(
    ("host", "origin"), [("Host: h:5173", "http://h:5173"), ("Host: h", VITE)], ids=["kept-host", "rewritten-host"]
)
def test_a_page_of_the_api_s_own_origin_stays_one(host: str, origin: str) -> None:
    async def conversation() -> list[Any]:
        async with listening(HTTP, cors_of_its_own, stand_ins={"http://h:5173": SHOP, VITE: SHOP}) as rim:
            head = f"GET /dev/x HTTP/1.1\r\n{host}\r\nOrigin: {origin}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
            await rim.ask(head.encode())
            return [rim.events[0]["headers"]["origin"], rim.exchanges[0].request.is_cross_origin]

    assert run(conversation()) == [SHOP if origin == VITE else origin, False]
