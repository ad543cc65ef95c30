from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    CallWithoutCredentials,
    CorsField,
    ReplaceInCors,
    ReturnHeaders,
    ServePage,
    SetCorsCredentials,
    SetGatewayResponse,
)
from emulator.findings.rules.credentials_not_allowed import RULE
from findings.examples import (
    LISTED,
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

FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao=PAGE),
        call(path="/dev/x", Cookie="a=b"),
        TOO_MUCH,
        (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Credentials", "true"),)),),
        Layer.GATEWAY,
    ),
    Example(
        "a-method-that-no-list-can-name",
        LISTED,
        preflight("PURGE"),
        answers(),
        (
            AddToCors("listed", CorsField.ALLOW_METHODS, ("*",), ("GET",)),
            CallWithoutCredentials(),
            AddRoute("listed", "ANY /x"),
        ),
        Layer.GATEWAY,
        says="AWS takes no such name there, and `*` stands for it without credentials only",
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "function-no-credentials",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(acao=PAGE),
        (ReturnHeaders("f", (("Access-Control-Allow-Credentials", "true"),)),),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-credentials",
        LISTED,
        call(Cookie="a=b"),
        answers(),
        (SetCorsCredentials("listed", allowed=True),),
        Layer.GATEWAY,
    ),
    Example(
        "function-url-credentials-for-any-origin",
        URL_CORS,
        call(path="/", Cookie="a=b"),
        answers(),
        (ReplaceInCors("url", CorsField.ALLOW_ORIGINS, "*", (PAGE,)), SetCorsCredentials("url", allowed=True)),
        Layer.GATEWAY,
    ),
    Example(
        "function-opaque",
        REST,
        call(path="/dev/x", origin="null"),
        answers(acao="null"),
        (ServePage(),),
        Layer.FUNCTION,
        credentials=Credentials.INCLUDE,
    ),
]

NOT_FOUND = [
    Example("allowed", REST, call(path="/dev/x", Cookie="a=b"), answers(acao=PAGE, acac="true")),
]
