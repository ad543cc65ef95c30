"""The preflight's answer does not list the method."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, of_function, page_method
from emulator.findings.changes import Fix
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7.5: the list is case-sensitive."""
    if case.plain_error is not CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        return None
    page = page_method(case)
    if page is not None:
        return Found(case.policy_layer, fix=page)
    if case.cors is not None:
        return Found(Layer.GATEWAY, fix=Fix(by_gateway(case, case.cors)))
    return of_function(case)


RULE = Rule("method-not-allowed", Severity.ERROR, find)
