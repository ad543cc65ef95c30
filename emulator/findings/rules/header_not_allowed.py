"""The preflight's answer lists the method, and not every header that the page sends."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, of_function, refused
from emulator.findings.changes import Fix
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, steps 7.6 and 7.7."""
    if case.plain_error is not CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        return None
    if case.cors is not None:
        return Found(Layer.GATEWAY, evidence=refused(case), fix=Fix(by_gateway(case, case.cors)))
    return of_function(case)


RULE = Rule("header-not-allowed", Severity.ERROR, find)
