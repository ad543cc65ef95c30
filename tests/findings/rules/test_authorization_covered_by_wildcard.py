from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import AddToCors, AddToHeader, Answer, CorsField
from emulator.findings.rules.authorization_covered_by_wildcard import RULE
from findings.examples import ITEMS, PAGE, REST, Example, answers, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function",
        REST,
        preflight("GET", "/dev/y", headers="authorization"),
        answers(204, acao=PAGE, acah="*"),
        (AddToHeader("f", "Access-Control-Allow-Headers", ("authorization",), "*", Answer.PREFLIGHT),),
        Layer.FUNCTION,
    ),
    Example(
        "function-beside-another",
        REST,
        preflight("GET", "/dev/y", headers="authorization"),
        answers(204, acao=PAGE, acah="x-a,*"),
        (AddToHeader("f", "Access-Control-Allow-Headers", ("authorization",), "x-a,*", Answer.PREFLIGHT),),
        Layer.FUNCTION,
    ),
    Example(
        "gateway",
        replace(ITEMS, cors=CorsConfiguration(("*",), ("*",), ("*",))),
        preflight("GET", "/items", headers="authorization"),
        answers(),
        (AddToCors("items", CorsField.ALLOW_HEADERS, ("authorization",), ("*",)),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example(
        "named",
        REST,
        preflight("GET", "/dev/y", headers="authorization"),
        answers(204, acao=PAGE, acah="*, authorization"),
    ),
]
