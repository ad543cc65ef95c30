from emulator.aws.product import Layer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.rules.vary_origin_missing import RULE
from findings.examples import LISTED, PAGE, REST, URL_CORS, URL_LIST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "expires",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"),
        (ReturnHeaders("f", (("Vary", "Origin"),)),),
        Layer.FUNCTION,
    ),
    Example(
        "a-url-whose-function-names-another-origin",
        URL_LIST,
        call(path="/", origin="http://a.test"),
        answers(acao="http://a.test", **{"Cache-Control": "max-age=60"}),
        (ReturnHeaders("f", (("Vary", "Origin"),)),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("aws-decides", URL_CORS, call(path="/"), answers(**{"Cache-Control": "max-age=60"})),
    Example("aws-varies", URL_LIST, call(path="/"), answers(**{"Cache-Control": "max-age=60"})),
    Example("aws-varies-on-an-http-api", LISTED, call(), answers(**{"Cache-Control": "max-age=60"})),
    Example(
        "varies", REST, call(path="/dev/x"), answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT", vary="Origin")
    ),
    Example(
        "blocked", REST, call(path="/dev/x"), answers(acao="http://a.test", expires="Thu, 01 Jan 2099 00:00:00 GMT")
    ),
]
