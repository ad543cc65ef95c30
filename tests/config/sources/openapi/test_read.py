"""What AWS would import of a document, and all that is said of what it would not."""

from dataclasses import replace
from typing import Any

import pytest

from config.sources.openapi.documents import ARN, INTEGRATION, OPERATION, PROXY, of, read, said, with_integration
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy, NotEmulated
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.rest_api import Method, RestApi
from products import a_method, a_route

ANY = "x-amazon-apigateway-any-method"


def test_a_rest_api() -> None:
    found = of(
        {
            "paths": {
                "/": {ANY: OPERATION},
                "/items/{id}": {"get": OPERATION, "parameters": [], "x-own": 1},
                "/all/{proxy+}": {"delete": OPERATION},
            },
            "x-amazon-apigateway-binary-media-types": ["image/png"],
            "x-amazon-apigateway-gateway-responses": {
                "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.A": "'b'"}},
                "UNAUTHORIZED": {"statusCode": 403, "responseTemplates": {"application/json": "{}"}},
            },
        },
        stage_variables=(("a", "b"),),
    )
    assert found.problems == ()
    assert found.api == RestApi(
        "shop",
        "abcdef1234",
        (
            a_method("ANY", "/", "items"),
            a_method("GET", "/items/{id}", "items"),
            a_method("DELETE", "/all/{proxy+}", "items"),
        ),
        "dev",
        (("a", "b"),),
        ("image/png",),
        (
            GatewayResponse("DEFAULT_4XX", None, (("gatewayresponse.header.A", "'b'"),)),
            GatewayResponse("UNAUTHORIZED", 403, (), (("application/json", "{}"),)),
        ),
    )


def test_an_http_api() -> None:
    cors = {"allowOrigins": ["https://a.test"], "allowMethods": ["GET"], "allowHeaders": ["x-a"], "maxAge": 5,
            "exposeHeaders": ["x-b"], "allowCredentials": True}  # fmt: skip
    components = {"x-amazon-apigateway-integrations": {"items": PROXY}}
    by_reference = {INTEGRATION: {"$ref": "#/components/x-amazon-apigateway-integrations/items"}}
    found = of(
        {
            "paths": {"/$default": {ANY: {**OPERATION, "isDefaultRoute": True}}, "/x": {"post": by_reference}},
            "components": components,
            "x-amazon-apigateway-cors": cors,
        },
        "http",
        timeout_ms=9000,
    )
    assert found.problems == ()
    assert found.api == HttpApi(
        "shop",
        "abcdef1234",
        (a_route("$default", "items", timeout_s=9.0), a_route("POST /x", "items", timeout_s=9.0)),
        cors=CorsConfiguration(("https://a.test",), ("GET",), ("x-a",), ("x-b",), True, 5),
    )


@pytest.mark.parametrize(
    ("mode", "keys"),
    [
        ("ignore", ("GET /x", "GET /")),
        ("prepend", ("GET /v1/shop/x", "GET /v1/shop")),
        ("split", ("GET /shop/x", "GET /shop")),
    ],
)
def test_base_paths(mode: str, keys: tuple[str, ...]) -> None:
    paths = {"/x": {"get": OPERATION}, "/": {"get": OPERATION}}
    found = of({"servers": [{"url": "https://a.test/v1/shop"}], "paths": paths}, base_path=mode)
    assert (found.problems, found.api.route_keys) == ((), keys)


PATHS = {"/x": {"get": OPERATION}}
VERSIONS = [
    ("rest", {"openapi": "3.0.1"}, None),
    ("rest", {"openapi": "3.1.0"}, None),
    ("rest", {"swagger": "2.0"}, None),
    ("http", {"openapi": "3.0.1"}, None),
    ("http", {"swagger": "2.0"}, "Swagger `2.0`"),
    ("rest", {"swagger": "1.2"}, "`1.2`"),
    ("rest", {"openapi": "4.0"}, "`4.0`"),
    ("rest", {}, "a document without `openapi` or `swagger`"),
]


@pytest.mark.parametrize(("kind", "version", "found"), VERSIONS)
def test_versions(kind: str, version: dict[str, Any], found: str | None) -> None:
    document = {"openapi": None, **version, "paths": PATHS}
    assert said(of(document, kind)) == ([] if found is None else [found])


@pytest.mark.parametrize("paths", [None, {}, ["/x"]])
def test_paths_there_must_be(paths: Any) -> None:
    assert said(of({"paths": paths})) == ["no `paths`"]


TWO = {"/{a}": {"get": OPERATION}, "/{b}": {"get": OPERATION}}
WRONG: list[Any] = [
    ("method", {"/x": {"gte": OPERATION}}, "rest", "the method `gte`", "Write `get`."),
    ("trace", {"/x": {"trace": OPERATION}}, "rest", "the method `trace`", "Remove it: API Gateway has no such method."),
    ("rest-path", {"/x/": {"get": OPERATION}}, "rest", 'the path "/x/" must not end with "/"', None),
    ("http-path", {"x": {"get": OPERATION}}, "http", None, None),
    ("rest-siblings", TWO, "rest", "`{b}` beside `{a}` under `/`", None),
    ("http-twice", TWO, "http", "the route of `GET /{a}` once more", None),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "kind", "found", "fix"), [pytest.param(*case, id=key) for key, *case in WRONG])
def test_paths_and_methods(paths: Any, kind: str, found: str | None, fix: str | None) -> None:
    problems = of({"paths": paths}, kind).problems
    assert len(problems) == 1
    assert found in (None, problems[0].found)
    assert fix in (None, problems[0].fix)


def test_a_function_that_is_not_declared() -> None:
    missing = {**PROXY, "uri": ARN.format("itmes")}
    found = with_integration(missing)
    (problem,) = found.problems
    assert (problem.found, problem.fix) == (
        "the function `itmes`, which is not declared",
        "Write `items`, or declare `itmes` under `functions`.",
    )
    assert problem.path == 'paths["/x"].get.x-amazon-apigateway-integration.uri'
    assert of({"paths": {"/x": {"get": {INTEGRATION: missing}}}}, functions=None).problems == ()


def test_cors_fields() -> None:
    cors = {"allowOrigin": ["*"], "zzzzzz": 1, "allowCredentials": "no", "maxAge": 5}
    problems = of({"paths": PATHS, "x-amazon-apigateway-cors": cors}, "http").problems
    assert [(one.found, one.fix) for one in problems] == [
        ("the field `allowOrigin`", "Write `allowOrigins`."),
        ("the field `zzzzzz`", "Remove it."),
        ("`no`", "Write `allowCredentials: true`."),
    ]


def mapped(responses: Any, status: Any = 200, name: str = "method.response.header.X-A") -> Any:
    response = {"statusCode": status, "responseParameters": {name: "'b'"}}
    return with_integration({"type": "mock", "responses": {"default": response}}, responses=responses)


def test_headers_that_the_method_does_not_declare() -> None:
    """AWS: "Invalid mapping expression parameter specified: method.response.header.X-A"."""
    expected = "the header `X-A`, which the method does not declare: AWS refuses the mapping"
    for responses in (None, {"200": {}}, {"200": {"headers": {"X-B": {}}}}, {"201": {"headers": {"X-A": {}}}}):
        (problem,) = mapped(responses).problems
        assert (problem.found, problem.is_warning) == (expected, True)
        assert problem.fix == "Add it under `responses: 200: headers` of the method."
    assert mapped({"200": {"headers": {"x-a": {}}}}).problems == ()
    assert mapped(None, name="X-A").problems == ()
    assert said(mapped(None, status=None)) == ["no `statusCode`"]


GUARDED = {
    "components": {"securitySchemes": {"jwt": {"x-amazon-apigateway-authorizer": {}}}},
    "security": [{"jwt": []}],
    "paths": {"/x": {"get": OPERATION}, "/y": {"get": OPERATION, "post": {**OPERATION, "security": []}}},
}


def test_what_is_not_emulated_fails() -> None:
    found = of(GUARDED)
    (problem,) = found.problems
    assert (problem.found, problem.path) == (
        "the authorizer `jwt` (of 2 routes), which is not emulated",
        "components.securitySchemes.jwt",
    )
    assert "unsupported: warn" in problem.fix
    assert not problem.is_warning


@pytest.mark.parametrize("kind", ["rest", "http"])
def test_what_is_not_emulated_warns_where_that_is_wanted(kind: str) -> None:
    found = of(GUARDED, kind, warns=True)
    assert [problem.is_warning for problem in found.problems] == [True]
    assert found.api.not_emulated == (("GET /x", "the authorizer `jwt`"), ("GET /y", "the authorizer `jwt`"))


def test_an_integration_that_is_not_emulated_is_served_as_an_error() -> None:
    found = of(
        {"paths": {"/x": {"get": {INTEGRATION: {"type": "http_proxy", "uri": "a", "httpMethod": "GET"}}}}}, warns=True
    )
    what = "an HTTP proxy integration"
    assert isinstance(found.api, RestApi)
    assert found.api.methods == (Method("GET", "/x", NotEmulated(what)),)
    assert found.api.not_emulated == (("GET /x", what),)


def test_what_is_wrong_is_left_out() -> None:
    found = of({"paths": {"/x": {"get": {}, "post": OPERATION}, "/y/": {"get": OPERATION}}})
    assert isinstance(found.api, RestApi)
    assert found.api.methods == (replace(a_method("POST", "/x"), integration=LambdaProxy("items", "1.0", 29.0)),)
    found = of({"paths": {"/x": {"get": {}, "post": OPERATION}, "y": {"get": OPERATION}}}, "http")
    assert found.api.route_keys == ("POST /x",)


def test_problems_come_in_the_order_of_the_document() -> None:
    text = "swagger: '1.0'\nx: 1\nx: 2\npaths:\n  /x:\n    get: {}\n  /y/:\n    gte: {}\n"
    assert [problem.line for problem in read(text).problems] == [1, 3, 6, 8]
