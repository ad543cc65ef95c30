"""The function answers OPTIONS with a redirect."""

import dataclasses

from emulator.browser.profiles import CHROMIUM
from emulator.browser.redirect import location_url
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.changes import CallUrl, Change, DoByHand
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8: a CORS-preflight fetch has redirect mode "error"."""
    if case.cors is not None or case.plain_error is not CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT:
        return None
    found = of_function(case)
    return dataclasses.replace(found, fix=dataclasses.replace(found.fix, instead=((_final(case),),)))


def _final(case: Case) -> Change:
    """Let the page call where the redirect leads, by its URL where that is of this API."""
    request = case.request
    current = parse_url(request.own_origin + request.target)
    target = None if current is None else location_url(case.exchange.response, current, CHROMIUM)
    if current is None or not isinstance(target, Url) or target.origin != current.origin:
        return DoByHand("let the page call the URL that the redirect leads to")
    return CallUrl(target.address)


RULE = Rule("preflight-redirected", Severity.ERROR, find)
