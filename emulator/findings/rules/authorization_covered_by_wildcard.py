"""Only `*` in Access-Control-Allow-Headers covers Authorization."""

from emulator.browser.header_list import get
from emulator.browser.preflight import ALLOW_HEADERS
from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS
from emulator.findings.changes import AddToCors, AddToHeader, Answer, Change, CorsField
from emulator.findings.facts import warned
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, step 7.6: a CORS non-wildcard request-header name."""
    if not warned(case, WarningName.AUTHORIZATION_COVERED_BY_WILDCARD):
        return None
    name = ("authorization",)
    if case.cors is None:
        now = get(case.exchange.response.headers, ALLOW_HEADERS.lower()) or ""
        add: Change = AddToHeader(case.function, ALLOW_HEADERS, name, now, Answer.PREFLIGHT)
    else:
        add = AddToCors(case.api.name, CorsField.ALLOW_HEADERS, name, case.cors.allow_headers)
    return Found(case.policy_layer, WORDS[WarningName.AUTHORIZATION_COVERED_BY_WILDCARD].meaning, fix=Fix((add,)))


RULE = Rule("authorization-covered-by-wildcard", Severity.WARNING, find)
