from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import (
    CallWithoutCredentials,
    CorsField,
    RemoveHeaders,
    ReplaceInCors,
    ReturnHeaders,
    ServePage,
    SetCorsCredentials,
)
from emulator.findings.rules.wildcard_with_credentials import RULE
from findings.examples import OPEN, PAGE, REST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function-wildcard-credentials",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(acao="*", acac="true"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-wildcard-credentials",
        OPEN,
        call(Cookie="a=b"),
        answers(),
        (ReplaceInCors("open", CorsField.ALLOW_ORIGINS, "*", (PAGE,)), SetCorsCredentials("open", allowed=True)),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-opaque",
        OPEN,
        call(origin="null"),
        answers(),
        (CallWithoutCredentials(),),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
        says="Never allow null by name",
    ),
    Example(
        "gateway-web-view",
        OPEN,
        call(origin="tauri://localhost"),
        answers(),
        (CallWithoutCredentials(),),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "function-opaque",
        REST,
        call(path="/dev/x", origin="null"),
        answers(acao="*"),
        (ServePage(),),
        Layer.FUNCTION,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "not-used-yet",
        REST,
        call(path="/dev/x"),
        answers(acao="*", acac="true"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
        says="as soon as the page calls",
    ),
    Example(
        "not-used-yet-opaque",
        REST,
        call(path="/dev/x", origin="null"),
        answers(acao="*", acac="true"),
        (RemoveHeaders("f", "Access-Control-Allow-Credentials"),),
        Layer.FUNCTION,
        credentials=Credentials.OMIT,
    ),
]

NOT_FOUND = [
    Example("wildcard-alone", REST, call(path="/dev/x"), answers(acao="*"), credentials=Credentials.SAME_ORIGIN),
    Example("named", REST, call(path="/dev/x"), answers(acao=PAGE, acac="true")),
]
