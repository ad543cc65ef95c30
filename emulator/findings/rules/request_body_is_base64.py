"""A form post reached the function in base64, as it does behind an HTTP API or a function URL. Needs no browser."""

from emulator.aws.lambda_proxy.event_encoding import is_text, media_type
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import Change, DoByHand, MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError

FORM = "application/x-www-form-urlencoded"
AS_JSON: tuple[Change, ...] = (DoByHand("let the client send `Content-Type: application/json`"),)


def find(case: Case) -> Found | None:
    """See text that is none by the fixed list of types (ministackorg/ministack#766, verified against AWS): a form, what
    names no type, `application/*+json`. A function that failed on it is likely not to have decoded it."""
    body, result = case.request.body, case.exchange.result
    if not body or result is None or isinstance(case.api, RestApi):
        return None
    content_type = case.request.header("content-type")
    essence = media_type(content_type)
    if is_text(content_type):
        return None
    if essence not in ("", FORM) and not essence.endswith("+json"):
        return None
    named = f"type {essence}" if essence else "no Content-Type"
    said = f"A body of {named} reaches function '{case.function}' in base64, with `isBase64Encoded: true`"
    if not isinstance(result, FunctionError) and (case.exchange.function_response is None or case.status < 400):
        return Found(Layer.FUNCTION, f"{said}.")
    decoded = MendHandler(case.function, "decode `body` from base64 when `isBase64Encoded` is true")
    looks_like_json = body.lstrip()[:1] in (b"{", b"[")
    fix = Fix((decoded,), (AS_JSON,) if looks_like_json else ())
    return Found(Layer.FUNCTION, f"{said}, and the function failed on it.", fix=fix, severity=Severity.WARNING)


RULE = Rule("request-body-is-base64", Severity.NOTE, find)
