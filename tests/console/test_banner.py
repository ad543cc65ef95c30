"""What is said of an API and of the declared pages before the first request."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import Mock
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.console.banner import authorizers, cors_of, domains, pages, routing_of
from emulator.deployment import Frontend, MappedUrl
from products import a_method, a_route
from tokens import users

ROUTES = (a_route("GET /a", "f"), a_route("PUT /a", "f"), a_route("GET /b", "g"))
LISTED = CorsConfiguration(("https://a.example", "https://b.example"), allow_credentials=True)
ANY = CorsConfiguration(("*",))
APIS = [
    pytest.param(HttpApi("a", "id", ROUTES, cors=LISTED), "3 routes, 2 functions",
                 "cors: gateway, 2 origins, credentials", id="http-with-cors"),
    pytest.param(HttpApi("a", "id", ROUTES[:1]), "1 route, 1 function", "cors: functions", id="http"),
    pytest.param(RestApi("a", "id", (a_method("GET", "/a"),), "dev"), "1 route, 1 function", "cors: functions",
                 id="rest"),
    pytest.param(RestApi("a", "id", (a_method("PUT", "/a"), Method("OPTIONS", "/a", Mock())), "dev"),
                 "2 routes, 1 function", "cors: mock preflights, functions", id="rest-with-mock"),
    pytest.param(FunctionUrl("a", "id", "f"), "function f", "cors: function", id="url"),
    pytest.param(FunctionUrl("a", "id", "f", cors=ANY), "function f", "cors: gateway, any origin", id="url-with-cors"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "routing", "cors"), APIS)
def test_what_an_api_routes_and_whose_cors_it_has(api: Api, routing: str, cors: str) -> None:
    assert (routing_of(api), cors_of(api)) == (routing, cors)


def test_who_stands_before_routes() -> None:
    guarded = tuple(replace(route, authorizer=users()) for route in ROUTES[:2])
    api = HttpApi("shop", "id", (*guarded, ROUTES[2]))
    told = authorizers([api, HttpApi("open", "id", ROUTES), FunctionUrl("a", "id", "f")])
    begin = "users, before 2 routes of shop: tokens of https://id.example.com that a key of `jwks` has signed"
    assert told == [f"{begin}; the issuer is not asked"]


def test_where_apis_are_by_custom_domain_names() -> None:
    api = HttpApi("shop", "id", ROUTES)
    mapped = (
        MappedUrl(ApiMapping("api.example.com", "v1"), api, "http://localhost:3005/v1"),
        MappedUrl(ApiMapping("api.example.com"), api, "http://localhost:3005"),
    )
    assert domains(mapped) == [
        "http://localhost:3005/v1, shop as at https://api.example.com/v1",
        "http://localhost:3005, shop as at https://api.example.com",
    ]


def test_the_declared_pages() -> None:
    devs = ("http://localhost:5173", "http://localhost:4173")
    assert pages((Frontend("https://a.example", dev=devs), Frontend("https://b.example"))) == [
        "http://localhost:5173, held to the policy for https://a.example",
        "http://localhost:4173, held to the policy for https://a.example",
        "https://b.example",
    ]
