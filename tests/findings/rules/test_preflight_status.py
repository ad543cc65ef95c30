from dataclasses import replace

from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, AddToHeader, Answer, ReturnHeaders
from emulator.findings.rules.preflight_status import RULE
from findings.examples import EMPLOYEES, OPEN, PAGE, RAISED, REST, Example, answers, preflight, with_gateway_response
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

DATA_OF_ALL = replace(REST, binary_media_types=("*/*",))

FOUND = [
    Example(
        "gateway-response-on-a-preflight-that-failed",
        replace(EMPLOYEES, gateway_responses=with_gateway_response(acao="*").gateway_responses),
        preflight("GET", "/dev/only"),
        RAISED,
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /only")),
        Layer.FUNCTION,
        says="the gateway answered 502",
    ),
    Example(
        "options-function-status",
        REST,
        preflight("GET", "/dev/y"),
        answers(405, acao=PAGE),
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
        says="it says: {}",
    ),
    Example(
        "options-behind-a-login",
        REST,
        preflight("PUT", "/dev/y", headers="x-a"),
        answers(401, body="Log in\n first", acao=PAGE, acam="GET"),
        (
            ReturnHeaders("f", (("Access-Control-Allow-Headers", "x-a"),), Answer.PREFLIGHT, 204),
            AddToHeader("f", "Access-Control-Allow-Methods", ("PUT",), "GET", Answer.PREFLIGHT),
            AddRoute("orders", "PUT /y"),
        ),
        Layer.FUNCTION,
        says="x-a is not in Access-Control-Allow-Headers, which is not there no route of 'orders' takes PUT /y "
        "it says: Log in first",
    ),
    Example(
        "a-whole-page",
        REST,
        preflight("GET", "/dev/y"),
        answers(500, body="<p>" * 100, acao=PAGE),
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
    ),
    Example(
        "no-text",
        DATA_OF_ALL,
        preflight("GET", "/dev/y"),
        answers(500, body="//79", is_base64=True, acao=PAGE),
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("ok", REST, preflight("GET", "/dev/y"), answers(299, acao=PAGE)),
    Example("reached-the-function", OPEN, preflight("GET", "/any"), answers(405)),
]
