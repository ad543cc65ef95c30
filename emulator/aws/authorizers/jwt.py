"""The JWT authorizer of an HTTP API: which tokens it lets in, and what its route's function learns of them (AWS:
Controlling access to HTTP APIs with JWT authorizers).

PyJWT holds a token against its signature. What its claims must be is decided here, at a time that is handed in.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from emulator.aws.authorizers.identity_source import read_token
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Request

ALGORITHMS = ("RS256", "RS384", "RS512")
"""AWS: "Currently, only RSA-based algorithms are supported"."""

AUTHORIZATION = "$request.header.Authorization"

NO_TOKEN = "Bearer"  # noqa: S105  an authentication scheme, no secret
"""What www-authenticate holds where no token came (recorded from AWS)."""

# Recorded from AWS: the audience's (Troubleshooting HTTP API JWT authorizers) and the segments'. The other descriptions
# are uncertain.
AUDIENCE = "the token does not have a valid audience"
SEGMENTS = "token contains an invalid number of segments"
ISSUER = "the token does not have a valid issuer"
EXPIRED = "the token has expired"
EARLY = "the token is not valid yet"
ISSUED_LATER = "the token was issued in the future"
KEY = "the token is signed by an unknown key"
ALGORITHM = "the signing method of the token is not supported"
SIGNATURE = "the signature of the token is invalid"
MALFORMED = "the token is malformed"
SCOPE = "the token does not have a required scope"


@dataclass(frozen=True, slots=True)
class JwtAuthorizer:
    """One JWT authorizer. `jwks` is the JSON Web Key Set that stands in for the issuer's own, as text;
    `identity_source` names the one place where the token is."""

    name: str
    issuer: str
    audience: tuple[str, ...]
    jwks: str = field(repr=False)
    identity_source: str = AUTHORIZATION


def authorized(
    authorizer: JwtAuthorizer, request: Request, scopes: tuple[str, ...], epoch_ms: int
) -> dict[str, Any] | Refusal:
    """Let a request in, and return what stands under `authorizer` in its event of format 2.0; or refuse it: with 401
    where its token is missing or invalid at that Unix time in milliseconds, with 403 where it has none of the route's
    `scopes`."""
    token = read_token(request, authorizer.identity_source)
    if token is None:
        reason = f"the authorizer {authorizer.name} finds no token at {authorizer.identity_source}"
        return Refusal(RefusalKind.UNAUTHORIZED, reason, challenge=NO_TOKEN)
    claims = signed_claims(token, authorizer.jwks)
    problem = claims if isinstance(claims, str) else claims_problem(claims, authorizer, epoch_ms / 1000)
    if problem is not None or isinstance(claims, str):
        reason = f"the authorizer {authorizer.name} refuses the token: {problem}"
        return Refusal(RefusalKind.UNAUTHORIZED, reason, challenge=challenge(scopes, "invalid_token", str(problem)))
    own = token_scopes(claims)
    if scopes and not set(scopes) & set(own):
        reason = f"the authorizer {authorizer.name} refuses the token: it has none of the scopes {', '.join(scopes)}"
        return Refusal(RefusalKind.ACCESS_DENIED, reason, challenge=challenge(scopes, "insufficient_scope", SCOPE))
    said = {name: as_text(value) for name, value in claims.items()}
    return {"jwt": {"claims": said, "scopes": list(own) if scopes else None}}


def challenge(scopes: tuple[str, ...], error: str, description: str) -> str:
    """Word www-authenticate as AWS does (Troubleshooting HTTP API JWT authorizers); that the route's scopes stand in
    `scope` is uncertain."""
    return f'Bearer scope="{" ".join(scopes)}" error="{error}" error_description="{description}"'


@lru_cache(maxsize=128)
def signed_claims(token: str, jwks: str) -> Mapping[str, Any] | str:
    """Return the claims of a token that a key of the set has signed; else what is wrong with it. Its header must name
    that key (AWS: "kid - The token must have a header claim that matches the key"). It is remembered, for a page sends
    the same token again and again, and a signature takes 0.3 ms."""
    import jwt  # with its cryptography it takes a tenth of a second, and most APIs have no authorizer

    if token.count(".") != 2:
        return SEGMENTS
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            return ALGORITHM
        key = keys_of(jwks).get(header.get("kid", ""))
        if key is None:
            return KEY
        options: Any = dict.fromkeys(("verify_aud", "verify_iss", "verify_exp", "verify_nbf", "verify_iat"), False)
        claims: Mapping[str, Any] = jwt.decode(token, key, algorithms=list(ALGORITHMS), options=options)
    except jwt.InvalidSignatureError:
        return SIGNATURE
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return MALFORMED
    return claims


@lru_cache(maxsize=32)
def keys_of(jwks: str) -> Mapping[str, Any]:
    """Return the RSA keys of a set by their `kid`; others sign nothing that AWS takes. Raises ValueError when the text
    is no JSON Web Key Set (RFC 7517, 5), or has no such key."""
    import jwt

    try:
        read = json.loads(jwks)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    entries = read.get("keys") if isinstance(read, dict) else None
    if not isinstance(entries, list):
        raise ValueError("it has no list `keys`")
    named = [one for one in entries if isinstance(one, dict) and one.get("kty") == "RSA" and "kid" in one]
    if not named:
        raise ValueError("it has no RSA key with a `kid`")
    try:
        return {str(one["kid"]): jwt.PyJWK(one, algorithm="RS256").key for one in named}
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise ValueError(f"it has a key that is none: {error}") from None


def claims_problem(claims: Mapping[str, Any], authorizer: JwtAuthorizer, now: float) -> str | None:
    """Say which claim keeps a token out at a Unix time in seconds; None when none does. There is no leeway, and a token
    that never expires is refused: both uncertain, the stricter answer. `client_id` counts only where there is no `aud`
    (AWS: Controlling access to HTTP APIs with JWT authorizers)."""
    if claims.get("iss") != authorizer.issuer:
        return ISSUER
    audience = claims.get("aud", claims.get("client_id"))
    named = audience if isinstance(audience, list) else [audience]
    if not any(one in authorizer.audience for one in named if isinstance(one, str)):
        return AUDIENCE
    expiry, not_before, issued = claims.get("exp", 0), claims.get("nbf", 0), claims.get("iat", 0)
    if not all(type(moment) in (int, float) for moment in (expiry, not_before, issued)):
        return MALFORMED
    if now >= expiry:
        return EXPIRED
    if now < not_before:
        return EARLY
    return ISSUED_LATER if now < issued else None


def token_scopes(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """List the scopes of a token, from `scope` or else `scp`: one text with spaces between, or a list."""
    said = claims.get("scope", claims.get("scp"))
    if isinstance(said, str):
        return tuple(said.split())
    return tuple(one for one in said if isinstance(one, str)) if isinstance(said, list) else ()


def as_text(value: Any) -> str:
    """Write a claim as events hold it: all are text, lists in Go's way (`[Admins Readers]`; observed on AWS:
    KensioSoftware/yulin#302). That of null, and of what is nested, is uncertain."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{' '.join(map(as_text, value))}]"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{name}:{as_text(value[name])}' for name in sorted(value))}]"
    return "<nil>" if value is None else str(value)
