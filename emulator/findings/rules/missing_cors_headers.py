"""The function's answer has no CORS headers, and no gateway adds any."""

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 2."""
    if case.cors is not None or case.request.is_preflight:
        return None
    if case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    return of_function(case)


RULE = Rule("missing-cors-headers", Severity.ERROR, find)
