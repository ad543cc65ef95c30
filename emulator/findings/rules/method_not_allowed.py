"""The preflight's answer does not list the method, and perhaps not every header either."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, of_function, refused
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7.5: the list is case-sensitive."""
    if case.plain_error is not CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        return None
    if case.cors is not None:
        return Found(Layer.GATEWAY, evidence=refused(case), fix=Fix(by_gateway(case, case.cors)))
    return of_function(case)


RULE = Rule("method-not-allowed", Severity.ERROR, find)
