from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import MendHandler
from emulator.findings.finding import Severity
from emulator.findings.rules.cookie_not_sent import RULE
from findings.examples import PAGE, REST, URL_LIST, Example, answers, call
from findings.one_rule import found, test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

KEYS = ("POST /auth/login", "GET /me", "GET /items", "GET /items/{id}", "GET /files/{proxy+}", "OPTIONS /auth/login")
SHOP = HttpApi("shop", "abcdef1234", tuple(map(a_route, KEYS)), cors=CorsConfiguration((PAGE,), allow_credentials=True))
MENDED = (MendHandler("f", "set the cookie with `Path=/`"),)


def cookie(more: str = "") -> dict[str, str]:
    return {"Set-Cookie": f"session=ann; SameSite=None; Secure{more}"}


FOUND = [
    Example(
        "the-folder-of-the-log-in",
        SHOP,
        call("POST", "/auth/login"),
        answers(**cookie()),
        MENDED,
        says="not to /me, /items, /items/{id}, ...: it belongs to /auth",
    ),
    Example(
        "a-path-without-the-stage",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(acao=PAGE, acac="true", **cookie("; Path=/x")),
        MENDED,
        says="to no route of 'orders': it belongs to /x",
    ),
    Example(
        "a-path-below-every-route",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, acac="true", **cookie("; Path=/dev/x/y")),
        MENDED,
    ),
]

NOT_FOUND = [
    Example("to-all", SHOP, call("POST", "/auth/login"), answers(**cookie("; Path=/"))),
    Example("meant-for-some", SHOP, call("POST", "/auth/login"), answers(**cookie("; Path=/items/1"))),
    Example("meant-for-files", SHOP, call("POST", "/auth/login"), answers(**cookie("; Path=/files/a/b"))),
    Example("to-the-stage", REST, call(path="/dev/x"), answers(acao=PAGE, acac="true", **cookie())),
    Example("a-url-takes-any-path", URL_LIST, call("POST", "/auth/login"), answers(**cookie())),
    Example("a-route-for-all", replace(SHOP, routes=(a_route("$default"),)), call(path="/a/b"), answers(**cookie())),
    Example("refused-anyway", SHOP, call("POST", "/auth/login"), answers(**{"Set-Cookie": "a=b; SameSite=Lax"})),
    Example(
        "ignored-anyway", SHOP, call("POST", "/auth/login"), answers(**cookie()), credentials=Credentials.SAME_ORIGIN
    ),
]


def test_a_cookie_that_some_routes_get_is_a_note() -> None:
    severities = [finding.severity for example in FOUND if (finding := found(example, RULE))]
    assert severities == [Severity.NOTE, Severity.WARNING, Severity.WARNING]
    assert FOUND[0].layer is Layer.FUNCTION
