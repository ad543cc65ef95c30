from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Layer
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.rest_api import Method
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    Answer,
    DoByHand,
    MendHandler,
    ReplaceRoute,
    ReturnHeaders,
    ServePage,
    SetGatewayResponse,
)
from emulator.findings.rules.error_response_without_cors import RULE
from emulator.functions.invocation import FunctionErrorKind, IntegrationTimeout, Returned, Throttled
from findings.examples import (
    EMPLOYEES,
    LISTED,
    PAGE,
    PLAIN,
    RAISED,
    REST,
    TOO_MUCH,
    URL,
    Example,
    answers,
    call,
    preflight,
    with_mock,
)
from findings.one_rule import found, test_found, test_not_found
from products import a_method, a_route
from tokens import users

__all__ = ["RULE", "test_found", "test_not_found"]

CAUGHT = (
    MendHandler("f", "catch what it raises"),
    ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.ERROR),
)
ALLOWING = replace(
    REST,
    gateway_responses=(
        GatewayResponse("DEFAULT_5XX", None, (("gatewayresponse.header.Access-Control-Allow-Origin", "'*'"),)),
    ),
)
READABLE = (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Origin", PAGE),)),)

VALIDATING = MethodRequest(
    (("method.request.header.x", True),), validator=RequestValidator("v", validate_request_parameters=True)
)

FOUND = [
    Example(
        "preflight-that-is-validated",
        replace(
            REST,
            methods=(a_method("PUT", "/v"), Method("OPTIONS", "/v", LambdaProxy("f", "1.0", 29.0), VALIDATING)),
        ),
        preflight("PUT", "/dev/v"),
        answers(204, acao=PAGE, acam="PUT"),
        (DoByHand("take `requestValidator` off the route `OPTIONS /v` of 'orders'"),),
        Layer.GATEWAY,
        "its own route requires",
    ),
    Example(
        "mappings-of-a-preflight-fail",
        with_mock("{"),
        preflight("PUT", "/dev/m"),
        answers(),
        (),
        Layer.GATEWAY,
        "once `mapping-failed` is mended",
    ),
    Example(
        "an-authorizer-refuses",
        replace(PLAIN, routes=(replace(a_route("GET /x"), authorizer=users()),)),
        call(),
        answers(),
        (AddCors("plain", CorsConfiguration((PAGE,), ("GET",))),),
        Layer.GATEWAY,
        "own 401 too",
    ),
    Example(
        "error-path",
        REST,
        call(path="/dev/x"),
        answers(400),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.ERROR),),
    ),
    Example("rest-function-raises", REST, call(path="/dev/x"), RAISED, CAUGHT, says="own 502 has CORS headers"),
    Example("http-api-function-raises", PLAIN, call(), RAISED, CAUGHT, says=f"With {PAGE} allowed in `cors`"),
    Example("function-url-raises", URL, call(path="/"), RAISED, CAUGHT, says="the page could read the 502"),
    Example(
        "rest-malformed",
        REST,
        call(path="/dev/x"),
        Returned(b'"text"'),
        READABLE,
        Layer.GATEWAY,
        says="own 502 has CORS headers",
    ),
    Example("ended", REST, call(path="/dev/x"), replace(RAISED, kind=FunctionErrorKind.EXIT), READABLE, Layer.GATEWAY),
    Example("throttled-is-the-gateway", REST, call(path="/dev/x"), Throttled(10), READABLE, Layer.GATEWAY),
    Example(
        "rest-with-credentials",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        Throttled(10),
        (
            SetGatewayResponse(
                "orders",
                "DEFAULT_5XX",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Credentials", "true")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "the-types-own-entry-takes-nothing-from-its-family",
        replace(
            REST,
            gateway_responses=(
                GatewayResponse("INTEGRATION_TIMEOUT", 504),
                GatewayResponse("DEFAULT_5XX", None, (("gatewayresponse.header.Access-Control-Allow-Origin", "'*'"),)),
            ),
        ),
        call(path="/dev/x"),
        IntegrationTimeout(29.0),
        (SetGatewayResponse("orders", "INTEGRATION_TIMEOUT", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.GATEWAY,
    ),
    Example(
        "rest-opaque",
        REST,
        call(path="/dev/x", origin="null"),
        Throttled(10),
        (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Origin", "*"),)),),
        Layer.GATEWAY,
    ),
    Example(
        "slow-function",
        REST,
        call(path="/dev/x"),
        IntegrationTimeout(29.0),
        READABLE,
        Layer.GATEWAY,
        says="own 504 has CORS headers",
    ),
    Example("rest-answer-over-6-MB", REST, call(path="/dev/x"), TOO_MUCH, READABLE, Layer.GATEWAY),
    Example(
        "preflight-raises-without-cors",
        HttpApi("h", "abcdef1234", (a_route("ANY /x"),)),
        preflight("GET"),
        RAISED,
        (
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
                Answer.PREFLIGHT,
                204,
            ),
        ),
    ),
    Example(
        "function-url-preflight-raises",
        URL,
        preflight("GET", "/"),
        RAISED,
        (
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
                Answer.PREFLIGHT,
                204,
            ),
        ),
    ),
    Example(
        "rest-preflight-raises",
        EMPLOYEES,
        preflight("PUT", "/dev/only"),
        RAISED,
        (
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT")),
                Answer.PREFLIGHT,
                204,
            ),
            AddRoute("orders", "PUT /only"),
        ),
    ),
    Example(
        "http-opaque",
        PLAIN,
        call(origin="null"),
        RAISED,
        (MendHandler("f", "catch what it raises"), ServePage()),
        says='With "*" allowed in `cors`',
    ),
    Example("opaque-on-the-error-path", REST, call(path="/dev/x", origin="null"), answers(400), (ServePage(),)),
]

NOT_FOUND = [
    Example("success", REST, call(path="/dev/x"), answers()),
    Example("error-with-headers", REST, call(path="/dev/x"), answers(400, acao=PAGE)),
    Example("gateway-error-with-headers", LISTED, call(), RAISED),
    Example("rest-error-with-headers", ALLOWING, call(path="/dev/x"), Throttled(10)),
    Example("unknown-route", REST, call(path="/dev/nowhere"), answers()),
    Example("preflight-status", REST, preflight("GET", "/dev/y"), answers(405)),
    Example("another-failure", REST, call(path="/dev/x"), answers(400, acao="http://a.test")),
]


def test_a_gateway_with_cors_would_answer_the_preflight_that_the_function_failed_on() -> None:
    told = {example.name: finding.fix.instead for example in FOUND if (finding := found(example, RULE))}
    cors = CorsConfiguration((PAGE,), ("GET",))
    each = tuple(f"{method} /x" for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"))
    assert told["preflight-raises-without-cors"] == ((AddCors("h", cors), ReplaceRoute("h", "ANY /x", each)),)
    assert told["function-url-preflight-raises"] == ((AddCors("url", cors),),)
    assert told["rest-preflight-raises"] == ()


def test_a_gateway_response_is_the_other_way_where_the_function_can_catch() -> None:
    told = {example.name: finding.fix.instead for example in FOUND if (finding := found(example, RULE))}
    assert told["rest-function-raises"] == (READABLE,)
    assert told["rest-malformed"] == told["http-api-function-raises"] == ()
