from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddToCors, CorsField, RemoveHeaders, SetCorsCredentials
from emulator.findings.finding import Severity
from emulator.findings.rules.function_cors_ignored import RULE
from findings.examples import ITEMS, OPEN, PAGE, RAISED, WITH_CORS, Example, answers, call, preflight
from findings.one_rule import found, test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

EXPOSE = "Access-Control-Expose-Headers"
EXPOSING_ALL = replace(ITEMS, cors=CorsConfiguration((PAGE,), ("GET",), expose_headers=("*",), allow_credentials=True))

FOUND = [
    Example(
        "disagree",
        WITH_CORS,
        call(path="/items"),
        answers(acao="http://a.test"),
        (RemoveHeaders("f", "Access-Control-"),),
        Layer.FUNCTION,
        says="the gateway sent 'http://localhost:5173'; it would keep this page out",
    ),
    Example(
        "an-ignored-list-becomes-one-of-cors",
        WITH_CORS,
        call(path="/items"),
        answers(**{EXPOSE: "x-a, Content-Type", "x-a": "1"}),
        (AddToCors("items", CorsField.EXPOSE_HEADERS, ("x-a",), ()),),
        Layer.GATEWAY,
        says="the gateway sent none; it would let the page read them",
    ),
    Example(
        "an-ignored-wildcard-too",
        WITH_CORS,
        call(path="/items"),
        answers(**{EXPOSE: "*"}),
        (AddToCors("items", CorsField.EXPOSE_HEADERS, ("*",), ()),),
        Layer.GATEWAY,
    ),
    Example(
        "by-name-where-the-wildcard-is-none",
        EXPOSING_ALL,
        call(path="/items", Cookie="a=b"),
        answers(**{EXPOSE: "x-a, *"}),
        (AddToCors("items", CorsField.EXPOSE_HEADERS, ("x-a",), ("*",)),),
        Layer.GATEWAY,
    ),
    Example(
        "credentials",
        WITH_CORS,
        call(path="/items"),
        answers(acao=PAGE, acac="true"),
        (SetCorsCredentials("items", allowed=True),),
        Layer.GATEWAY,
        says="it would be right for calls with credentials",
        credentials=Credentials.OMIT,
    ),
    Example(
        "credentials-that-no-wildcard-has",
        OPEN,
        call(),
        answers(acao="*", acac="true"),
        (RemoveHeaders("f", "Access-Control-"),),
        says="it would do nothing with `*`",
        credentials=Credentials.OMIT,
    ),
]

NOT_FOUND = [
    Example("a-script", WITH_CORS, call(path="/items", Sec_Fetch_Dest="script"), answers(**{EXPOSE: "x-a"})),
    Example("agree", WITH_CORS, call(path="/items"), answers(acao=PAGE)),
    Example("let-in-by-both", WITH_CORS, call(path="/items"), answers(acao="*")),
    Example("of-preflights-only", WITH_CORS, call(path="/items"), answers(acao=PAGE, acam="PUT", acah="x-a")),
    Example("a-preflight", replace(OPEN, cors=WITH_CORS.cors), preflight("GET", "/any"), answers(204, acao="*")),
    Example("exposed-by-all", EXPOSING_ALL, call(path="/items"), answers(**{EXPOSE: "x-a"})),
    Example("told-by-the-block", WITH_CORS, call(path="/items", origin="http://a.test"), answers(acao="*")),
    Example("no-cors-section", ITEMS, call(path="/items"), answers(acao="http://a.test")),
    Example("failed", WITH_CORS, call(path="/items"), RAISED),
]


def test_what_a_page_misses_is_a_warning_and_what_it_does_not_a_note() -> None:
    severities = {example.name: finding.severity for example in FOUND if (finding := found(example, RULE))}
    assert {name for name, severity in severities.items() if severity is Severity.NOTE} == {
        "disagree",
        "credentials",
        "credentials-that-no-wildcard-has",
    }
