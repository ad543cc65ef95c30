"""What a JWT authorizer of an HTTP API makes of requests, over a real socket: the facts of AWS, as a table, and hostile
tokens; and that no console and no log shows a token."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from products import a_route
from serving.rim import Answer, Rim, listening, run
from tokens import ISSUER, token, unsigned, users

PAGE = "https://app.example"
IN_QUERY = users(name="query", identity_source="$request.querystring.token")
ROUTES = (
    replace(a_route("GET /x"), authorizer=users()),
    replace(a_route("GET /scoped"), authorizer=users(), authorization_scopes=("scope1", "scope2")),
    replace(a_route("GET /query"), authorizer=IN_QUERY),
    replace(a_route("GET /v1", version="1.0"), authorizer=users(), authorization_scopes=("scope1",)),
    replace(a_route("ANY /any"), authorizer=users()),
    a_route("GET /open"),
)
API = HttpApi("shop", "abcdef1234", ROUTES, cors=CorsConfiguration((PAGE,), ("GET",), allow_credentials=True))


def now(**claims: Any) -> str:
    """A token that is valid while the tests run, which takes the clock of production."""
    began = int(time.time())
    return token(**{"iat": began - 60, "exp": began + 3600, **claims})


def ask(*targets: str, sent: str | None = None, method: str = "GET", origin: str = "") -> tuple[list[Answer], Rim]:
    authorization = "" if sent is None else f"Authorization: {sent}\r\n"
    crossing = f"Origin: {origin}\r\nSec-Fetch-Site: cross-site\r\n" if origin else ""
    asking = "Access-Control-Request-Method: GET\r\n" if method == "OPTIONS" else ""

    async def conversation() -> tuple[list[Answer], Rim]:
        async with listening(API) as rim:
            heads = [f"{method} {one} HTTP/1.1\r\nHost: h\r\n{authorization}{crossing}{asking}\r\n" for one in targets]
            return [await rim.ask(head.encode()) for head in heads], rim

    return run(conversation())


REFUSED = [
    pytest.param(lambda: None, "Bearer", id="no-token-recorded"),
    pytest.param(
        lambda: now(aud="other"),
        'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
        id="audience-recorded",
    ),
    pytest.param(lambda: "a.b", "token contains an invalid number of segments", id="segments-recorded"),
    pytest.param(lambda: now(exp=int(time.time())), 'error="invalid_token"', id="expired"),
    pytest.param(lambda: now(nbf=int(time.time()) + 3600), 'error="invalid_token"', id="not-yet"),
    pytest.param(lambda: now(iat=int(time.time()) + 3600), 'error="invalid_token"', id="issued-later"),
    pytest.param(lambda: now(iss="https://other.example"), 'error="invalid_token"', id="issuer"),
    pytest.param(lambda: now(kid="two"), 'error="invalid_token"', id="kid"),
    pytest.param(lambda: now(by="two"), 'error="invalid_token"', id="signature"),
    pytest.param(lambda: unsigned({"alg": "none", "kid": "one"}), 'error="invalid_token"', id="alg-none"),
    pytest.param(lambda: unsigned("[" * 5000), 'error="invalid_token"', id="nested"),
]


@pytest.mark.parametrize(("made", "challenge"), REFUSED)
def test_refused(made: Any, challenge: str) -> None:
    """The body of 26 bytes is recorded from AWS."""
    (answer,), rim = ask("/x", sent=made())
    assert (answer.status, answer.body) == (401, b'{"message":"Unauthorized"}')
    assert challenge in answer.values("www-authenticate")[0]
    assert answer.values("apigw-requestid")
    assert not rim.events
    assert rim.exchanges[0].layer is Layer.AUTHORIZER


def test_let_in_with_and_without_bearer_by_header_and_by_query() -> None:
    sent = now()
    for answers, _ in (ask("/x", sent=sent), ask("/x", sent=f"Bearer {sent}"), ask(f"/query?token={sent}")):
        assert answers[0].status == 200


def test_what_the_event_holds() -> None:
    _, rim = ask("/scoped", "/v1", "/x", "/open", sent=now(claim1="value1", scope="scope1 scope2"))
    v2, v1, unscoped, opened = (event["requestContext"] for event in rim.events)
    assert v2["authorizer"]["jwt"]["claims"]["claim1"] == "value1"
    assert v2["authorizer"]["jwt"]["scopes"] == ["scope1", "scope2"]
    assert [*v2][:4] == ["accountId", "apiId", "authorizer", "domainName"]
    assert v1["authorizer"]["claims"]["iss"] == ISSUER
    assert v1["authorizer"]["scopes"] == ["scope1", "scope2"]
    assert unscoped["authorizer"]["jwt"]["scopes"] is None
    assert "authorizer" not in opened


def test_a_token_without_the_routes_scope() -> None:
    (answer,), rim = ask("/scoped", sent=now(scope="other"))
    assert (answer.status, answer.body) == (403, b'{"message":"Forbidden"}')
    assert 'error="insufficient_scope"' in answer.values("www-authenticate")[0]
    assert not rim.events


def test_cors_of_refusals_and_preflights() -> None:
    """Recorded: a 401 has the gateway's CORS headers, and a preflight that no route takes needs no token."""
    (refused,), _ = ask("/x", origin=PAGE)
    assert refused.status == 401
    assert refused.values("access-control-allow-origin") == [PAGE]
    assert refused.values("access-control-allow-credentials") == ["true"]
    assert refused.values("www-authenticate") == ["Bearer"]
    (free, taken), rim = ask("/x", "/any", method="OPTIONS", origin=PAGE)
    assert (free.status, taken.status) == (204, 401)
    assert free.values("access-control-allow-origin") == taken.values("access-control-allow-origin") == [PAGE]
    assert not rim.events
    (foreign,), _ = ask("/x", origin="https://foreign.example")
    assert (foreign.status, foreign.values("access-control-allow-origin")) == (401, [])


def test_no_reason_shows_a_token() -> None:
    sent = now(aud="other")
    (answer,), rim = ask("/x", sent=sent)
    told = f"{rim.exchanges[0].refusal}{answer.headers}{answer.body!r}"
    assert not any(part in told for part in sent.split("."))
    assert json.loads(answer.body) == {"message": "Unauthorized"}
