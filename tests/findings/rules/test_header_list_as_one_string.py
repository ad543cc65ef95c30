from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, ReplaceInCors
from emulator.findings.rules.header_list_as_one_string import RULE
from findings.examples import LISTED, PAGE, URL_CORS, URL_LIST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function-url-list-in-one-entry",
        URL_LIST,
        preflight("GET", "/", headers="x-a"),
        answers(),
        (ReplaceInCors("url", CorsField.ALLOW_HEADERS, "Content-Type, X-B", ("Content-Type", "X-B")),),
        Layer.GATEWAY,
    ),
    Example(
        "preflight-of-put",
        URL_LIST,
        preflight("PUT", "/", headers="x-b"),
        answers(),
        (ReplaceInCors("url", CorsField.ALLOW_HEADERS, "Content-Type, X-B", ("Content-Type", "X-B")),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("one-name-an-entry", URL_CORS, preflight("PUT", "/", headers="x-a"), answers()),
    Example("no-preflight", URL_LIST, call(path="/", origin="http://a.test"), answers()),
    Example(
        "another-failure",
        replace(LISTED, cors=CorsConfiguration((PAGE,), ("GET",), ("x-a, x-b",))),
        preflight("PUT", headers="x-a"),
        answers(),
    ),
]
