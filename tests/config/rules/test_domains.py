"""What AWS refuses of custom domain names: each at its line, with what to write instead."""

import pytest

from configured import rule_problems

APIS = """
apis:
  shop: {type: http, routes: {GET /items: items}}
  orders: {type: rest, stage: dev, port: 3002, routes: {GET /ping: items}}
  up: {type: function-url, function: items}
functions: {items: {handler: items.handler}}
customDomains:
"""
DOMAIN = "  d.test: {port: 0, mappings: {%s}}"


@pytest.mark.parametrize(
    ("domains", "messages"),
    [
        pytest.param(
            DOMAIN % "(none): shop, orders/v1: {api: orders, stage: dev}, a$-_.+!*'()b: orders", "", id="sound"
        ),
        pytest.param(
            DOMAIN % "(none): shopp, v1: nothing-like-it",
            'emulator.yaml:7: customDomains["d.test"].mappings["(none)"]: the API `shopp`, which is not '
            "declared; expected `shop`, `orders` or `up`. Write `shop`.\n"
            'emulator.yaml:7: customDomains["d.test"].mappings.v1: the API `nothing-like-it`, which is not '
            "declared; expected `shop`, `orders` or `up`. Declare it under `apis`, or use one of these.",
            id="unknown-api",
        ),
        pytest.param(
            DOMAIN % "v1: up",
            'emulator.yaml:7: customDomains["d.test"].mappings.v1: `up`, which is a function URL; expected an '
            "HTTP API or a REST API. A function URL has no custom domain name: map an HTTP API or a REST API with a "
            "route to the function.",
            id="function-url",
        ),
        pytest.param(
            DOMAIN % "v1: {api: orders, stage: prod}, v2: {api: shop, stage: $default}",
            'emulator.yaml:7: customDomains["d.test"].mappings.v1.stage: the stage `prod`, which `orders` does '
            "not have; expected `dev`, its stage. Write `stage: dev`, or leave it out.",
            id="unknown-stage",
        ),
        pytest.param(
            DOMAIN % f"/v1: shop, a b: shop, {'x' * 301}: shop",
            'emulator.yaml:7: customDomains["d.test"].mappings["/v1"]: the base path "/v1" must not begin or '
            'end with "/"; expected a base path such as orders/v1. Write "v1".\n'
            'emulator.yaml:7: customDomains["d.test"].mappings["a b"]: the base path "a b" has a part that AWS '
            "refuses; expected a base path such as orders/v1. Write letters, digits and $-_.+!*'() between slashes.\n"
            'emulator.yaml:7: customDomains["d.test"].mappings.'
            f"{'x' * 60}...: the base path has 301 characters; "
            "expected a base path such as orders/v1. AWS takes 300 at most.",
            id="base-paths",
        ),
        pytest.param(
            DOMAIN % '(none): shop, "": orders',
            'emulator.yaml:7: customDomains["d.test"].mappings[""]: the root of the domain a second time; '
            'expected one API for each path. Keep one of "" and (none): both are the root.\n'
            'emulator.yaml:7: warning: customDomains["d.test"].mappings[""]: `/ping` of `orders` at the root of '
            "the domain; expected paths that reach the function. API Gateway answers it there itself, for its health "
            "check: give the route another path, such as /health.",
            id="two-roots-and-a-reserved-path",
        ),
        pytest.param(
            "  https://d.test: {port: 3002, mappings: {v1: shop}}\n"
            "  '*.d.test': {port: 3010, mappings: {v1: shop}}\n"
            "  '%': {port: 3010, mappings: {v1: shop}}",
            'emulator.yaml:7: customDomains["https://d.test"].port: port 3002, which `orders` has already; '
            "expected a port of its own for each domain. Choose another, or leave `port` out to get the next free "
            "one.\n"
            'emulator.yaml:7: customDomains["https://d.test"]: `https://d.test`; expected a domain '
            "name, without scheme, port and wildcard. Write `d.test`.\n"
            'emulator.yaml:8: customDomains["*.d.test"]: `*.d.test`; expected a domain name, without scheme, '
            "port and wildcard. Write `d.test`.\n"
            'emulator.yaml:9: customDomains["%"].port: port 3010, which `*.d.test` has already; expected a port '
            "of its own for each domain. Choose another, or leave `port` out to get the next free one.\n"
            'emulator.yaml:9: customDomains["%"]: `%`; expected a domain name, without scheme, port and wildcard. Name '
            "one host, like `api.example.com`.",
            id="names-and-ports",
        ),
    ],
)
def test_rules(domains: str, messages: str) -> None:
    assert rule_problems(APIS.lstrip("\n") + domains) == messages


def test_an_api_that_is_not_sound_is_declared_all_the_same() -> None:
    """Its own problem is told, and none of a mapping to it."""
    said = rule_problems(
        "apis: {shop: {type: htp}, other: {type: http, routes: {GET /x: items}}}\n"
        "functions: {items: {handler: items.handler}}\ncustomDomains:\n" + DOMAIN % "v1: shop",
        is_sound=False,
    )
    assert said == ""
