from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import AddCors, AddRoute, AddToCors, CallMethod, CorsField
from emulator.findings.rules.method_case import RULE
from findings.examples import EMPLOYEES, ITEMS, LISTED, PAGE, WITH_CORS, Example, answers, call, http, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

LEAVE = (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PATCH"))

FOUND = [
    Example(
        "function-allows-the-upper-case",
        EMPLOYEES,
        preflight("patch", "/dev/only"),
        answers(204, acao=PAGE, acam="PATCH"),
        (CallMethod(("PATCH",)), AddRoute("orders", "PATCH /only")),
        Layer.BROWSER,
        says="Browsers send 'patch' as it is",
    ),
    Example(
        "gateway-allows-others",
        WITH_CORS,
        preflight("patch", "/items/1", headers="x-a"),
        answers(),
        (
            CallMethod(("PATCH",)),
            AddToCors("items", CorsField.ALLOW_METHODS, ("PATCH",), ("GET",)),
            AddToCors("items", CorsField.ALLOW_HEADERS, ("x-a",), ()),
            AddRoute("items", "PATCH /items/{id}"),
        ),
        Layer.BROWSER,
    ),
    Example(
        "no-preflight-route",
        EMPLOYEES,
        preflight("patch", "/dev/employees/1"),
        answers(),
        (
            CallMethod(("PATCH",)),
            AddRoute("orders", "PATCH /employees/{id}"),
            AddRoute("orders", "OPTIONS /employees/{id}", LEAVE),
        ),
        Layer.BROWSER,
        says="the gateway answered 403",
    ),
    Example(
        "no-cors-section",
        ITEMS,
        preflight("patch", "/items/1"),
        answers(),
        (
            CallMethod(("PATCH",)),
            AddCors("items", CorsConfiguration((PAGE,), ("PATCH",))),
            AddRoute("items", "PATCH /items/{id}"),
        ),
        Layer.BROWSER,
    ),
    Example(
        "the-call-itself",
        EMPLOYEES,
        call("patch", "/dev/employees/1"),
        answers(acao=PAGE),
        (CallMethod(("PATCH",)),),
        Layer.BROWSER,
    ),
]

NOT_FOUND = [
    Example("upper-case", WITH_CORS, preflight("PATCH", "/items/1"), answers()),
    Example("no-such-method", WITH_CORS, preflight("purge", "/items/1"), answers()),
    Example("the-origin-first", LISTED, preflight("patch", origin="http://a.test"), answers()),
    Example("allowed", http("ANY /x", methods=("*",)), preflight("patch", "/y"), answers()),
]
