from emulator.aws.product import Layer
from emulator.findings.changes import AddToCors, CorsField, RemoveHeaders
from emulator.findings.rules.gateway_and_function_disagree import RULE
from findings.examples import PAGE, REST, URL, URL_LIST, WITH_CORS, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

OTHER = "https://other.example.com"

FOUND = [
    Example(
        "a-function-that-lets-everybody-in",
        URL_LIST,
        call(path="/", origin=OTHER),
        answers(acao="*"),
        (AddToCors("url", CorsField.ALLOW_ORIGINS, (OTHER,), (PAGE,)), RemoveHeaders("f", "Access-Control-")),
        Layer.GATEWAY,
        says="every call that is preflighted is blocked",
    ),
]

NOT_FOUND = [
    Example("both-refuse", URL_LIST, call(path="/", origin=OTHER), answers()),
    Example("both-allow", URL_LIST, call(path="/"), answers()),
    Example("a-page-that-no-list-can-name", URL_LIST, call(path="/", origin="null"), answers(acao="*")),
    Example("a-preflight", URL_LIST, preflight("GET", "/", OTHER), answers(acao="*")),
    Example("one-speaks", URL, call(path="/"), answers(acao="*")),
    Example("a-gateway-that-drops-it", WITH_CORS, call(path="/items", origin=OTHER), answers(acao="*")),
    Example("no-cors-of-a-gateway", REST, call(path="/dev/x"), answers(acao="*")),
]
