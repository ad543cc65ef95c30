"""The function raised, did not start, ended, or returned too much, and the gateway answered in its stead. Needs no
browser."""

from emulator.aws.product import Layer
from emulator.findings.changes import MendHandler
from emulator.findings.facts import in_its_stead, raised_at
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind

RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge"
"""Lambda's error type for a response above 6 MB (AWS: Lambda quotas)."""

OF_PREFLIGHT = "This is a preflight, which has no body, no cookie and no token."
"""What many functions that raise on one forget (Fetch Standard: CORS-preflight fetch)."""

WAYS = {
    FunctionErrorKind.INIT: "does not start",
    FunctionErrorKind.HANDLER: "raised",
    FunctionErrorKind.EXIT: "ended its process",
}
"""How a function fails: in its init phase, in its handler, or with its process."""


def find(case: Case) -> Found | None:
    """See the error that no client is told. AWS: Lambda function errors in API Gateway; Invoking function URLs."""
    error = case.exchange.result
    if not isinstance(error, FunctionError) or error.kind not in WAYS:
        return None
    how, mended = WAYS[error.kind], MendHandler(case.function)
    if error.error_type == RESPONSE_TOO_LARGE:
        how = "returned more than Lambda passes on"
        mended = MendHandler(case.function, "answer with less: in pages, or with the presigned URL of an S3 object")
    message = f"Function '{case.function}' {how}: {error.error_type}: {error.error_message}"
    return Found(
        Layer.FUNCTION,
        f"{message.rstrip('. ')}. {in_its_stead(case)}.",
        raised_at(error),
        Fix((mended,), because=OF_PREFLIGHT if case.request.is_preflight and how == "raised" else ""),
    )


RULE = Rule("function-error", Severity.ERROR, find)
