"""The browser blocks for a reason that has no rule of its own."""

from emulator.findings.changes import DoByHand
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """Repeat the browser's own message, and name the header it read."""
    if case.blocked is None:
        return None
    header, value = case.blocked.header, case.blocked.value
    compare = f"compare the {header or 'answer'} with what the message asks for"
    check = DoByHand(compare if header is None else f"{compare}: it is '{value}'")
    return Found(case.policy_layer, fix=Fix((check,)))


RULE = Rule("cors-blocked", Severity.ERROR, find)
