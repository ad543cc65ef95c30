"""Says what AWS refuses of the authorizers of an HTTP API, and of the routes that name them."""

import re
from collections.abc import Collection, Iterable, Iterator

from emulator.aws.authorizers.identity_source import token_source_problem
from emulator.aws.authorizers.jwt import AUTHORIZATION, JwtAuthorizer
from emulator.config.complaint import Complaint, listed, quoted
from emulator.deployment import Resource
from emulator.spelling import near

SCOPE = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+")
"""Matches a scope (RFC 6749, 3.3: scope-token)."""


def authorizer_complaints(authorizers: Iterable[JwtAuthorizer], place: Resource) -> Iterator[Complaint]:
    """Complain of what CreateAuthorizer refuses; `place` is that of the API's authorizers."""
    for one in authorizers:
        if not one.issuer.startswith("https://"):
            fix = "Write the `iss` of the tokens: on AWS an issuer is an https URL."
            yield Complaint((*place, one.name, "jwtConfiguration", "issuer"), quoted(one.issuer), "an https URL", fix)
        if token_source_problem(one.identity_source):
            expected, fix = "$request.header.NAME or $request.querystring.NAME", f"Write `{AUTHORIZATION}`."
            yield Complaint((*place, one.name, "identitySource"), quoted(one.identity_source), expected, fix)


def guarded_complaints(
    routes: Iterable[tuple[str, str | None, tuple[str, ...]]], declared: Collection[str], place: Resource
) -> Iterator[Complaint]:
    """Complain of routes whose authorizer is not declared, and of scopes that none asks for. Each is a route key, the
    name of its authorizer and its scopes; `place` is that of the routes."""
    for key, authorizer, scopes in routes:
        if authorizer is not None and authorizer not in declared:
            meant = near(authorizer, declared)
            fix = f"Write `{meant}`." if meant else "Declare it under `authorizers` of the API."
            expected = listed(tuple(declared)) if declared else "an authorizer of the API"
            found = f"the authorizer {quoted(authorizer)}, which is not declared"
            yield Complaint((*place, key, "authorizer"), found, expected, fix)
        if scopes and authorizer is None:
            fix = "Name the route's `authorizer`: without one everyone is let in."
            yield Complaint((*place, key, "authorizationScopes"), "scopes without an authorizer", "an authorizer", fix)
        for index, scope in enumerate(scopes):
            if SCOPE.fullmatch(scope) is None:
                fix = "Take spaces, quotes and backslashes out: each scope is an entry of its own."
                yield Complaint((*place, key, "authorizationScopes", index), quoted(scope), "a scope", fix)
