from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import AddCors, AddRoute, Answer, MendHandler, ReplaceRoute, ReturnHeaders, ServePage
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
)
from findings.one_rule import found, test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

CAUGHT = (
    MendHandler("f", "catch what it raises"),
    ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.ERROR),
)

FOUND = [
    Example(
        "error-path",
        REST,
        call(path="/dev/x"),
        answers(400),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.ERROR),),
    ),
    Example("rest-function-raises", REST, call(path="/dev/x"), RAISED, CAUGHT, says="response DEFAULT_5XX adds"),
    Example("http-api-function-raises", PLAIN, call(), RAISED, CAUGHT, says=f"With {PAGE} allowed in `cors`"),
    Example("function-url-raises", URL, call(path="/"), RAISED, CAUGHT, says="the page could read the 502"),
    Example("rest-malformed", REST, call(path="/dev/x"), Returned(b'"text"'), says="gateway response DEFAULT_5XX"),
    Example("ended", REST, call(path="/dev/x"), replace(RAISED, kind=FunctionErrorKind.EXIT)),
    Example("throttled-is-the-gateway", REST, call(path="/dev/x"), Throttled(10), layer=Layer.GATEWAY),
    Example(
        "slow-function",
        REST,
        call(path="/dev/x"),
        IntegrationTimeout(29.0),
        says="can read the 504 if the API's gateway response INTEGRATION_TIMEOUT or DEFAULT_5XX",
    ),
    Example("rest-answer-over-6-MB", REST, call(path="/dev/x"), TOO_MUCH, says="gateway response DEFAULT_5XX"),
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
