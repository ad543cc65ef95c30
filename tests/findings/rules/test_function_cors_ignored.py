from emulator.aws.product import Layer
from emulator.findings.changes import RemoveHeaders
from emulator.findings.rules.function_cors_ignored import RULE
from findings.examples import ITEMS, PAGE, RAISED, WITH_CORS, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "disagree",
        WITH_CORS,
        call(path="/items"),
        answers(acao="http://a.test"),
        (RemoveHeaders("f", "Access-Control-"),),
        Layer.FUNCTION,
        says="the gateway sent 'http://localhost:5173'",
    ),
    Example(
        "dropped",
        WITH_CORS,
        call(path="/items"),
        answers(**{"Access-Control-Expose-Headers": "x-a"}),
        (RemoveHeaders("f", "Access-Control-"),),
        Layer.FUNCTION,
        says="the gateway sent none",
    ),
]

NOT_FOUND = [
    Example("agree", WITH_CORS, call(path="/items"), answers(acao=PAGE)),
    Example("no-cors-section", ITEMS, call(path="/items"), answers(acao="http://a.test")),
    Example("failed", WITH_CORS, call(path="/items"), RAISED),
]
