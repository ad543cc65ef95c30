from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    CallWithoutCredentials,
    CorsField,
    ReturnHeaders,
    ServePage,
    SetGatewayResponse,
)
from emulator.findings.rules.opaque_origin import RULE
from findings.examples import (
    OPEN,
    RAISED,
    REST,
    SECRET,
    SHOP,
    TOO_MUCH,
    URL_LIST,
    Example,
    answers,
    call,
    preflight,
    with_gateway_response,
)
from findings.one_rule import test_found, test_not_found
from serving.exchanges import PAGE

__all__ = ["RULE", "test_found", "test_not_found"]

WEB_VIEW = "capacitor://localhost"
ORIGINS = ("http://localhost:5174", "http://127.0.0.1:5173/")

FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao=PAGE),
        call(path="/dev/x", origin="null"),
        TOO_MUCH,
        (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Origin", "*"),)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway",
        SHOP,
        call(origin="null"),
        answers(),
        (ServePage(),),
        Layer.GATEWAY,
        says="which is a page opened from a file",
    ),
    Example(
        "gateway-and-credentials",
        SECRET,
        call(origin="null"),
        answers(),
        (ServePage(),),
        Layer.GATEWAY,
        credentials=Credentials.OMIT,
        says="Never allow null by name",
    ),
    Example(
        "gateway-that-ignores-the-function",
        SHOP,
        call(origin="null", Referer=f"{PAGE}/"),
        answers(acao="*"),
        (ServePage(),),
        Layer.GATEWAY,
        says="a redirect from another origin",
    ),
    Example(
        "gateway-preflight",
        SHOP,
        preflight("PUT", origin="null"),
        answers(),
        (ServePage(),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-web-view",
        SHOP,
        call(origin=WEB_VIEW),
        answers(),
        (AddToCors("shop", CorsField.ALLOW_ORIGINS, ("*",), ORIGINS), CallWithoutCredentials()),
        Layer.GATEWAY,
        says="AWS refuses capacitor://localhost",
    ),
    Example(
        "gateway-preflight-of-a-web-view",
        SHOP,
        preflight("PUT", origin="ionic://localhost", headers="x-a,x-b"),
        answers(),
        (
            AddToCors("shop", CorsField.ALLOW_ORIGINS, ("*",), ORIGINS),
            CallWithoutCredentials(),
            AddToCors("shop", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddToCors("shop", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",)),
            AddRoute("shop", "PUT /x"),
        ),
        Layer.GATEWAY,
        says="PUT is not in `cors.allowMethods` of 'shop': [GET]",
    ),
    Example(
        "function-url-and-a-web-view",
        URL_LIST,
        call(path="/", origin="file://"),
        answers(),
        (AddToCors("url", CorsField.ALLOW_ORIGINS, ("file://",), (PAGE,)),),
        Layer.GATEWAY,
        says="Origin: file://, which is a web view's",
    ),
    Example("function-url-raises", URL_LIST, call(path="/", origin="null"), RAISED, (ServePage(),), Layer.GATEWAY),
    Example(
        "function-without-headers",
        REST,
        call(path="/dev/x", origin="null"),
        answers(),
        (ServePage(),),
        Layer.FUNCTION,
        says="adds no CORS headers",
    ),
    Example(
        "function-with-another-origin",
        REST,
        call(path="/dev/x", origin="null"),
        answers(acao="http://a.test"),
        (ServePage(),),
        Layer.FUNCTION,
        says="Never allow null by name",
    ),
    Example(
        "function-and-its-preflight",
        REST,
        preflight("PUT", "/dev/y", "null", "x-a"),
        answers(),
        (ServePage(), AddRoute("orders", "PUT /y")),
        Layer.FUNCTION,
    ),
    Example(
        "function-and-a-web-view",
        REST,
        call(path="/dev/x", origin=WEB_VIEW),
        answers(),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", WEB_VIEW),)),),
        Layer.FUNCTION,
        says="a web view's or an extension's page",
    ),
]

NOT_FOUND = [
    Example("an-origin", SHOP, call(), answers()),
    Example("let-in-by-all", OPEN, call(origin="null"), answers()),
    Example("credentials", OPEN, call(origin="null"), answers(), credentials=Credentials.INCLUDE),
    Example("what-no-browser-sends", SHOP, call(origin="http://a/"), answers()),
    Example("another-fault-of-the-function", REST, call(path="/dev/x", origin="null"), answers(acao="a, b")),
    Example("another-fault-of-a-preflight", OPEN, preflight("PUT", "/x", "null"), answers()),
]
