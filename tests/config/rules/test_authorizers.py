"""What AWS refuses of the authorizers of an HTTP API, and of the routes that name them."""

import pytest

from configured import rule_problems

FILE = """
apis:
  shop:
    type: http
    authorizers:
      users: {type: jwt, jwtConfiguration: {issuer: %s, audience: [shop]}, jwks: keys.json, identitySource: %s}
    routes:
      GET /items: %s
functions: {items: {handler: items.handler}}
"""
ISSUER, SOURCE = "https://id.example.com", "$request.header.Authorization"
AT = 'emulator.yaml:7: apis.shop.routes["GET /items"]'


@pytest.mark.parametrize(
    ("issuer", "source", "route", "messages"),
    [
        pytest.param(ISSUER, SOURCE, "items", "", id="sound-and-unused"),
        pytest.param(
            ISSUER,
            "$request.querystring.token",
            "{function: items, authorizer: users, authorizationScopes: [items/read, a]}",
            "",
            id="sound",
        ),
        pytest.param(
            "id.example.com",
            "Authorization",
            "items",
            "emulator.yaml:5: apis.shop.authorizers.users.jwtConfiguration.issuer: `id.example.com`; expected an https "
            "URL. Write the `iss` of the tokens: on AWS an issuer is an https URL.\n"
            "emulator.yaml:5: apis.shop.authorizers.users.identitySource: `Authorization`; expected "
            "$request.header.NAME or $request.querystring.NAME. Write `$request.header.Authorization`.",
            id="issuer-and-source",
        ),
        pytest.param(
            ISSUER,
            SOURCE,
            "{function: items, authorizer: user}",
            f"{AT}.authorizer: the authorizer `user`, which is not declared; expected `users`. Write `users`.",
            id="misspelt",
        ),
        pytest.param(
            ISSUER,
            SOURCE,
            "{function: items, authorizer: gatekeeper}",
            f"{AT}.authorizer: the authorizer `gatekeeper`, which is not declared; expected `users`. Declare it under "
            "`authorizers` of the API.",
            id="not-declared",
        ),
        pytest.param(
            ISSUER,
            SOURCE,
            "{function: items, authorizationScopes: [a b]}",
            f"{AT}.authorizationScopes: scopes without an authorizer; expected an authorizer. Name the route's "
            "`authorizer`: without one everyone is let in.\n"
            f"{AT}.authorizationScopes[0]: `a b`; expected a scope. Take spaces, quotes and backslashes out: each "
            "scope is an entry of its own.",
            id="scopes",
        ),
    ],
)
def test_messages(issuer: str, source: str, route: str, messages: str) -> None:
    assert rule_problems(FILE % (issuer, source, route)) == messages


def test_no_authorizer_at_all() -> None:
    text = """
    apis:
      shop: {type: http, routes: {GET /items: {function: items, authorizer: users}}}
    functions: {items: {handler: items.handler}}
    """
    assert "expected an authorizer of the API. Declare it" in rule_problems(text)
