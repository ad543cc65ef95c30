from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, AddToCors, AddToHeader, Answer, CorsField
from emulator.findings.rules.header_not_allowed import RULE
from findings.examples import LISTED, PAGE, REST, Example, answers, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "options-function-header",
        REST,
        preflight("GET", "/dev/y", headers="x-b,x-c"),
        answers(204, acao=PAGE, acah="x-c"),
        (
            AddToHeader("f", "Access-Control-Allow-Headers", ("x-b",), "x-c", Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-header",
        LISTED,
        preflight("GET", headers="x-a,x-b"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-and-no-route",
        LISTED,
        preflight("GET", "/y", headers="x-a,x-b,x-c"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b", "x-c"), ("x-a",)), AddRoute("listed", "GET /y")),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("listed", LISTED, preflight("GET", headers="x-a"), answers()),
]
