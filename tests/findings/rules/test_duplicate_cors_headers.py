from emulator.aws.product import Layer
from emulator.findings.changes import RemoveHeaders
from emulator.findings.rules.duplicate_cors_headers import RULE
from findings.examples import URL, URL_ALL, URL_CORS, URL_LIST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function-url-twice",
        URL_CORS,
        call(path="/"),
        answers(acao="*"),
        (RemoveHeaders("f", "Access-Control-"),),
        Layer.FUNCTION,
        says="from `cors` of 'url'; AWS sends both",
    ),
    Example(
        "function-url-any-origin-twice",
        URL_ALL,
        call(path="/", Cookie="a=b"),
        answers(acao="*"),
        (RemoveHeaders("f", "Access-Control-"),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("once", URL_CORS, call(path="/"), answers()),
    Example(
        "a-list-of-the-function-where-the-url-adds-none",
        URL_LIST,
        call(path="/", origin="http://a.test"),
        answers(acao="http://a.test, http://b.test"),
    ),
    Example("a-list-of-the-function-alone", URL, call(path="/"), answers(acao="http://a.test, http://b.test")),
]
