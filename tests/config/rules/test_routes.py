"""Routes that API Gateway would refuse, with what to write instead."""

import pytest

from configured import rule_problems

FUNCTIONS = "functions:\n  items: {handler: items.handler}\n"


def http_api(*routes):
    lines = "".join(f"      {route}: items\n" for route in routes)
    return f"apis:\n  shop:\n    type: http\n    routes:\n{lines}{FUNCTIONS}"


def rest_api(*routes):
    lines = "".join(f"      {route}: items\n" for route in routes)
    return f"apis:\n  admin:\n    type: rest\n    routes:\n{lines}{FUNCTIONS}"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            http_api("GET /", "GET /items/{id}", "ANY /legacy/{proxy+}", "OPTIONS /items", "HEAD /x", "$default"),
            "",
            id="every-form-of-route-key",
        ),
        pytest.param(
            http_api("get /items"),
            'emulator.yaml:5: apis.shop.routes["get /items"]: the method `get`; expected a route key such as '
            "GET /items/{id}, ANY /{proxy+} or $default. Write `GET /items`.",
            id="lower-case-method",
        ),
        pytest.param(
            http_api("/items"),
            'emulator.yaml:5: apis.shop.routes["/items"]: the path `/items` without a method; expected a route '
            "key such as GET /items/{id}, ANY /{proxy+} or $default. Write `GET /items`, or `ANY /items` for "
            "every method.",
            id="no-method",
        ),
        pytest.param(
            http_api("GET items"),
            'emulator.yaml:5: apis.shop.routes["GET items"]: the path "items" must start with "/"; expected a '
            'route key such as GET /items/{id}, ANY /{proxy+} or $default. Write "/items".',
            id="no-leading-slash",
        ),
        pytest.param(
            http_api("GTE /items", "BREW /tea"),
            'emulator.yaml:5: apis.shop.routes["GTE /items"]: the method `GTE`; expected a route key such as '
            "GET /items/{id}, ANY /{proxy+} or $default. Write `GET /items`.\n"
            'emulator.yaml:6: apis.shop.routes["BREW /tea"]: `BREW /tea`; expected a route key such as GET '
            "/items/{id}, ANY /{proxy+} or $default. Begin with one of the methods GET, POST, PUT, PATCH, "
            "DELETE, HEAD, OPTIONS, ANY.",
            id="unknown-method",
        ),
        pytest.param(
            http_api("GET,POST /items", "GET|PUT /x"),
            'emulator.yaml:5: apis.shop.routes["GET,POST /items"]: the methods `GET,POST`; expected a route '
            "key such as GET /items/{id}, ANY /{proxy+} or $default. Write one route for each: `GET /items` "
            "and so on.\n"
            'emulator.yaml:6: apis.shop.routes["GET|PUT /x"]: the methods `GET|PUT`; expected a route key such '
            "as GET /items/{id}, ANY /{proxy+} or $default. Write one route for each: `GET /x` and so on.",
            id="several-methods",
        ),
        pytest.param(
            http_api('"* /items"', "ALL /x", "x-amazon-apigateway-any-method /y"),
            'emulator.yaml:5: apis.shop.routes["* /items"]: the method `*`; expected a route key such as GET '
            "/items/{id}, ANY /{proxy+} or $default. Write `ANY /items`.\n"
            'emulator.yaml:6: apis.shop.routes["ALL /x"]: the method `ALL`; expected a route key such as GET '
            "/items/{id}, ANY /{proxy+} or $default. Write `ANY /x`.\n"
            'emulator.yaml:7: apis.shop.routes["x-amazon-apigateway-any-method /y"]: the method '
            "`x-amazon-apigateway-any-method`; expected a route key such as GET /items/{id}, ANY /{proxy+} or "
            "$default. Write `ANY /y`.",
            id="every-method-by-other-names",
        ),
        pytest.param(
            http_api("default", '"*"'),
            "emulator.yaml:5: apis.shop.routes.default: `default`; expected a route key such as GET "
            "/items/{id}, ANY /{proxy+} or $default. Write `$default`.\n"
            'emulator.yaml:6: apis.shop.routes["*"]: `*`; expected a route key such as GET /items/{id}, ANY '
            "/{proxy+} or $default. Write `$default`.",
            id="default-misspelt",
        ),
        pytest.param(
            http_api("GET  /items"),
            'emulator.yaml:5: apis.shop.routes["GET /items"]: spaces too many; expected a route key such as '
            "GET /items/{id}, ANY /{proxy+} or $default. Write `GET /items`.",
            id="two-spaces",
        ),
        pytest.param(
            http_api("GET"),
            'emulator.yaml:5: apis.shop.routes.GET: the path "" must start with "/"; expected a route key such '
            'as GET /items/{id}, ANY /{proxy+} or $default. Write "/".',
            id="only-a-method",
        ),
        pytest.param(
            http_api("GET /items/x{id}"),
            'emulator.yaml:5: apis.shop.routes["GET /items/x{id}"]: the segment "x{id}" is neither literal nor '
            "one whole variable; expected a route key such as GET /items/{id}, ANY /{proxy+} or $default. "
            'Write {name} or {proxy+} between slashes, with letters, digits and "._:-" in the name.',
            id="variable-within-a-segment",
        ),
        pytest.param(
            http_api("GET /{proxy+}/x"),
            'emulator.yaml:5: apis.shop.routes["GET /{proxy+}/x"]: the greedy variable "{proxy+}" must be the '
            "last segment; expected a route key such as GET /items/{id}, ANY /{proxy+} or $default. Move it to "
            'the end or drop the "+".',
            id="greedy-not-last",
        ),
        pytest.param(
            http_api("GET /{id}/x/{id}"),
            'emulator.yaml:5: apis.shop.routes["GET /{id}/x/{id}"]: the path names the variable "id" twice; '
            "expected a route key such as GET /items/{id}, ANY /{proxy+} or $default. Give each its own name.",
            id="variable-twice",
        ),
        pytest.param(
            http_api("GET /items?x=1"),
            'emulator.yaml:5: apis.shop.routes["GET /items?x=1"]: the segment "items?x=1" has a character no '
            "path can hold; expected a route key such as GET /items/{id}, ANY /{proxy+} or $default. Remove "
            'spaces, "?" and "#".',
            id="query",
        ),
        pytest.param(
            http_api("GET /items/{a}", "GET /items/{b}", "POST /items/{c}"),
            'emulator.yaml:6: apis.shop.routes["GET /items/{b}"]: the route of `GET /items/{a}` once more; '
            "expected one route for each method and path. Keep one of the two: names of variables do not tell "
            "routes apart.",
            id="same-route-twice",
        ),
    ],
)
def test_route_keys_of_an_http_api(text, messages):
    assert rule_problems(text) == messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            rest_api("GET /", "GET /orders/{id}", "POST /orders/{id}/lines", "ANY /x/{proxy+}", "OPTIONS /orders"),
            "",
            id="every-form-of-rest-route",
        ),
        pytest.param(
            rest_api("$default"),
            'emulator.yaml:5: apis.admin.routes["$default"]: `$default`; expected a method and a path such as '
            "GET /orders/{id} or ANY /{proxy+}. A REST API has no default route: write `ANY /{proxy+}`, and "
            "`ANY /` for the root.",
            id="rest-default",
        ),
        pytest.param(
            rest_api("default"),
            "emulator.yaml:5: apis.admin.routes.default: `default`; expected a method and a path such as GET "
            "/orders/{id} or ANY /{proxy+}. Write `ANY /{proxy+}`.",
            id="rest-default-misspelt",
        ),
        pytest.param(
            rest_api("GET /orders/"),
            'emulator.yaml:5: apis.admin.routes["GET /orders/"]: the path "/orders/" must not end with "/"; '
            "expected a method and a path such as GET /orders/{id} or ANY /{proxy+}. Remove it, requests match "
            "with and without it.",
            id="rest-trailing-slash",
        ),
        pytest.param(
            rest_api("get /orders"),
            'emulator.yaml:5: apis.admin.routes["get /orders"]: the method `get`; expected a method and a path '
            "such as GET /orders/{id} or ANY /{proxy+}. Write `GET /orders`.",
            id="rest-lower-case-method",
        ),
        pytest.param(
            rest_api(
                "GET /orders/{id}",
                "GET /orders/{order}/lines",
                "POST /orders/{order}",
                "GET /x/{a}/y/{b}",
                "PUT /x/{a}/y/{c}",
            ),
            'emulator.yaml:6: apis.admin.routes["GET /orders/{order}/lines"]: `{order}` beside `{id}` under '
            "`/orders`; expected one variable part under each resource, as AWS demands. Name it `{id}` as well.\n"
            'emulator.yaml:7: apis.admin.routes["POST /orders/{order}"]: `{order}` beside `{id}` under '
            "`/orders`; expected one variable part under each resource, as AWS demands. Name it `{id}` as well.\n"
            'emulator.yaml:9: apis.admin.routes["PUT /x/{a}/y/{c}"]: `{c}` beside `{b}` under `/x/{a}/y`; '
            "expected one variable part under each resource, as AWS demands. Name it `{b}` as well.",
            id="rest-sibling-variables",
        ),
        pytest.param(
            rest_api("GET /{id}", "ANY /{proxy+}"),
            'emulator.yaml:6: apis.admin.routes["ANY /{proxy+}"]: `{proxy+}` beside `{id}` under `/`; expected '
            "one variable part under each resource, as AWS demands. Use `{id}` alone, or put a literal part "
            "before one.",
            id="rest-sibling-greedy",
        ),
    ],
)
def test_methods_and_resources_of_a_rest_api(text, messages):
    assert rule_problems(text) == messages


def test_a_method_of_a_rest_api_has_one_that_answers():
    text = """apis:
  orders:
    type: rest
    routes:
      GET /none: {}
      GET /both: {function: f, integration: {type: mock, %s}}
      OPTIONS /mock: {integration: {type: mock, %s}}
functions: {f: {handler: f.handler}}
""".replace("%s", "requestTemplates: {application/json: '{}'}, responses: {default: {statusCode: 200}}")
    assert rule_problems(text) == (
        'emulator.yaml:5: apis.orders.routes["GET /none"]: no `function`; expected the name of a function under '
        "`functions`. Add it, such as `function: items`, or an `integration`.\n"
        'emulator.yaml:6: apis.orders.routes["GET /both"]: a `function` beside an `integration`; expected one that '
        "answers. Keep the one of the two that is to answer."
    )
