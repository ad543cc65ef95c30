"""`*` in a CORS header, and credentials: with them it is no wildcard, but a name that nothing has."""

import dataclasses

from emulator.aws.product import Layer
from emulator.browser.preflight import ALLOW_HEADERS, ALLOW_METHODS
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import EXPOSE_HEADERS, by_gateway, exposing, of_function, refused, without_credentials
from emulator.findings.changes import CallWithoutCredentials, RemoveHeaders, ReturnHeaders
from emulator.findings.facts import OPAQUE, is_error_of_gateway, is_literal_wildcard
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.unlistable_origin import credentials_of_unlistable_fix, is_listable
from emulator.findings.unread_headers import unread_headers

ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials"
REFUSED_BY_BOTH = "AWS takes no allowCredentials beside `*` in allowOrigins, and the browser no `*` with credentials"
LISTS = {
    CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: ALLOW_METHODS,
    CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: ALLOW_HEADERS,
}
"""The list that lacks a name, by the browser's error."""


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 3, and 4.8, steps 7.5 to 7.7: "*" counts without credentials only."""
    if case.plain_error is CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED:
        return _refused(case)
    if case.blocked is not None:
        return _refused_name(case)
    if is_literal_wildcard(case, EXPOSE_HEADERS) and (unread := unread_headers(case)):
        return _exposes_nothing(case, tuple(name for name, _ in unread))
    answer = case.exchange.response
    has_both = answer.header("access-control-allow-origin") == "*" and answer.header(ALLOW_CREDENTIALS) is not None
    return _not_used_yet(case) if has_both else None


def _refused(case: Case) -> Found:
    if case.cors is None:
        return of_function(case)
    if not is_listable(case.origin):
        return Found(Layer.GATEWAY, fix=credentials_of_unlistable_fix(case.origin))
    evidence = (*refused(case), REFUSED_BY_BOTH)
    changes = by_gateway(case, case.cors)
    return Found(Layer.GATEWAY, evidence=evidence, fix=Fix(changes, without_credentials(case, changes)))


def _refused_name(case: Case) -> Found | None:
    """See a method or a header that only `*` would let pass, without credentials."""
    header = LISTS.get(case.plain_error) if case.plain_error is not None else None
    if header is None or not is_literal_wildcard(case, header):
        return None
    because = f"With credentials `*` in {header} is no wildcard, but a name: each has to be named."
    if case.cors is None:
        found = of_function(case)
        fix = dataclasses.replace(found.fix, because=because, instead=((CallWithoutCredentials(),),))
        return dataclasses.replace(found, fix=fix)
    changes = by_gateway(case, case.cors)
    instead = () if CallWithoutCredentials() in changes else ((CallWithoutCredentials(),),)
    fix = Fix(changes, instead, because)
    return Found(
        Layer.GATEWAY,
        evidence=(*refused(case), "AWS takes `*` there; with credentials it is the browser that refuses"),
        fix=fix,
    )


def _exposes_nothing(case: Case, names: tuple[str, ...]) -> Found:
    """See `*` in Access-Control-Expose-Headers on an answer whose headers the page cannot read."""
    return Found(
        case.policy_layer,
        f"The page cannot read {', '.join(names)}: with credentials `*` in {EXPOSE_HEADERS} is the name of a header.",
        (f"{EXPOSE_HEADERS}: {case.exchange.response.header(EXPOSE_HEADERS)}",),
        Fix((exposing(case, names),), ((CallWithoutCredentials(),),)),
        Severity.WARNING,
    )


def _not_used_yet(case: Case) -> Found | None:
    """See the two beside each other in what the function returned to a call without credentials. No gateway sends them:
    AWS refuses the two together in an HTTP API's `cors`, and a function URL answers `*` with the origin that asks."""
    if is_error_of_gateway(case):
        return None
    without = (RemoveHeaders(case.function, ALLOW_CREDENTIALS), CallWithoutCredentials())
    named = ReturnHeaders(case.function, (("Access-Control-Allow-Origin", case.origin),))
    return Found(
        Layer.FUNCTION,
        "Access-Control-Allow-Origin: * together with Access-Control-Allow-Credentials: a browser refuses this as soon "
        "as the page calls with credentials: 'include'.",
        ("nothing shows credentials with this call: no cookie, and no frontend that declares them",),
        Fix(without) if case.origin == OPAQUE else Fix((named,), (without,)),
        Severity.WARNING,
    )


RULE = Rule("wildcard-with-credentials", Severity.ERROR, find)
