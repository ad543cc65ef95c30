from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, Answer, ReturnHeaders
from emulator.findings.rules.preflight_status import RULE
from findings.examples import OPEN, PAGE, REST, Example, answers, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "options-function-status",
        REST,
        preflight("GET", "/dev/y"),
        answers(405, acao=PAGE),
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("ok", REST, preflight("GET", "/dev/y"), answers(299, acao=PAGE)),
    Example("reached-the-function", OPEN, preflight("GET", "/any"), answers(405)),
]
