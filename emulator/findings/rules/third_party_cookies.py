"""Cookies went to another site than the page's."""

from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS
from emulator.findings.changes import DoByHand
from emulator.findings.facts import warned
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """See the browser's warning (RFC 6265bis; Safari and Firefox keep third parties' cookies back)."""
    if not warned(case, WarningName.THIRD_PARTY_COOKIES):
        return None
    words = WORDS[WarningName.THIRD_PARTY_COOKIES]
    return Found(case.policy_layer, words.meaning, fix=Fix((DoByHand(words.remedy),)))


RULE = Rule("third-party-cookies", Severity.WARNING, find)
