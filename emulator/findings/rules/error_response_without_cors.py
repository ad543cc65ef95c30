"""An error answer without the CORS headers that the page would need to read it, from the function or in its stead."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function, preflight_answer, route
from emulator.findings.changes import Answer, Change, Fix, MendHandler, RaiseConcurrency, ReturnHeaders
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.unlistable_origin import allowable
from emulator.functions.invocation import FunctionError, IntegrationTimeout, Throttled

RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge"
"""Lambda's error type for a response above 6 MB (AWS: Lambda quotas)."""


def find(case: Case) -> Found | None:
    """See an error answer without CORS headers, which a browser reports as a CORS error (Fetch Standard 4.9)."""
    if case.cors is not None or case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    if case.exchange.refusal is None:
        is_error = case.status >= 400 and not case.request.is_preflight
        return of_function(case) if is_error else None
    if case.exchange.route is None:
        return None
    layer = Layer.GATEWAY if isinstance(case.exchange.result, Throttled | None) else Layer.FUNCTION
    evidence = (answered(case), "a browser reports an error answer without CORS headers as a CORS error")
    return Found(layer, evidence=evidence, fix=_failed(case))


def _failed(case: Case) -> Fix:
    """Mend a function of which nothing came that could have had headers."""
    if case.request.is_preflight:
        answer = ReturnHeaders(case.function, preflight_answer(case), Answer.PREFLIGHT, 204)
        because = "A preflight passes only with a status from 200 to 299 and CORS headers."
        return Fix((*_mended(case), answer, *route(case)), because=because)
    return Fix(_mended(case), because=_readable(case))


def _mended(case: Case) -> tuple[Change, ...]:
    match case.exchange.result:
        case Throttled(limit=limit):
            return (RaiseConcurrency(case.function, limit),)
        case IntegrationTimeout():
            return (MendHandler(case.function, "answer sooner"),)
        case FunctionError(error_type=error_type) if error_type == RESPONSE_TOO_LARGE:
            pages = "answer with less: in pages, or with the presigned URL of an S3 object"
            return (MendHandler(case.function, pages),)
        case _:
            return (MendHandler(case.function),)


def _readable(case: Case) -> str:
    """Say how the page could read such errors. AWS: Gateway response types in API Gateway."""
    if isinstance(case.api, HttpApi):
        origin = allowable(case.origin)
        named = '"*"' if origin == "*" else origin
        return f"With {named} allowed in `cors` of '{case.api.name}' the page could read the error."
    if isinstance(case.api, FunctionUrl):
        return "The page can read the error if the function catches it and returns it with CORS headers."
    return (
        "The page can read such errors only if the API's gateway responses DEFAULT_4XX and DEFAULT_5XX add "
        "Access-Control-Allow-Origin, or the function catches the error and returns it with CORS headers."
    )


RULE = Rule("error-response-without-cors", Severity.ERROR, find)
