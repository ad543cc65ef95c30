from emulator.aws.product import Layer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.rules.multiple_allow_origin_values import RULE
from findings.examples import PAGE, REST, URL_CORS, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function-list",
        REST,
        call(path="/dev/x"),
        answers(acao=f"{PAGE}, http://a.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("one", REST, call(path="/dev/x"), answers(acao="http://a.test")),
    Example("gateway-and-function", URL_CORS, call(path="/"), answers(acao="*")),
]
