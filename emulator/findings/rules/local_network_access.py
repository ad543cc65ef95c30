"""A page from elsewhere calls an address of this machine or network."""

from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS
from emulator.findings.changes import DoByHand
from emulator.findings.facts import warned
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """See the browser's warning (WICG, Local Network Access; Chromium 142 and later)."""
    if not warned(case, WarningName.LOCAL_NETWORK_ACCESS):
        return None
    words = WORDS[WarningName.LOCAL_NETWORK_ACCESS]
    return Found(case.policy_layer, words.meaning, fix=Fix((DoByHand(words.remedy),)))


RULE = Rule("local-network-access", Severity.WARNING, find)
