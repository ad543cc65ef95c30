from emulator.aws.product import Layer
from emulator.findings.changes import DoByHand
from emulator.findings.rules.bad_request import RULE
from findings.examples import PLAIN, REST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "http-path-with-a-bad-escape",
        PLAIN,
        call(path="/%zz"),
        answers(),
        (DoByHand("mend the page's URL: the path /%zz has an invalid percent-escape"),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("function-says-400", REST, call(path="/dev/x"), answers(400)),
    Example("unknown-route", PLAIN, call(path="/nowhere"), answers()),
]
