"""Tokens as an identity provider signs them, by a second implementation of JSON Web Tokens (joserfc)."""

import base64
import json
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from emulator.aws.authorizers.jwt import JwtAuthorizer
from products import STAMP

ISSUER = "https://id.example.com"
NOW = STAMP.epoch_ms // 1000
CLAIMS: dict[str, Any] = {"iss": ISSUER, "aud": "shop", "iat": NOW - 60, "exp": NOW + 60, "sub": "ann"}


@cache
def key(kid: str = "one") -> RSAKey:
    """A key pair of the run; making one takes a tenth of a second."""
    return RSAKey.generate_key(2048, {"kid": kid})


@cache
def jwks(kid: str = "one") -> str:
    """What the issuer publishes: one public key."""
    return json.dumps({"keys": [{**key(kid).as_dict(private=False), "kid": kid}]})


def token(alg: str = "RS256", kid: str = "one", by: str = "one", **claims: Any) -> str:
    """A token of CLAIMS and these; a claim None is left out."""
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": kid}, said, key(by), algorithms=[alg])


def unsigned(header: Any, payload: Any = CLAIMS, signature: bytes = b"") -> str:
    """A token of these parts, as only an attacker writes it; texts are taken as they are."""
    parts = [one if isinstance(one, str) else json.dumps(one) for one in (header, payload)]
    return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in [*map(str.encode, parts), signature])


def users(**changed: Any) -> JwtAuthorizer:
    """An authorizer that takes `token()`."""
    return JwtAuthorizer(**{"name": "users", "issuer": ISSUER, "audience": ("shop",), "jwks": jwks(), **changed})
