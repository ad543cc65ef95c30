"""The function returns a list of origins where one has to stand."""

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 4: the header's value is compared with the origin, whole."""
    if case.cors is not None or case.plain_error is not CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES:
        return None
    return of_function(case)


RULE = Rule("multiple-allow-origin-values", Severity.ERROR, find)
