from emulator.aws.product import Layer
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallWithoutCredentials,
    CorsField,
)
from emulator.findings.mapping_changes import MapHeaders
from emulator.findings.rules.method_not_allowed import RULE
from findings.examples import (
    EMPLOYEES,
    LISTED,
    PAGE,
    REST,
    URL_CORS,
    WITH_CORS,
    Example,
    answers,
    http,
    preflight,
    with_mock,
)
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "mock",
        with_mock(acao=PAGE, acam="OPTIONS,GET"),
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        (MapHeaders("orders", "OPTIONS /m", "default", (("Access-Control-Allow-Methods", "OPTIONS,GET, PUT"),)),),
        Layer.GATEWAY,
    ),
    Example(
        "options-function-method",
        REST,
        preflight("PUT", "/dev/y"),
        answers(204, acao=PAGE, acam="GET"),
        (
            AddToHeader("f", "Access-Control-Allow-Methods", ("PUT",), "GET", Answer.PREFLIGHT),
            AddRoute("orders", "PUT /y"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-method",
        LISTED,
        preflight("PUT"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)), AddRoute("listed", "PUT /x")),
        Layer.GATEWAY,
    ),
    Example(
        "options-but-no-method",
        EMPLOYEES,
        preflight("PUT", "/dev/only"),
        answers(204, acao=PAGE, acam="GET"),
        (
            AddToHeader("f", "Access-Control-Allow-Methods", ("PUT",), "GET", Answer.PREFLIGHT),
            AddRoute("orders", "PUT /only"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "http-method-and-route",
        WITH_CORS,
        preflight("DELETE", "/items/1"),
        answers(),
        (AddToCors("items", CorsField.ALLOW_METHODS, ("DELETE",), ("GET",)), AddRoute("items", "DELETE /items/{id}")),
        Layer.GATEWAY,
    ),
    Example(
        "http-unnameable-method",
        http("ANY /x"),
        preflight("PURGE", "/y"),
        answers(),
        (
            AddToCors("h", CorsField.ALLOW_METHODS, ("*",), ("GET", "PUT")),
            CallWithoutCredentials(),
            AddRoute("h", "ANY /y"),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "url-options",
        URL_CORS,
        preflight("OPTIONS", "/"),
        answers(),
        (AddToCors("url", CorsField.ALLOW_METHODS, ("*",), ("GET",)), CallWithoutCredentials()),
        Layer.GATEWAY,
    ),
    Example(
        "url-method",
        URL_CORS,
        preflight("DELETE", "/any"),
        answers(),
        (AddToCors("url", CorsField.ALLOW_METHODS, ("DELETE",), ("GET",)),),
        Layer.GATEWAY,
    ),
    Example(
        "function-list-with-a-method-misspelt",
        REST,
        preflight("PUT", "/dev/y"),
        answers(204, acao=PAGE, acam="GET,PSOT,PUTT"),
        (
            AddToHeader("f", "Access-Control-Allow-Methods", ("PUT",), "GET,PSOT,PUTT", Answer.PREFLIGHT),
            AddRoute("orders", "PUT /y"),
        ),
        Layer.FUNCTION,
        "Access-Control-Allow-Methods: GET,PSOT,PUTT; `PUTT` is another name",
    ),
    Example(
        "gateway-and-headers",
        LISTED,
        preflight("PUT", headers="x-a,x-b,x-c"),
        answers(),
        (
            AddToCors("listed", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b", "x-c"), ("x-a",)),
            AddRoute("listed", "PUT /x"),
        ),
        Layer.GATEWAY,
        says="PUT is not in `cors.allowMethods` of 'listed': [GET] "
        "x-b, x-c are not in `cors.allowHeaders` of 'listed': [x-a] no route of 'listed' takes PUT /x",
    ),
    Example(
        "function-and-headers",
        EMPLOYEES,
        preflight("PUT", "/dev/only", headers="x-a,x-b"),
        answers(204, acao=PAGE, acam="GET", acah="X-A"),
        (
            AddToHeader("f", "Access-Control-Allow-Methods", ("PUT",), "GET", Answer.PREFLIGHT),
            AddToHeader("f", "Access-Control-Allow-Headers", ("x-b",), "X-A", Answer.PREFLIGHT),
            AddRoute("orders", "PUT /only"),
        ),
        Layer.FUNCTION,
        says="PUT is not in Access-Control-Allow-Methods: GET x-b is not in Access-Control-Allow-Headers: X-A",
    ),
]

NOT_FOUND = [
    Example("listed", LISTED, preflight("GET"), answers()),
]
