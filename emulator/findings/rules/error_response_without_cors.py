"""An error answer without the CORS headers that the page would need to read it, from the function or in its stead. Why
there is an error is told by the rules of of_any_client.py; here is how the page could read it."""

from emulator.aws.product import Layer, RefusalKind
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_function, of_function, preflight_answer, route
from emulator.findings.changes import Answer, Fix, MendHandler, ReturnHeaders
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.gateway_preflights import cors_section, routes_without_options
from emulator.findings.possible_call import by_possible_method
from emulator.findings.unlistable_origin import allowable
from emulator.functions.invocation import FunctionError, FunctionErrorKind


def find(case: Case) -> Found | None:
    """See an error answer without CORS headers, which a browser reports as a CORS error (Fetch Standard 4.9)."""
    if case.cors is not None or case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    refusal = case.exchange.refusal
    if refusal is None:
        is_error = case.status >= 400 and not case.request.is_preflight
        return of_function(case) if is_error else None
    if case.exchange.route is None:
        return None
    evidence = (
        f"the {case.status} is the gateway's own, and a browser reports it without CORS headers as a CORS error",
    )
    layer = Layer.GATEWAY if refusal.kind is RefusalKind.FUNCTION_THROTTLED else Layer.FUNCTION
    return Found(layer, evidence=evidence, fix=_fix(case, refusal.kind))


def _fix(case: Case, kind: RefusalKind) -> Fix:
    """Let the function answer with the headers, where it can: it catches what it raises, and nothing else of these."""
    if case.request.is_preflight:
        case, method = by_possible_method(case)
        answer = ReturnHeaders(case.function, preflight_answer(case), Answer.PREFLIGHT, 204)
        because = "A preflight passes only with a status from 200 to 299 and CORS headers."
        by_gateway = ((*cors_section(case), *routes_without_options(case)),) if case.api.cors_methods else ()
        return Fix((answer, *route(case), *method), by_gateway, because)
    if not _can_be_caught(case):
        return Fix(because=_readable(case, kind))
    with_headers = by_function(case)
    caught = MendHandler(case.function, "catch what it raises")
    return Fix((caught, *with_headers.changes), because=_readable(case, kind))


def _can_be_caught(case: Case) -> bool:
    result = case.exchange.result
    return (
        isinstance(result, FunctionError)
        and result.kind is FunctionErrorKind.HANDLER
        and not result.error_type.startswith("Function.")
    )


def _readable(case: Case, kind: RefusalKind) -> str:
    """Say what the gateway could add to its own errors. AWS: Gateway response types in API Gateway."""
    if case.api.cors_methods:
        origin = allowable(case.origin)
        named = '"*"' if origin == "*" else origin
        return f"With {named} allowed in `cors` of '{case.api.name}' the page could read the {case.status}."
    types = "INTEGRATION_TIMEOUT or DEFAULT_5XX" if kind is RefusalKind.INTEGRATION_TIMEOUT else "DEFAULT_5XX"
    return (
        f"On AWS the page can read the {case.status} if the API's gateway response {types} adds "
        "Access-Control-Allow-Origin."
    )


RULE = Rule("error-response-without-cors", Severity.ERROR, find)
