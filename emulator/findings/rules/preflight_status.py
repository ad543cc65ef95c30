"""The function answers OPTIONS with a status that is no success."""

import dataclasses

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.facts import said_beside
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7: an ok status, 200 to 299."""
    if case.cors is not None or case.plain_error is not CorsErrorName.PREFLIGHT_INVALID_STATUS:
        return None
    found = of_function(case)
    return dataclasses.replace(found, evidence=(*found.evidence, *said_beside(case)))


RULE = Rule("preflight-status", Severity.ERROR, find)
