"""The gateway refused a request for its size, and its answer has no CORS headers."""

from emulator.aws.product import Layer, RefusalKind
from emulator.findings.changes import DoByHand, Fix
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity

TOO_LARGE = frozenset({RefusalKind.BODY_TOO_LARGE, RefusalKind.HEAD_TOO_LARGE, RefusalKind.REQUEST_TOO_LARGE})


def find(case: Case) -> Found | None:
    """AWS: Quotas for REST APIs; Quotas for HTTP APIs; Lambda quotas. None of these can be raised."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in TOO_LARGE:
        return None
    how = "upload to S3 by a presigned URL, or send it in parts"
    if refusal.kind is RefusalKind.HEAD_TOO_LARGE:
        how = "shorten the URL, the token or the cookies"
    because = f"The browser calls it a CORS error only because the {case.status} has no CORS headers."
    fix = Fix((DoByHand(f"send less: {how} ({refusal.reason})"),), because=because)
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=fix)


RULE = Rule("request-too-large", Severity.ERROR, find)
