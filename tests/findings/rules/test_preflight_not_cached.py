from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import Answer, ReturnHeaders, SetCorsMaxAge
from emulator.findings.rules.preflight_not_cached import RULE
from findings.before import Before
from findings.examples import LISTED, PAGE, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MAX_AGE = "Access-Control-Max-Age"
KEPT = replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), max_age=600))

CHROME = {"User_Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
ASKED = replace(preflight("GET"), headers=(*preflight("GET").headers, ("User-Agent", CHROME["User_Agent"])))
OFTEN = tuple(Before(ASKED, answers(204, acao=PAGE), ago) for ago in (40.0, 30.0, 20.0, 10.0))
ASKED_OF_REST = replace(ASKED, raw_path="/dev/y")

FOUND = [
    Example(
        "nothing-said-to-a-page-that-asks-often",
        LISTED,
        ASKED,
        answers(),
        (SetCorsMaxAge("listed", 600),),
        Layer.GATEWAY,
        says="sent this preflight 5 times within 40 s. Nothing says how long its answer holds, and so browsers keep it "
        "for 5 s. the answer has no Access-Control-Max-Age",
        earlier=OFTEN,
    ),
    Example(
        "a-function-that-says-nothing",
        REST,
        ASKED_OF_REST,
        answers(204, acao=PAGE),
        (ReturnHeaders("f", ((MAX_AGE, "600"),), Answer.PREFLIGHT),),
        Layer.FUNCTION,
        earlier=tuple(replace(one, request=ASKED_OF_REST) for one in OFTEN),
    ),
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
    Example("nothing-said-to-a-page-that-asks-less-often", LISTED, ASKED, answers(), earlier=OFTEN[1:]),
    Example("kept", KEPT, preflight("GET"), answers()),
    Example("nothing-said", LISTED, preflight("GET"), answers()),
    Example("no-preflight", KEPT, call(), answers()),
]
