from emulator.aws.product import Layer
from emulator.findings.changes import CallUrl
from emulator.findings.rules.url_outside_stage import RULE
from findings.examples import EMPLOYEES, PAGE, REST, STAGED, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "stage-left-out", STAGED, call(path="/x"), answers(), (CallUrl("http://127.0.0.1:3000/v1/x"),), Layer.GATEWAY
    ),
    Example(
        "stage-left-out-again",
        EMPLOYEES,
        call("GET", "/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-left-out-doubled-slash",
        EMPLOYEES,
        call("GET", "//employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "another-stage",
        EMPLOYEES,
        call("GET", "/prod/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-left-out-of-a-preflight",
        EMPLOYEES,
        preflight("PUT", "/employees/1"),
        answers(204, acao=PAGE, acam="PUT"),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-another-stage",
        STAGED,
        call("GET", "/v2/items/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/v1/items/1"),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("inside", REST, call(path="/dev/x"), answers()),
    Example("unknown", REST, call(path="/dev/nowhere"), answers()),
]
