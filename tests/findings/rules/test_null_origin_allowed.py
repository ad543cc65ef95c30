from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, RemoveHeaders, ReplaceInCors, ServePage
from emulator.findings.rules.null_origin_allowed import RULE
from findings.examples import (
    OPEN,
    PAGE,
    REST,
    TOO_MUCH,
    URL_CORS,
    Example,
    answers,
    call,
    preflight,
    with_gateway_response,
)
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

URL_OF_NULL = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE, "null"), allow_credentials=True))

FOUND = [
    Example(
        "function",
        REST,
        call(path="/dev/x", origin="null"),
        answers(acao="null"),
        (ServePage(), RemoveHeaders("f", "Access-Control-")),
        Layer.FUNCTION,
        says="any site can read this answer without credentials",
    ),
    Example(
        "function-url",
        URL_OF_NULL,
        call(path="/", origin="null", Cookie="a=b"),
        answers(),
        (ServePage(), ReplaceInCors("url", CorsField.ALLOW_ORIGINS, "null", ())),
        Layer.GATEWAY,
        says="any site can read this answer with the user's cookies",
    ),
]

NOT_FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao="null"),
        call(path="/dev/x", origin="null"),
        TOO_MUCH,
    ),
    Example("another-page", URL_OF_NULL, call(path="/"), answers()),
    Example("everybody", OPEN, call(origin="null"), answers()),
    Example("everybody-by-echo", URL_CORS, call(path="/", origin="null"), answers()),
    Example("a-preflight-is-not-read", REST, preflight("GET", "/dev/y", "null"), answers(204, acao="null")),
]
