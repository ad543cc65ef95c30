"""A page on https calls plain http."""

from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS
from emulator.findings.changes import DoByHand
from emulator.findings.facts import warned
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """See the browser's warning (W3C, Mixed Content: should fetching request be blocked as mixed content)."""
    if not warned(case, WarningName.MIXED_CONTENT):
        return None
    words = WORDS[WarningName.MIXED_CONTENT]
    return Found(case.policy_layer, words.meaning, fix=Fix((DoByHand(words.remedy),)))


RULE = Rule("mixed-content", Severity.WARNING, find)
