from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import Answer, CallWithCredentials, DoByHand, MendHandler, ReturnHeaders
from emulator.findings.finding import Severity
from emulator.findings.rules.cookie_not_sent import RULE
from emulator.findings.set_cookies import BY_OWN_NAME
from emulator.messages import Request
from findings.before import Before
from findings.examples import PAGE, REST, URL_LIST, Example, answers, call
from findings.one_rule import found, test_found, test_not_found
from products import a_method, a_route

__all__ = ["RULE", "test_found", "test_not_found"]

KEYS = ("POST /auth/login", "GET /me", "GET /items", "GET /items/{id}", "GET /files/{proxy+}", "OPTIONS /auth/login")
SHOP = HttpApi("shop", "abcdef1234", tuple(map(a_route, KEYS)), cors=CorsConfiguration((PAGE,), allow_credentials=True))
MENDED = (MendHandler("f", "set the cookie with `Path=/`"),)


def cookie(more: str = "") -> dict[str, str]:
    return {"Set-Cookie": f"session=ann; SameSite=None; Secure{more}"}


LOCAL = "http://127.0.0.1:5173"
"""A page of the API's own site: in `call` the API is on 127.0.0.1."""
GUARDED = replace(REST, methods=(*REST.methods, a_method("POST", "/login")))
BOTH = replace(SHOP, cors=CorsConfiguration((PAGE, LOCAL), allow_credentials=True))
CHROME = {"User_Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
SITE, ACROSS = CHROME | {"Sec_Fetch_Site": "same-site"}, CHROME | {"Sec_Fetch_Site": "cross-site"}
GRANTED, KEPT_BACK = ACROSS | {"Sec_Fetch_Storage_Access": "active"}, ACROSS | {"Sec_Fetch_Storage_Access": "none"}
INCLUDED = (CallWithCredentials(),)
PARTITIONED = (MendHandler("f", "set the cookie with `SameSite=None; Secure; Partitioned`"),)
ACROSS_SITES = "session=ann; Path=/; SameSite=None; Secure"


def log_in(
    origin: str = LOCAL, line: str = "session=ann; Path=/", path: str = "/auth/login", **headers: str
) -> tuple[Before, ...]:
    """An answer before that sets a cookie."""
    request = call("POST", path, origin, **(headers or SITE))
    return (Before(request, answers(acao=origin, acac="true", **{"Set-Cookie": line})),)


NAVIGATED = Before(
    Request("GET", "/items", headers=(
        ("Host", "127.0.0.1:3000"), ("User-Agent", CHROME["User_Agent"]), ("Sec-Fetch-Site", "none"),
        ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")), port=3000),
    answers(**{"Set-Cookie": "session=ann; Path=/; SameSite=Lax"}),
)  # fmt: skip

CAME_WITHOUT = [
    Example(
        "a-call-without-credentials-or-a-log-in-without",
        BOTH,
        call(path="/me", origin=LOCAL, **SITE),
        answers(401),
        INCLUDED,
        Layer.BROWSER,
        says="which the answer to POST /auth/login sets: one of the two calls was made without credentials",
        earlier=log_in(),
    ),
    Example(
        "a-call-without-credentials-or-no-cookie-any-more",
        BOTH,
        call(path="/me", origin=LOCAL, **SITE),
        answers(200),
        INCLUDED,
        Layer.BROWSER,
        says="credentials: 'include', or its browser has the cookie no more; a private window never had it. whether",
        earlier=(*log_in(), Before(call(path="/me", origin=LOCAL, **SITE, Cookie="session=ann"), answers())),
    ),
    Example(
        "a-function-that-does-not-allow-credentials-yet",
        GUARDED,
        call(path="/dev/x", origin=LOCAL, **SITE),
        answers(403, acao="*"),
        (
            CallWithCredentials(),
            ReturnHeaders(
                "f",
                (("Access-Control-Allow-Origin", LOCAL), ("Access-Control-Allow-Credentials", "true")),
                Answer.ERROR,
            ),
        ),
        Layer.BROWSER,
        says="it was answered 403",
        earlier=log_in(path="/dev/login"),
    ),
    Example(
        "a-call-without-credentials",
        BOTH,
        call(path="/me", **ACROSS),
        answers(401),
        INCLUDED,
        Layer.BROWSER,
        says="sets: the call was made without credentials: 'include'. it was answered 401",
        earlier=log_in(PAGE, ACROSS_SITES, **GRANTED),
    ),
    Example(
        "third-parties",
        BOTH,
        call(path="/me", **KEPT_BACK),
        answers(401),
        PARTITIONED,
        says="the browser keeps the cookies of third parties back (Sec-Fetch-Storage-Access: none).",
        earlier=log_in(PAGE, ACROSS_SITES, **KEPT_BACK),
    ),
    Example(
        "another-site",
        BOTH,
        call(path="/me", **KEPT_BACK),
        answers(401),
        (MendHandler("f", "set the cookie with `SameSite=None; Secure`"),),
        says="which the answer to GET /items sets: its SameSite keeps it from the calls of other sites' pages.",
        earlier=(NAVIGATED,),
    ),
    Example(
        "third-parties-since-a-navigation",
        BOTH,
        call(path="/me", **KEPT_BACK),
        answers(401),
        (DoByHand(BY_OWN_NAME),),
        says="of third parties back",
        earlier=(replace(NAVIGATED, result=answers(**{"Set-Cookie": ACROSS_SITES})),),
    ),
    Example(
        "another-folder",
        BOTH,
        call(path="/me", origin=LOCAL, **SITE),
        answers(401),
        MENDED,
        says="sets: it belongs to /auth and what lies below.",
        earlier=log_in(line="session=ann"),
    ),
]

FOUND = [
    *CAME_WITHOUT,
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
    Example("sent", BOTH, call(path="/me", origin=LOCAL, **SITE, Cookie="session=ann"), answers(), earlier=log_in()),
    Example("a-client-without-a-jar", BOTH, call(path="/me", origin=LOCAL), answers(401), earlier=log_in()),
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


def test_how_bad_it_is() -> None:
    """A reason that shows, of a call that was refused, is a warning; so is a cookie that no route gets."""
    severities = {example.name: finding.severity for example in FOUND if (finding := found(example, RULE))}
    assert [name for name, severity in severities.items() if severity is Severity.WARNING] == [
        "a-call-without-credentials", "third-parties", "another-site", "third-parties-since-a-navigation",
        "another-folder", "a-path-without-the-stage", "a-path-below-every-route",
    ]  # fmt: skip


def test_what_may_be_so_is_said_as_no_more() -> None:
    given = {example.name: finding.fix.given for example in CAME_WITHOUT if (finding := found(example, RULE))}
    assert [name for name, said in given.items() if said] == [
        "a-call-without-credentials-or-a-log-in-without", "a-call-without-credentials-or-no-cookie-any-more",
        "a-function-that-does-not-allow-credentials-yet",
    ]  # fmt: skip
