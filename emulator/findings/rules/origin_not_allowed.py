"""The origin that asks is not the one that is allowed, or not among those."""

import dataclasses

from emulator.aws.cors_configuration import CorsConfiguration, entries
from emulator.aws.cors_origin import difference, meant_origin
from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_function, by_gateway, of_function, refused
from emulator.findings.changes import AddToCors, Change, CorsField, RemoveHeaders, ReplaceInCors
from emulator.findings.dev_origin import HELD, standing_in
from emulator.findings.facts import ignored, lets_in
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.near_miss import near_miss
from emulator.findings.unlistable_origin import is_listable, no_such_origin


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 4: origins compare byte for byte."""
    if case.blocked is None or not case.blocked.error.is_of_cors_check:
        return None
    found = _found(case)
    return found if found is None else _dev_first(case, found)


def _found(case: Case) -> Found | None:
    if case.cors is not None:
        return None if lets_in(case) else _of_gateway(case, case.cors)
    if case.blocked is None or case.plain_error is not CorsErrorName.ALLOW_ORIGIN_MISMATCH:
        return None
    return of_function(case)


def _dev_first(case: Case, found: Found) -> Found:
    """Let a page on this machine stand in for a production origin rather than be listed beside it; what that origin
    lacks comes with it."""
    standing = standing_in(case)
    if standing is None:
        return found
    declared, production = standing
    if (cors := case.cors) is None:
        lacking = by_function(production).changes
    else:
        listed = () if lets_in(production) else (_origin(production, cors)[0],)
        removed = (change for change in found.fix.changes if isinstance(change, RemoveHeaders))
        lacking = (*by_gateway(production, cors, listed), *removed)
    fix = Fix((declared, *lacking), (found.fix.changes, *found.fix.instead), HELD)
    return dataclasses.replace(found, fix=fix)


def _of_gateway(case: Case, cors: CorsConfiguration) -> Found:
    if not is_listable(case.origin):
        return Found(Layer.GATEWAY, fix=Fix((no_such_origin(case.origin),)))
    change, because = _origin(case, cors)
    removed: tuple[Change, ...] = ()
    if case.exchange.response.header("access-control-allow-origin") is not None:
        removed = (RemoveHeaders(case.function, "Access-Control-"),)
        because = "The function's own headers came through, as `cors` added none; with the origin listed it adds them."
    fix = Fix((*by_gateway(case, cors, (change,)), *removed), because=because)
    return Found(Layer.GATEWAY, evidence=(*ignored(case), *refused(case)), fix=fix)


def _origin(case: Case, cors: CorsConfiguration) -> tuple[Change, str]:
    """Correct an entry that stands for the origin and can never match it, else add the origin."""
    api, origin, allowed = case.api.name, case.origin, cors.allow_origins
    for candidate in allowed:
        several = entries(candidate)
        if candidate != origin and origin in map(meant_origin, several):
            why = difference(candidate) if len(several) == 1 else "one origin is one entry"
            meant = (origin,) if len(several) == 1 else tuple(several)
            return ReplaceInCors(api, CorsField.ALLOW_ORIGINS, candidate, meant), f"{why[0].upper()}{why[1:]}."
    return AddToCors(api, CorsField.ALLOW_ORIGINS, (origin,), allowed), near_miss(origin, allowed)


RULE = Rule("origin-not-allowed", Severity.ERROR, find)
