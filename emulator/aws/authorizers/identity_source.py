"""Where an authorizer of an HTTP API reads what a caller proves itself by (AWS: API Gateway V2 API reference,
Authorizer, identitySource)."""

import re

from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.messages import Request

OF_A_TOKEN = re.compile(r"\$request\.(header|querystring)\.(\S+)")
"""What names the one place of a JSON Web Token."""


def token_source_problem(source: str) -> bool:
    """Tell whether a JWT authorizer cannot read its token there."""
    return OF_A_TOKEN.fullmatch(source) is None


def read_token(request: Request, source: str) -> str | None:
    """Read what stands at `$request.header.NAME` or `$request.querystring.NAME`; None where nothing does, or nothing
    but spaces. Names of headers have any case, those of the query their own. A word "Bearer" before a token is no part
    of it (AWS: Controlling access to HTTP APIs with JWT authorizers)."""
    found = OF_A_TOKEN.fullmatch(source)
    assert found is not None  # noqa: S101  token_source_problem has been asked
    place, name = found.groups()
    value = request.header(name) if place == "header" else dict(query_pairs(request.raw_query)).get(name)
    if value is None or not value.strip():
        return None
    scheme, space, rest = value.strip().partition(" ")
    return rest.strip() if space and scheme.lower() == "bearer" else value.strip()
