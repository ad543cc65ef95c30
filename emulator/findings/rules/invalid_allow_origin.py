"""The function returns something that is neither `*` nor an origin."""

import dataclasses

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.near_miss import near_miss


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 4."""
    if case.cors is not None or case.plain_error is not CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE:
        return None
    found = of_function(case)
    near = near_miss(case.origin, (case.blocked.value or "",)) if case.blocked is not None else ""
    return dataclasses.replace(found, fix=dataclasses.replace(found.fix, because=near or found.fix.because))


RULE = Rule("invalid-allow-origin", Severity.ERROR, find)
