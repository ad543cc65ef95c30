import json
from typing import Any

from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, MendHandler, ReturnHeaders
from emulator.findings.rules.multiple_allow_origin_values import RULE
from emulator.functions.invocation import Returned
from findings.examples import PAGE, PLAIN, REST, URL_CORS, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MULTI = {"Access-Control-Allow-Origin": ["*"], "X-A": ["1"]}
BOTH = f"return Access-Control-Allow-Origin: {PAGE} once, in `headers`, and not in `multiValueHeaders` too"
SENT = "Access-Control-Allow-Origin is in `headers` and `multiValueHeaders`, and each value is sent"


def returns(**fields: Any) -> Returned:
    return Returned(json.dumps({"statusCode": 200, "body": "{}", **fields}).encode())


FOUND = [
    Example(
        "function-list",
        REST,
        call(path="/dev/x"),
        answers(acao=f"{PAGE}, http://a.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
    Example(
        "in-both-fields",
        REST,
        call(path="/dev/x"),
        returns(headers={"Access-Control-Allow-Origin": "*"}, multiValueHeaders=MULTI),
        (MendHandler("f", BOTH),),
        says=SENT,
    ),
    Example(
        "several-in-one-field",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        returns(multiValueHeaders={"Access-Control-Allow-Origin": [PAGE, "http://a.test"]}, headers={"X-A": "1"}),
        (
            MendHandler("f", f"return Access-Control-Allow-Origin: {PAGE} once, in `multiValueHeaders`"),
            ReturnHeaders("f", (("Access-Control-Allow-Credentials", "true"),)),
        ),
    ),
    Example(
        "in-both-fields-on-a-preflight",
        REST,
        preflight("GET", "/dev/y"),
        returns(headers={"Access-Control-Allow-Origin": "*"}, multiValueHeaders=MULTI),
        (MendHandler("f", BOTH), AddRoute("orders", "GET /y")),
        says=SENT,
    ),
    Example(
        "in-a-field-that-is-not-sent",
        PLAIN,
        call(),
        returns(headers={"Access-Control-Allow-Origin": "a, b"}, multiValueHeaders=MULTI),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
    ),
]

NOT_FOUND = [
    Example("one", REST, call(path="/dev/x"), answers(acao="http://a.test")),
    Example("gateway-and-function", URL_CORS, call(path="/"), answers(acao="*")),
]
