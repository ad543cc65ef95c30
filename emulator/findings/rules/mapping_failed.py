"""The mappings of an integration failed, and the gateway answered in its stead. Needs no browser."""

from emulator.aws.product import Layer
from emulator.findings.changes import DoByHand
from emulator.findings.facts import in_its_stead
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.mappings import FAILED, mending


def find(case: Case) -> Found | None:
    """AWS: Mapping template transformations for REST APIs; Mock integrations for REST APIs in API Gateway."""
    refusal, route = case.exchange.refusal, case.exchange.route
    if refusal is None or refusal.kind not in FAILED or route is None:
        return None
    message = f"'{route.key}' of '{case.api.name}': {refusal.reason}. {in_its_stead(case)}."
    by_hand = DoByHand(f"mend the template in `integration` of the route '{route.key}' of '{case.api.name}'")
    return Found(Layer.GATEWAY, message, fix=Fix(mending(case.exchange) or (by_hand,)))


RULE = Rule("mapping-failed", Severity.ERROR, find)
