from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, Answer, MendHandler, RaiseConcurrency, ReturnHeaders, ServePage
from emulator.findings.rules.error_response_without_cors import RULE
from emulator.functions.invocation import IntegrationTimeout, Returned, Throttled
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
from findings.one_rule import test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "error-path",
        REST,
        call(path="/dev/x"),
        answers(400),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.ERROR),),
        Layer.FUNCTION,
    ),
    Example("rest-function-raises", REST, call(path="/dev/x"), RAISED, (MendHandler("f"),), Layer.FUNCTION),
    Example("rest-malformed", REST, call(path="/dev/x"), Returned(b'"text"'), (MendHandler("f"),), Layer.FUNCTION),
    Example(
        "throttled-is-the-gateway",
        REST,
        call(path="/dev/x"),
        Throttled(10),
        (RaiseConcurrency("f", 10),),
        Layer.GATEWAY,
    ),
    Example(
        "slow-function",
        REST,
        call(path="/dev/x"),
        IntegrationTimeout(29.0),
        (MendHandler("f", "answer sooner"),),
        Layer.FUNCTION,
    ),
    Example(
        "rest-answer-over-6-MB",
        REST,
        call(path="/dev/x"),
        TOO_MUCH,
        (MendHandler("f", "answer with less: in pages, or with the presigned URL of an S3 object"),),
        Layer.FUNCTION,
    ),
    Example("http-api-function-raises", PLAIN, call(path="/x"), RAISED, (MendHandler("f"),), Layer.FUNCTION),
    Example("function-url-raises", URL, call(path="/"), RAISED, (MendHandler("f"),), Layer.FUNCTION),
    Example(
        "preflight-raises-without-cors",
        HttpApi("h", "abcdef1234", (a_route("ANY /x"),)),
        preflight("GET"),
        RAISED,
        (
            MendHandler("f"),
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
                Answer.PREFLIGHT,
                204,
            ),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "rest-preflight-raises",
        EMPLOYEES,
        preflight("PUT", "/dev/only"),
        RAISED,
        (
            MendHandler("f"),
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT")),
                Answer.PREFLIGHT,
                204,
            ),
            AddRoute("orders", "PUT /only"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "http-opaque",
        PLAIN,
        call(origin="null"),
        RAISED,
        (MendHandler("f"),),
        Layer.FUNCTION,
        says='With "*" allowed in `cors`',
    ),
    Example(
        "opaque-on-the-error-path",
        REST,
        call(path="/dev/x", origin="null"),
        answers(400),
        (ServePage(),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("success", REST, call(path="/dev/x"), answers()),
    Example("error-with-headers", REST, call(path="/dev/x"), answers(400, acao=PAGE)),
    Example("gateway-error-with-headers", LISTED, call(), RAISED),
    Example("unknown-route", REST, call(path="/dev/nowhere"), answers()),
    Example("preflight-status", REST, preflight("GET", "/dev/y"), answers(405)),
    Example("another-failure", REST, call(path="/dev/x"), answers(400, acao="http://a.test")),
]
