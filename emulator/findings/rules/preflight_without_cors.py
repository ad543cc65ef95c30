"""The function answers OPTIONS, and says nothing about CORS."""

import dataclasses

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.facts import said_beside
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.gateway_preflights import by_new_cors


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch: its answer has to pass the CORS check first."""
    if case.cors is not None or not case.request.is_preflight:
        return None
    if case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    found = of_function(case)
    fix = dataclasses.replace(found.fix, instead=by_new_cors(case))
    return dataclasses.replace(found, evidence=(*found.evidence, *said_beside(case)), fix=fix)


RULE = Rule("preflight-without-cors", Severity.ERROR, find)
