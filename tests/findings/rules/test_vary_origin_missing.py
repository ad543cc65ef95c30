from emulator.aws.product import Layer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.rules.vary_origin_missing import RULE
from findings.examples import PAGE, REST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "expires",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"),
        (ReturnHeaders("f", (("Vary", "Origin"),)),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example(
        "varies", REST, call(path="/dev/x"), answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT", vary="Origin")
    ),
    Example(
        "blocked", REST, call(path="/dev/x"), answers(acao="http://a.test", expires="Thu, 01 Jan 2099 00:00:00 GMT")
    ),
]
