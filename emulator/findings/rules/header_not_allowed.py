"""The preflight's answer lists the method, and not every header that the page sends."""

import dataclasses

from emulator.aws.product import Layer
from emulator.browser.observe import asked_by
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_function, by_gateway, of_function, refused
from emulator.findings.changes import DoByHand
from emulator.findings.cors_header_names import CORS_HEADERS, KNOWN
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.possible_call import without_asking_for


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, steps 7.6 and 7.7."""
    if case.plain_error is not CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        return None
    found = of_function(case)
    if case.cors is not None:
        found = Found(Layer.GATEWAY, evidence=refused(case), fix=Fix(by_gateway(case, case.cors)))
    answered_with = tuple(name for name in asked_by(case.request, case.credentials).header_names if name in KNOWN)
    return _not_to_be_sent(case, found, answered_with) if answered_with else found


def _not_to_be_sent(case: Case, found: Found, names: tuple[str, ...]) -> Found:
    """Blame the page for headers that a server answers with: listing them lets it send what nobody reads."""
    proper = without_asking_for(case, names)
    others = by_function(proper).changes if case.cors is None else by_gateway(proper, case.cors)
    written = ", ".join(name for name in CORS_HEADERS if name.lower() in names)
    leave = DoByHand(f"let the page not send {written}")
    because = "A server answers with it; a page that sends it is only asked for one more permission."
    fix = Fix((leave, *others), (found.fix.changes,), because)
    return dataclasses.replace(found, layer=Layer.BROWSER, fix=fix)


RULE = Rule("header-not-allowed", Severity.ERROR, find)
