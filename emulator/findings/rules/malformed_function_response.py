"""The function returned what the gateway cannot make a response of. Needs no browser."""

from emulator.aws.product import Layer
from emulator.aws.refusal import RefusalKind
from emulator.findings.changes import MendHandler
from emulator.findings.facts import in_its_stead
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

UNREADABLE = frozenset({RefusalKind.MALFORMED_RESPONSE, RefusalKind.UNDECODABLE_BODY})


def find(case: Case) -> Found | None:
    """AWS: Output format of a Lambda function for proxy integration; Lambda function response for format 2.0."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in UNREADABLE:
        return None
    what = "return an object with a numeric statusCode, headers of strings, and a body that is a string"
    if refusal.kind is RefusalKind.UNDECODABLE_BODY:
        what = "return its body in base64, or without `isBase64Encoded: true`"
    message = f"{refusal.reason[0].upper()}{refusal.reason[1:]}. {in_its_stead(case)}."
    return Found(Layer.FUNCTION, message, fix=Fix((MendHandler(case.function, what),)))


RULE = Rule("malformed-function-response", Severity.ERROR, find)
