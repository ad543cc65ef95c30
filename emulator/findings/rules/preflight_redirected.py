"""The function answers OPTIONS with a redirect."""

import dataclasses

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8: a CORS-preflight fetch has redirect mode "error"."""
    if case.cors is not None or case.plain_error is not CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT:
        return None
    found = of_function(case)
    final = DoByHand("let the page call the URL that the redirect leads to")
    return dataclasses.replace(found, fix=dataclasses.replace(found.fix, instead=((final,),)))


RULE = Rule("preflight-redirected", Severity.ERROR, find)
