"""An HTTP API with `cors` drops the function's own CORS headers, and here the two disagree."""

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import Fix, RemoveHeaders
from emulator.findings.finding import Case, Found, Rule, Severity

PREFIX = "access-control-"


def find(case: Case) -> Found | None:
    """AWS: Configuring CORS for an HTTP API: "API Gateway ignores CORS headers returned from your backend"."""
    answer, sent = case.exchange.function_response, case.exchange.response
    if answer is None or not isinstance(case.api, HttpApi) or case.cors is None:
        return None
    differences = tuple(
        f"{name}: the function returned '{value}', the gateway sent {_quoted(sent.header(name))}"
        for name, value in answer.headers
        if name.lower().startswith(PREFIX) and sent.header(name) != value
    )
    if not differences:
        return None
    because = f"The policy is `cors` of '{case.api.name}' alone."
    return Found(
        Layer.FUNCTION,
        f"Gateway and function disagree about CORS: an HTTP API with `cors` ignores the function's headers, so what "
        f"function '{case.function}' says has no effect.",
        differences,
        Fix((RemoveHeaders(case.function, "Access-Control-"),), because=because),
    )


def _quoted(value: str | None) -> str:
    return "none" if value is None else f"'{value}'"


RULE = Rule("function-cors-ignored", Severity.WARNING, find)
