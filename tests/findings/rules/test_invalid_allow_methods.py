from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, Answer, CorsField, ReplaceInCors, ReturnHeaders
from emulator.findings.rules.invalid_allow_methods import RULE
from findings.examples import PAGE, REST, Example, answers, preflight
from findings.one_rule import test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "options-function-methods-syntax",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao=PAGE, acam="G ET"),
        (
            ReturnHeaders("f", (("Access-Control-Allow-Methods", "G, ET"),), Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "gateway",
        HttpApi("h", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration((PAGE,), ("PUT GET",))),
        preflight("PUT"),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_METHODS, "PUT GET", ("PUT", "GET")),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("valid", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, acam="GET,PUT")),
]
