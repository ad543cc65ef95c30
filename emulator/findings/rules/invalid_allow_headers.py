"""Access-Control-Allow-Headers holds what is no header's name."""

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function, tokens_only
from emulator.findings.changes import CorsField
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, step 7.2: extracting header list values fails on anything that is not a token."""
    if case.plain_error is not CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE:
        return None
    if case.cors is not None:
        return tokens_only(case, CorsField.ALLOW_HEADERS, case.cors.allow_headers)
    return of_function(case)


RULE = Rule("invalid-allow-headers", Severity.ERROR, find)
