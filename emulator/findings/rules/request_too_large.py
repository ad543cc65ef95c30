"""The gateway refused a request for its size, and its answer has no CORS headers."""

from emulator.aws.product import Layer
from emulator.aws.refusal import RefusalKind
from emulator.findings.changes import DoByHand
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_errors import hidden, letting_it_be_read

TOO_LARGE = frozenset({RefusalKind.BODY_TOO_LARGE, RefusalKind.HEAD_TOO_LARGE, RefusalKind.REQUEST_TOO_LARGE})


def find(case: Case) -> Found | None:
    """AWS: Quotas for REST APIs; Quotas for HTTP APIs; Lambda quotas. None of these can be raised."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in TOO_LARGE:
        return None
    how = "upload to S3 by a presigned URL, or send it in parts"
    if refusal.kind is RefusalKind.HEAD_TOO_LARGE:
        how = "shorten the URL, the token or the cookies"
    readable = letting_it_be_read(case)
    less = DoByHand(f"send less: {how} ({refusal.reason})")
    fix = Fix((less,), (readable,) if readable else (), because=hidden(case))
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=fix)


RULE = Rule("request-too-large", Severity.ERROR, find)
