from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CorsField,
    DoByHand,
    ReplaceInCors,
    ReturnHeaders,
)
from emulator.findings.mapping_changes import MapHeaders
from emulator.findings.rules.header_not_allowed import RULE
from findings.examples import LISTED, PAGE, REST, Example, answers, preflight, with_mock
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MISSPELT = replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), ("Content_Type", "authorisation")))
LEAVE_OUT = DoByHand("let the page not send Access-Control-Allow-Origin")
QUOTED = replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), ("x-a", "'X-B'")))

FOUND = [
    Example(
        "mock",
        with_mock(acao=PAGE, acam="PUT", **{"access-control-allow-headers": "x-a"}),
        preflight(path="/dev/m", headers="x-b"),
        answers(acao=PAGE),
        (MapHeaders("orders", "OPTIONS /m", "default", (("access-control-allow-headers", "x-a, x-b"),)),),
        Layer.GATEWAY,
    ),
    Example(
        "options-function-header",
        REST,
        preflight("GET", "/dev/y", headers="x-b,x-c"),
        answers(204, acao=PAGE, acah="x-c"),
        (
            AddToHeader("f", "Access-Control-Allow-Headers", ("x-b",), "x-c", Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-header",
        LISTED,
        preflight("GET", headers="x-a,x-b"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-and-no-route",
        LISTED,
        preflight("GET", "/y", headers="x-a,x-b,x-c"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b", "x-c"), ("x-a",)), AddRoute("listed", "GET /y")),
        Layer.GATEWAY,
    ),
    Example(
        "function-quotes-its-list",
        REST,
        preflight("GET", "/dev/y", headers="x-b,x-c"),
        answers(204, acao=PAGE, acah="'x-b, x-c'"),
        (
            ReturnHeaders("f", (("Access-Control-Allow-Headers", "x-b, x-c"),), Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
        "its quotes are part of the names",
    ),
    Example(
        "gateway-list-with-names-misspelt",
        MISSPELT,
        preflight("GET", headers="authorization,content-type"),
        answers(),
        (
            AddToCors(
                "listed", CorsField.ALLOW_HEADERS, ("authorization", "content-type"), ("Content_Type", "authorisation")
            ),
        ),
        Layer.GATEWAY,
        "[Content_Type, authorisation]; `authorisation`, `Content_Type` are other names",
    ),
    Example(
        "function-list-with-a-name-misspelt",
        REST,
        preflight("GET", "/dev/y", headers="authorization"),
        answers(204, acao=PAGE, acah="Authorisation,X-A"),
        (
            AddToHeader("f", "Access-Control-Allow-Headers", ("authorization",), "Authorisation,X-A", Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
        "Access-Control-Allow-Headers: Authorisation,X-A; `Authorisation` is another name",
    ),
    Example(
        "gateway-and-a-page-that-sends-an-answer-s-header",
        LISTED,
        preflight("GET", headers="access-control-allow-origin,x-b"),
        answers(),
        (LEAVE_OUT, AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",))),
        Layer.BROWSER,
        "A server answers with it",
    ),
    Example(
        "function-and-a-page-that-sends-an-answer-s-header",
        REST,
        preflight("GET", "/dev/y", headers="access-control-allow-origin"),
        answers(204, acao=PAGE),
        (LEAVE_OUT, AddRoute("orders", "GET /y")),
        Layer.BROWSER,
    ),
    Example(
        "gateway-quotes-a-name",
        QUOTED,
        preflight("GET", headers="x-a,x-b,x-c"),
        answers(),
        (
            AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-c",), ("x-a", "'X-B'")),
            ReplaceInCors("listed", CorsField.ALLOW_HEADERS, "'X-B'", ("x-b",)),
        ),
        Layer.GATEWAY,
        "its quotes are part of the names",
    ),
]

NOT_FOUND = [
    Example("listed", LISTED, preflight("GET", headers="x-a"), answers()),
]
