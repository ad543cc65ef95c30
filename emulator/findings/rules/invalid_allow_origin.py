"""The function returns something that is neither `*` nor an origin."""

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 4."""
    if case.cors is not None or case.plain_error is not CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE:
        return None
    return of_function(case)


RULE = Rule("invalid-allow-origin", Severity.ERROR, find)
