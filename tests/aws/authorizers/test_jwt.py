"""AWS: Controlling access to HTTP APIs with JWT authorizers; Troubleshooting HTTP API JWT authorizers."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from emulator.aws.authorizers import jwt
from emulator.aws.authorizers.jwt import as_text, authorized, keys_of
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Request
from products import STAMP
from tokens import CLAIMS, ISSUER, NOW, jwks, key, token, unsigned, users


def ask(sent: str | None, scopes: tuple[str, ...] = (), **authorizer: Any) -> dict[str, Any] | Refusal:
    headers = () if sent is None else (("Authorization", sent),)
    return authorized(users(**authorizer), Request("GET", "/x", "", headers), scopes, STAMP.epoch_ms)


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        pytest.param({}, (), id="plain"),
        pytest.param({"aud": ["other", "shop"]}, (), id="one-of-its-audiences"),
        pytest.param({"aud": None, "client_id": "shop"}, (), id="client-id-without-aud"),
        pytest.param({"client_id": "other"}, (), id="aud-before-client-id"),
        pytest.param({"exp": NOW + 1}, (), id="before-its-end"),
        pytest.param({"nbf": NOW, "iat": NOW}, (), id="at-its-beginning"),
        pytest.param({"scope": "b c"}, ("a", "b"), id="one-scope-is-enough"),
        pytest.param({"scp": ["b"]}, ("a", "b"), id="scp"),
        pytest.param({"scp": "b"}, ("b",), id="scp-as-text"),
    ],
)
def test_let_in(claims: dict[str, Any], scopes: tuple[str, ...]) -> None:
    assert "jwt" in ask(token(**claims), scopes)


@pytest.mark.parametrize("alg", ["RS256", "RS384", "RS512"])
def test_algorithms(alg: str) -> None:
    assert "jwt" in ask(f"Bearer {token(alg)}")


@pytest.mark.parametrize(
    ("claims", "description"),
    [
        pytest.param({"aud": "other"}, jwt.AUDIENCE, id="audience"),
        pytest.param({"aud": "other", "client_id": "shop"}, jwt.AUDIENCE, id="client-id-beside-aud"),
        pytest.param({"aud": None}, jwt.AUDIENCE, id="no-audience"),
        pytest.param({"aud": {"a": 1}}, jwt.AUDIENCE, id="audience-is-a-map"),
        pytest.param({"iss": f"{ISSUER}/"}, jwt.ISSUER, id="issuer-but-for-a-slash"),
        pytest.param({"iss": None}, jwt.ISSUER, id="no-issuer"),
        pytest.param({"exp": NOW}, jwt.EXPIRED, id="at-its-end"),
        pytest.param({"exp": None}, jwt.EXPIRED, id="endless"),
        pytest.param({"nbf": NOW + 1}, jwt.EARLY, id="early"),
        pytest.param({"iat": NOW + 1}, jwt.ISSUED_LATER, id="issued-later"),
        pytest.param({"kid": "two"}, jwt.KEY, id="another-kid"),
        pytest.param({"by": "two"}, jwt.SIGNATURE, id="signed-by-another"),
    ],
)
def test_refused(claims: dict[str, Any], description: str) -> None:
    said = ask(token(**claims))
    assert isinstance(said, Refusal)
    assert said.kind is RefusalKind.UNAUTHORIZED
    assert said.challenge == f'Bearer scope="" error="invalid_token" error_description="{description}"'


def with_public_key_as_secret() -> str:
    """The old attack: what all know, taken as a secret."""
    start = unsigned({"alg": "HS256", "kid": "one"}).rpartition(".")[0]
    mac = hmac.new(key().as_pem(private=False), start.encode(), hashlib.sha256).digest()
    return f"{start}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    ("sent", "description"),
    [
        pytest.param(lambda: unsigned({"alg": "none", "kid": "one"}), jwt.ALGORITHM, id="alg-none"),
        pytest.param(with_public_key_as_secret, jwt.ALGORITHM, id="public-key-as-secret"),
        pytest.param(lambda: unsigned({"alg": ["RS256"], "kid": "one"}), jwt.ALGORITHM, id="alg-is-a-list"),
        pytest.param(lambda: unsigned({"alg": "RS256"}), jwt.KEY, id="no-kid"),
        pytest.param(lambda: unsigned({"alg": "RS256", "kid": "one"}), jwt.SIGNATURE, id="no-signature"),
        pytest.param(lambda: unsigned({"alg": "RS256", "kid": ["one"]}), jwt.MALFORMED, id="kid-is-a-list"),
        pytest.param(lambda: unsigned("[" * 5000), jwt.MALFORMED, id="nested"),
        pytest.param(lambda: "a.b", jwt.SEGMENTS, id="two-segments"),
        pytest.param(lambda: "Basic dXNlcjpwYXNz", jwt.SEGMENTS, id="another-scheme"),
        pytest.param(lambda: "a." * 4000, jwt.SEGMENTS, id="huge"),
        pytest.param(lambda: "é.é.é", jwt.MALFORMED, id="no-base64"),
        pytest.param(lambda: token()[:-40] + "A" * 40, jwt.SIGNATURE, id="changed-signature"),
        pytest.param(lambda: token(nbf="soon"), jwt.MALFORMED, id="nbf-is-text"),
        pytest.param(lambda: token(exp=True), jwt.MALFORMED, id="exp-is-true"),
    ],
)
def test_hostile(sent: Any, description: str) -> None:
    said = ask(sent())
    assert isinstance(said, Refusal)
    assert said.challenge is not None
    assert description in said.challenge


def test_no_token() -> None:
    """Recorded from AWS, 1 Jul 2024."""
    said = ask(None)
    assert isinstance(said, Refusal)
    assert (said.kind, said.challenge) == (RefusalKind.UNAUTHORIZED, "Bearer")


@pytest.mark.parametrize("claims", [{}, {"scope": "c"}, {"scp": 7}, {"scp": [7]}])
def test_insufficient_scope(claims: dict[str, Any]) -> None:
    said = ask(token(**claims), ("a", "b"))
    assert isinstance(said, Refusal)
    assert said.kind is RefusalKind.ACCESS_DENIED
    assert said.challenge == f'Bearer scope="a b" error="insufficient_scope" error_description="{jwt.SCOPE}"'


def test_no_reason_and_no_challenge_holds_the_token() -> None:
    sent = token(aud="other")
    said = ask(sent)
    assert isinstance(said, Refusal)
    assert not any(part in f"{said}" for part in sent.split("."))


def test_what_the_function_learns() -> None:
    """Observed on AWS: KensioSoftware/yulin#302."""
    said = ask(token(groups=["Admins", "Readers"], verified=True, scope="a b"))
    assert said == {
        "jwt": {
            "claims": {
                "iss": ISSUER,
                "aud": "shop",
                "iat": str(CLAIMS["iat"]),
                "exp": str(CLAIMS["exp"]),
                "sub": "ann",
                "groups": "[Admins Readers]",
                "verified": "true",
                "scope": "a b",
            },
            "scopes": None,
        }
    }
    scoped = ask(token(scope="a b"), ("b",))
    assert isinstance(scoped, dict)
    assert scoped["jwt"]["scopes"] == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (1, "1"), (False, "false"), (None, "<nil>"), ({"b": [1], "a": {}}, "map[a:map[] b:[1]]")],
)
def test_as_text(value: Any, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"keys": []}',
        '{"keys": [7, {"kty": "EC", "kid": "a"}, {"kty": "RSA"}]}',
        '{"keys": [{"kty": "RSA", "kid": "a"}]}',
        '{"keys": [{"kty": "RSA", "kid": "a", "n": 7, "e": 7}]}',
        '{"keys": [{"kty": "RSA", "kid": "a", "n": "", "e": "AQAB"}]}',
        "[" * 100_000,
    ],
)
def test_no_key_set(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        keys_of(text)


def test_key_sets_of_others() -> None:
    """Entra's and Auth0's have x5c and use beside what counts; some have no alg."""
    entry = {**json.loads(jwks())["keys"][0], "use": "sig", "x5c": ["MII"]}
    entry.pop("alg", None)
    other = {"kty": "EC", "kid": "ec", "crv": "P-256"}
    assert "jwt" in ask(token("RS512"), jwks=json.dumps({"keys": [other, entry]}))
