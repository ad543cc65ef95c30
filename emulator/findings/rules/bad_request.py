"""The gateway could not read the URL, whatever routes there are."""

from emulator.aws.product import Layer
from emulator.aws.refusal import RefusalKind
from emulator.findings.changes import DoByHand
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """See that the path could not be decoded, which an HTTP API answers with 400 (recorded from AWS: hotsock/voker)."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind is not RefusalKind.INVALID_PATH:
        return None
    because = f"The browser calls it a CORS error only because the {case.status} has no CORS headers."
    fix = Fix((DoByHand(f"mend the page's URL: {refusal.reason}"),), because=because)
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=fix)


RULE = Rule("bad-request", Severity.ERROR, find)
