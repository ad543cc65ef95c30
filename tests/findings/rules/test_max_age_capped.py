from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import Answer, ReturnHeaders, SetCorsMaxAge
from emulator.findings.rules.max_age_capped import RULE
from findings.examples import LISTED, PAGE, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MAX_AGE = "Access-Control-Max-Age"
DAY = replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), max_age=86400))

FOUND = [
    Example(
        "gateway",
        DAY,
        preflight("GET"),
        answers(),
        (SetCorsMaxAge("listed", 7200),),
        Layer.GATEWAY,
        says="Chromium 7200 s, Safari 600 s, Firefox 86400 s",
    ),
    Example(
        "function",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao=PAGE, **{MAX_AGE: "7201"}),
        (ReturnHeaders("f", ((MAX_AGE, "7200"),), Answer.PREFLIGHT),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("as-long-as-chromium", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, **{MAX_AGE: "7200"})),
    Example("no-number", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, **{MAX_AGE: "86400;"})),
    Example("blocked", REST, preflight("GET", "/dev/y"), answers(204, **{MAX_AGE: "86400"})),
    Example("no-preflight", REST, call(path="/dev/x"), answers(acao=PAGE, **{MAX_AGE: "86400"})),
]
