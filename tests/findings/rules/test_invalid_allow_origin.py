from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, Answer, ReturnHeaders, SetGatewayResponse
from emulator.findings.rules.invalid_allow_origin import RULE
from findings.examples import (
    PAGE,
    REST,
    TOO_MUCH,
    Example,
    allowing,
    answers,
    call,
    preflight,
    with_gateway_response,
)
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao="shop.test"),
        call(path="/dev/x"),
        TOO_MUCH,
        (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.GATEWAY,
    ),
    Example(
        "function-pattern",
        REST,
        call(path="/dev/x"),
        answers(acao="*.a.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
    Example(
        "a-preflight-with-quotes",
        REST,
        preflight("GET", "/dev/y"),
        answers(acao="'*'"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.PREFLIGHT), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
        says="its quotes are part of it. The answer to GET needs Access-Control-Allow-Origin too.",
    ),
    Example(
        "a-bare-host",
        REST,
        call(path="/dev/x", origin="https://shop.test"),
        answers(acao="shop.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", "https://shop.test"),)),),
        Layer.FUNCTION,
        says="an origin begins with its scheme",
    ),
]

NOT_FOUND = [
    Example("valid", REST, call(path="/dev/x"), answers(acao="http://a.test")),
    Example("the-gateway-decides", allowing("http://a.test"), call(), answers(acao="*.a.test")),
]
