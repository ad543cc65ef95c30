"""Why a browser blocked an exchange: the layer at fault and the fix, from the verdict and what each layer did."""

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer, Refusal, RefusalKind
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Blocked, CorsErrorName
from emulator.exchange import Exchange
from emulator.findings import fixes, route_fixes
from emulator.findings.finding import Finding, Severity
from emulator.functions.invocation import Throttled

MISSING = frozenset({CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, CorsErrorName.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER})
MULTIPLE = frozenset({CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES, CorsErrorName.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN_VALUES})
TOO_LARGE = frozenset({413, 431})
"""What the gateways answer, before any route is looked up or in place of the function, when a request is too large."""


def explain_block(exchange: Exchange, blocked: Blocked) -> Finding:
    """The one error finding of a blocked exchange."""
    if exchange.refusal is not None:
        return _refused(exchange, blocked, exchange.refusal)
    cors = configured_cors(exchange)
    if cors is None:
        return _function_headers(exchange, blocked)
    if blocked.error is CorsErrorName.PREFLIGHT_INVALID_STATUS and exchange.layer is Layer.FUNCTION:
        return _preflight_reached_function(exchange, blocked)
    if blocked.error in MULTIPLE:
        return _finding(
            "duplicate-cors-headers",
            Layer.FUNCTION,
            blocked,
            ("the function URL's `cors` adds the header, and the function adds it again; AWS sends both",),
            f"Remove the Access-Control-* headers from function '{fixes.function_name(exchange)}': "
            f"the URL's `cors` already adds them.",
        )
    name, fix = fixes.gateway_fix(exchange, blocked, cors)
    return _finding(name, Layer.GATEWAY, blocked, _ignored_headers(exchange), fix)


def configured_cors(exchange: Exchange) -> CorsConfiguration | None:
    """The gateway's CORS configuration; a REST API has none of its own."""
    return None if isinstance(exchange.api, RestApi) else exchange.api.cors


def _finding(name: str, layer: Layer, blocked: Blocked, evidence: tuple[str, ...], fix: str) -> Finding:
    return Finding(name, Severity.ERROR, layer, blocked.message, evidence, fix)


def _refused(exchange: Exchange, blocked: Blocked, refusal: Refusal) -> Finding:
    """The gateway answered in the integration's stead, and that answer is what the browser refused."""
    status = f"the gateway answered {exchange.response.status}: {refusal.reason}"
    if refusal.kind is RefusalKind.OUTSIDE_STAGE:
        return _finding("url-outside-stage", Layer.GATEWAY, blocked, (status,), route_fixes.stage_fix(exchange))
    if exchange.response.status in TOO_LARGE:
        fix = fixes.too_large_fix(exchange, refusal.reason)
        return _finding("request-too-large", Layer.GATEWAY, blocked, (status,), fix)
    if exchange.response.status == 400 and exchange.route is None:
        fix = fixes.bad_request_fix(exchange, refusal.reason)
        return _finding("bad-request", Layer.GATEWAY, blocked, (status,), fix)
    if exchange.route is not None and exchange.request.is_preflight and configured_cors(exchange) is not None:
        return _preflight_reached_function(exchange, blocked)
    if exchange.route is not None:
        # Whatever the gateway words its answer like, the function is what has to change, unless none was free.
        layer = Layer.GATEWAY if isinstance(exchange.result, Throttled | None) else Layer.FUNCTION
        evidence = (status, "a browser reports an error answer without CORS headers as a CORS error")
        return _finding("error-response-without-cors", layer, blocked, evidence, fixes.failed_integration_fix(exchange))
    if exchange.request.is_preflight:
        return _finding(
            "missing-options-route", Layer.GATEWAY, blocked, (status,), route_fixes.options_route_fix(exchange)
        )
    return _finding("unknown-route", Layer.GATEWAY, blocked, (status,), route_fixes.no_route_fix(exchange))


def _function_headers(exchange: Exchange, blocked: Blocked) -> Finding:
    """The gateway passes the function's CORS headers through, so they alone decide."""
    status = exchange.response.status
    name, fix = fixes.function_fix(exchange, blocked)
    if blocked.error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER and status >= 400:
        name = "error-response-without-cors"
        fix = f"Add the Access-Control-Allow-* headers on the error path too: {fix[0].lower()}{fix[1:]}"
    evidence = (
        f"function '{fixes.function_name(exchange)}' answered {status}; {_product(exchange)} adds no CORS headers",
    )
    return _finding(name, Layer.FUNCTION, blocked, evidence, fix)


def _product(exchange: Exchange) -> str:
    if isinstance(exchange.api, RestApi):
        return "a REST API"
    kind = "a function URL" if isinstance(exchange.api, FunctionUrl) else "an HTTP API"
    return f"{kind} without `cors`"


def _preflight_reached_function(exchange: Exchange, blocked: Blocked) -> Finding:
    """AWS: Configuring CORS for an HTTP API. A route that matches OPTIONS takes the preflight from the gateway."""
    route = exchange.route.key if exchange.route else ""
    evidence = (
        (
            f"route '{route}' matches OPTIONS, so the preflight went to function '{fixes.function_name(exchange)}'; "
            f"the answer was {exchange.response.status}"
        ),
    )
    return _finding(
        "preflight-reached-function", Layer.FUNCTION, blocked, evidence, route_fixes.reached_function_fix(exchange)
    )


def _ignored_headers(exchange: Exchange) -> tuple[str, ...]:
    """What the function said about CORS, where an HTTP API with `cors` dropped it."""
    answer = exchange.function_response
    if answer is None or not isinstance(exchange.api, HttpApi):
        return ()
    own = answer.header("access-control-allow-origin")
    if own is None:
        return ()
    return (f"the function's own Access-Control-Allow-Origin: {own} was dropped: an HTTP API with `cors` ignores it",)
