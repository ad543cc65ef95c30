from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import Answer, ReturnHeaders, SetCorsMaxAge
from emulator.findings.rules.preflight_not_cached import RULE
from findings.examples import LISTED, PAGE, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MAX_AGE = "Access-Control-Max-Age"
KEPT = replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), max_age=600))

FOUND = [
    Example(
        "gateway",
        replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), max_age=0)),
        preflight("GET"),
        answers(),
        (SetCorsMaxAge("listed", 600),),
        Layer.GATEWAY,
        says="for 0 s",
    ),
    Example(
        "function",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao=PAGE, **{MAX_AGE: "600, 600"}),
        (ReturnHeaders("f", ((MAX_AGE, "600"),), Answer.PREFLIGHT),),
        Layer.FUNCTION,
        says="for 5 s",
    ),
]

NOT_FOUND = [
    Example("kept", KEPT, preflight("GET"), answers()),
    Example("nothing-said", LISTED, preflight("GET"), answers()),
    Example("no-preflight", KEPT, call(), answers()),
]
