from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddRoute, Answer, ReturnHeaders
from emulator.findings.mapping_changes import MapHeaders
from emulator.findings.rules.preflight_without_cors import RULE
from findings.examples import EMPLOYEES, PAGE, REST, SHOP, Example, answers, call, preflight, with_mock
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

HEADERS = (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT"))
MAPPED = (MapHeaders("orders", "OPTIONS /m", "default", HEADERS),)

FOUND = [
    Example(
        "mock",
        with_mock(),
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        MAPPED,
        Layer.GATEWAY,
    ),
    Example(
        "options-function-no-headers",
        REST,
        preflight("GET", "/dev/y"),
        answers(200),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.PREFLIGHT), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
        "The answer to GET needs Access-Control-Allow-Origin too.",
    ),
    Example(
        "options-without-cors-and-no-method",
        EMPLOYEES,
        preflight("PUT", "/dev/only"),
        answers(),
        (
            ReturnHeaders(
                "f", (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT")), Answer.PREFLIGHT
            ),
            AddRoute("orders", "PUT /only"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "with-credentials",
        REST,
        preflight("PUT", "/dev/y", headers="x-a"),
        answers(),
        (
            ReturnHeaders(
                "f",
                (
                    ("Access-Control-Allow-Origin", PAGE),
                    ("Access-Control-Allow-Credentials", "true"),
                    ("Access-Control-Allow-Methods", "PUT"),
                    ("Access-Control-Allow-Headers", "x-a"),
                ),
                Answer.PREFLIGHT,
            ),
            AddRoute("orders", "PUT /y"),
        ),
        Layer.FUNCTION,
        credentials=Credentials.INCLUDE,
    ),
]

NOT_FOUND = [
    Example("there-are-some", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE)),
    Example("others", REST, preflight("GET", "/dev/y"), answers(204, acao="http://a.test")),
    Example("the-gateway-decides", SHOP, preflight("GET"), answers()),
    Example("no-preflight", REST, call(path="/dev/x"), answers()),
]
