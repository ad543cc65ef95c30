from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, Answer, CorsField, ReplaceInCors, ReturnHeaders
from emulator.findings.rules.invalid_allow_headers import RULE
from findings.examples import PAGE, REST, Example, allowing, answers, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "options-function-headers-syntax",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao=PAGE, acah="a b"),
        (
            ReturnHeaders("f", (("Access-Control-Allow-Headers", "a, b"),), Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-headers-syntax",
        allowing(PAGE, "a b"),
        preflight("GET"),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_HEADERS, "a b", ("a", "b")),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("valid", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, acah="a,b")),
]
