from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallWithoutCredentials,
    CorsField,
    RemoveHeaders,
    ReplaceInCors,
    ReturnHeaders,
    ServePage,
    SetCorsCredentials,
    SetGatewayResponse,
)
from emulator.findings.finding import Severity
from emulator.findings.rules.wildcard_with_credentials import RULE
from findings.examples import (
    OPEN,
    PAGE,
    REST,
    SECRET,
    TOO_MUCH,
    Example,
    answers,
    call,
    http,
    preflight,
    with_gateway_response,
)
from findings.one_rule import found, test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

EXPOSE = "Access-Control-Expose-Headers"
INCLUDE = Credentials.INCLUDE
WITHOUT = (RemoveHeaders("f", "Access-Control-Allow-Credentials"), CallWithoutCredentials())
STARS = replace(SECRET, cors=CorsConfiguration((PAGE,), ("*",), ("*",), ("*",), allow_credentials=True))

ANY_METHOD = replace(http("ANY /x"), cors=CorsConfiguration((PAGE,), ("*",), allow_credentials=True))

FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao="*"),
        call(path="/dev/x", Cookie="a=b"),
        TOO_MUCH,
        (
            SetGatewayResponse(
                "orders",
                "DEFAULT_5XX",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Credentials", "true")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "method-that-no-list-can-name",
        ANY_METHOD,
        preflight("PURGE"),
        answers(),
        (CallWithoutCredentials(),),
        Layer.GATEWAY,
        "is no wildcard",
        credentials=Credentials.INCLUDE,
    ),
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
        WITHOUT,
        Layer.FUNCTION,
        credentials=Credentials.OMIT,
    ),
    Example(
        "function-any-header",
        REST,
        preflight("GET", "/dev/y", headers="content-type,x-a"),
        answers(acao=PAGE, acac="true", acah="*"),
        (
            AddToHeader("f", "Access-Control-Allow-Headers", ("content-type", "x-a"), "*", Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        Layer.FUNCTION,
        says="`*` in Access-Control-Allow-Headers is no wildcard",
        credentials=INCLUDE,
    ),
    Example(
        "gateway-any-method-and-header",
        STARS,
        preflight("PUT", headers="x-a"),
        answers(),
        (
            AddToCors("listed", CorsField.ALLOW_METHODS, ("PUT",), ("*",)),
            AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-a",), ("*",)),
            AddRoute("listed", "PUT /x"),
        ),
        Layer.GATEWAY,
        says="it is the browser that refuses",
        credentials=INCLUDE,
    ),
    Example(
        "gateway-exposes-any-header",
        STARS,
        call(Cookie="a=b"),
        answers(**{"X-Total": "1"}),
        (AddToCors("listed", CorsField.EXPOSE_HEADERS, ("X-Total",), ("*",)),),
        Layer.GATEWAY,
        says="The page cannot read X-Total",
    ),
    Example(
        "function-exposes-any-header",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(acao=PAGE, acac="true", **{EXPOSE: "*", "x-a": "1"}),
        (AddToHeader("f", EXPOSE, ("x-a",), "*"),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example(
        "gateway-response-without-credentials-in-play",
        with_gateway_response(acao="*", acac="true"),
        call(path="/dev/x"),
        TOO_MUCH,
        credentials=Credentials.SAME_ORIGIN,
    ),
    Example("any-header-without-credentials", STARS, preflight("PUT", headers="x-a"), answers()),
    Example("another-list", STARS, preflight("GET", origin="http://a.test"), answers(), credentials=INCLUDE),
    Example("no-wildcard", SECRET, preflight("PUT"), answers(), credentials=INCLUDE),
    Example("nothing-to-expose", STARS, call(Cookie="a=b"), answers()),
    Example("wildcard-alone", REST, call(path="/dev/x"), answers(acao="*"), credentials=Credentials.SAME_ORIGIN),
    Example("named", REST, call(path="/dev/x"), answers(acao=PAGE, acac="true")),
]


def test_what_a_page_misses_is_a_warning_and_what_blocks_it_an_error() -> None:
    severities = {example.name: finding.severity for example in FOUND if (finding := found(example, RULE))}
    assert {name for name, severity in severities.items() if severity is Severity.WARNING} == {
        "not-used-yet",
        "not-used-yet-opaque",
        "gateway-exposes-any-header",
        "function-exposes-any-header",
    }


def test_to_drop_the_header_alone_is_no_way_out_for_a_page_that_calls_with_credentials() -> None:
    (undecided,) = (example for example in FOUND if example.name == "not-used-yet")
    finding = found(undecided, RULE)
    assert finding is not None
    assert finding.fix.instead == (WITHOUT,)
