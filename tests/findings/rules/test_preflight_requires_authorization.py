from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Layer
from emulator.aws.rest_api.method_request import MethodRequest
from emulator.aws.rest_api.rest_api import Method
from emulator.findings.changes import AddCors, AddRoute, AddToCors, CorsField, DoByHand, RemoveRoute, ReplaceRoute
from emulator.findings.rules.preflight_requires_authorization import RULE
from findings.examples import PAGE, REST, Example, answers, call, http, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method
from tokens import users

__all__ = ["RULE", "test_found", "test_not_found"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
ANSWER = (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PURGE"))


def guarded(*keys: str, has_cors: bool = True) -> HttpApi:
    api = http(*keys)
    routes = tuple(replace(route, authorizer=users()) for route in api.routes)
    return replace(api, routes=routes, cors=api.cors if has_cors else None)


KEYED = MethodRequest(api_key_required=True)
LAMBDA = LambdaProxy("f", "1.0", 29.0)
GET = Method("GET", "/x", LAMBDA, KEYED)
BOTH = replace(REST, methods=(GET, Method("OPTIONS", "/x", LAMBDA, KEYED)))
ANY = replace(REST, methods=(Method("ANY", "/x", LAMBDA, KEYED),))
ALLOWED = answers(204, acao=PAGE, acam="GET", acah="x-api-key")
WITH_KEY = preflight("GET", "/dev/x", headers="x-api-key")
ALLOWING_KEY = (
    ("Access-Control-Allow-Origin", PAGE),
    ("Access-Control-Allow-Methods", "GET"),
    ("Access-Control-Allow-Headers", "x-api-key"),
)

FOUND = [
    Example(
        "options-requires-a-key",
        BOTH,
        WITH_KEY,
        ALLOWED,
        (DoByHand("take `apiKeyRequired` off the route `OPTIONS /x` of 'orders'"),),
        Layer.GATEWAY,
        "a browser never sends x-api-key with a preflight",
    ),
    Example(
        "any-requires-a-key",
        ANY,
        WITH_KEY,
        ALLOWED,
        (AddRoute("orders", "OPTIONS /x", ALLOWING_KEY),),
        Layer.GATEWAY,
        "`ANY /x` requires it of OPTIONS too",
    ),
    Example(
        "any",
        guarded("ANY /x"),
        preflight("PUT"),
        answers(),
        (ReplaceRoute("h", "ANY /x", tuple(f"{method} /x" for method in METHODS)),),
        Layer.AUTHORIZER,
        "route 'ANY /x' matches OPTIONS, and the authorizer users finds no token",
    ),
    Example(
        "options",
        guarded("PUT /x", "OPTIONS /x"),
        preflight("PUT"),
        answers(),
        (RemoveRoute("h", "OPTIONS /x"),),
        Layer.AUTHORIZER,
        "Each route keeps its authorizer.",
    ),
    Example(
        "a-header-that-the-list-lacks",
        guarded("OPTIONS /x", "GET /x"),
        preflight("GET", headers="authorization"),
        answers(),
        (RemoveRoute("h", "OPTIONS /x"), AddToCors("h", CorsField.ALLOW_HEADERS, ("authorization",), ())),
        Layer.AUTHORIZER,
    ),
    Example(
        "no-cors",
        guarded("GET /x", "OPTIONS /x", has_cors=False),
        preflight("GET"),
        answers(),
        (RemoveRoute("h", "OPTIONS /x"), AddCors("h", CorsConfiguration((PAGE,), ("GET",)))),
        Layer.AUTHORIZER,
    ),
    Example(
        "a-method-of-any-alone",
        guarded("ANY /x"),
        preflight("PURGE"),
        answers(),
        (AddRoute("h", "OPTIONS /x", ANSWER),),
        Layer.AUTHORIZER,
        "No route but one of all methods",
    ),
    Example(
        "a-method-of-default-alone",
        guarded("$default"),
        preflight("PURGE"),
        answers(),
        (AddRoute("h", "OPTIONS /{proxy+}", ANSWER),),
        Layer.AUTHORIZER,
    ),
]

NOT_FOUND = [
    Example("the-keyed-call-itself", BOTH, call(path="/dev/x"), answers(acao=PAGE)),
    Example("options-requires-none", replace(BOTH, methods=(GET, a_method("OPTIONS", "/x"))), WITH_KEY, ALLOWED),
    Example("the-gateway-answers-itself", guarded("PUT /x"), preflight("PUT"), answers()),
    Example("the-call-itself", guarded("ANY /x", has_cors=False), call(), answers()),
    Example("no-authorizer", http("ANY /x"), preflight("PUT"), answers(405)),
]
