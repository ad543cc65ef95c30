"""An error answer without the CORS headers that the page would need to read it, from the function or in its stead. Why
there is an error is told by the rules of of_any_client.py; here is how the page could read it."""

from emulator.aws.product import Layer
from emulator.aws.refusal import OF_AN_AUTHORIZER, RefusalKind
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_handler, of_function, preflight_answer, route
from emulator.findings.changes import Answer, MendHandler, ReturnHeaders, SetGatewayResponse
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_errors import letting_it_be_read
from emulator.findings.gateway_preflights import by_new_cors, cors_section, routes_without_options
from emulator.findings.mappings import FAILED
from emulator.findings.possible_call import by_possible_method
from emulator.findings.preflight_requirements import without_requirement
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
    if case.request.is_preflight and refusal.kind in FAILED:
        because = "It passes once `mapping-failed` is mended: no error of a gateway's own has a status that does."
        return Found(Layer.GATEWAY, evidence=evidence, fix=Fix(because=because))
    required = without_requirement(case)
    if required is not None:
        return Found(Layer.GATEWAY, evidence=evidence, fix=required)
    fix = _fix(case)
    of_gateway = OF_AN_AUTHORIZER | {RefusalKind.FUNCTION_THROTTLED}
    by_gateway = refusal.kind in of_gateway or _is_in_gateway(fix)
    return Found(Layer.GATEWAY if by_gateway else Layer.FUNCTION, evidence=evidence, fix=fix)


def _is_in_gateway(fix: Fix) -> bool:
    return bool(fix.changes) and isinstance(fix.changes[0], SetGatewayResponse)


def _fix(case: Case) -> Fix:
    """Let the function answer with the headers, where it can: it catches what it raises, and nothing else of these.
    What it cannot catch a page of a REST API reads by a gateway response."""
    if case.request.is_preflight:
        case, method = by_possible_method(case)
        answer = ReturnHeaders(case.function, preflight_answer(case), Answer.PREFLIGHT, 204)
        because = "A preflight passes only with a status from 200 to 299 and CORS headers."
        by_gateway = ((*cors_section(case), *routes_without_options(case)),) if case.api.cors_methods else ()
        return Fix((answer, *route(case), *method), by_gateway, because)
    refusal = case.exchange.refusal
    if refusal is not None and refusal.kind in OF_AN_AUTHORIZER:
        return Fix(
            next(iter(by_new_cors(case)), ()),
            because=f"The gateway adds its CORS headers to its own {case.status} too.",
        )
    by_gateway_response = letting_it_be_read(case)
    if not _can_be_caught(case):
        return Fix(by_gateway_response, because=_readable(case))
    caught = MendHandler(case.function, "catch what it raises")
    other = (by_gateway_response,) if by_gateway_response else ()
    return Fix((caught, *by_handler(case).changes), other, because=_readable(case))


def _can_be_caught(case: Case) -> bool:
    result = case.exchange.result
    return (
        isinstance(result, FunctionError)
        and result.kind is FunctionErrorKind.HANDLER
        and not result.error_type.startswith("Function.")
    )


def _readable(case: Case) -> str:
    """Say what the gateway could add to its own errors. AWS: Gateway response types for API Gateway."""
    if case.api.cors_methods:
        origin = allowable(case.origin)
        named = '"*"' if origin == "*" else origin
        return f"With {named} allowed in `cors` of '{case.api.name}' the page could read the {case.status}."
    return f"A REST API's own {case.status} has CORS headers, and a page can read it, by a gateway response only."


RULE = Rule("error-response-without-cors", Severity.ERROR, find)
