from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.exchange import OtherAnswer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.finding import Severity
from emulator.findings.rules.vary_origin_missing import RULE
from emulator.messages import Request
from findings.examples import (
    LISTED,
    OPEN,
    PAGE,
    PLAIN,
    RAISED,
    REST,
    TOO_MUCH,
    URL_CORS,
    URL_LIST,
    Example,
    answers,
    call,
    with_gateway_response,
)
from findings.one_rule import found, test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

KEPT = {"Cache-Control": "max-age=60"}
VARY = (ReturnHeaders("f", (("Vary", "Origin"),)),)
TO_NOBODY = OtherAnswer("GET /x", None, None)
TO_ANOTHER = OtherAnswer("GET /x", "http://a.test", "http://a.test")
TO_THE_PAGE = OtherAnswer("GET /x", PAGE, PAGE)
OF_THE_ROUTE = replace(TO_THE_PAGE, call="GET /x?page=2", is_same_url=False)


def load(path: str = "/x", page: str | None = PAGE, **headers: str) -> Request:
    """An <img> of a page, whose Referer names it where its policy lets it."""
    fetched = {"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image", "Sec_Fetch_Site": "same-site", **headers}
    request = call(path=path, **fetched, **({"Referer": f"{page}/"} if page else {}))
    return replace(request, headers=tuple(pair for pair in request.headers if pair[0] != "Origin"))


UNKNOWN = Example("unknown", REST, call(path="/dev/x"), answers(acao=PAGE, **KEPT), VARY, says="Nothing shows whether")
OTHERWISE = Example(
    "named-to-requests-with-origin-only",
    REST,
    call(path="/dev/x"),
    answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"),
    VARY,
    says="GET /x without Origin was answered without Access-Control-Allow-Origin",
    other=TO_NOBODY,
)
FETCHED = Example(
    "an-image-that-was-fetched",
    PLAIN,
    load(),
    answers(**KEPT),
    VARY,
    says=f"GET /x of {PAGE} was answered with Access-Control-Allow-Origin: {PAGE}",
    other=TO_THE_PAGE,
)
LOADED = Example(
    "an-image-whose-route-names-pages",
    PLAIN,
    load(Sec_Fetch_Site="cross-site"),
    answers(**KEPT),
    VARY,
    says="GET /x?page=2 of",
    other=OF_THE_ROUTE,
)
CONFIGURED = Example(
    "an-image-that-cors-lets-in",
    LISTED,
    load(),
    answers(**KEPT),
    VARY,
    says=f"`cors` of 'listed' lets {PAGE} in, and adds no header to the answer to a request without Origin",
)

FOUND = [
    UNKNOWN,
    OTHERWISE,
    replace(OTHERWISE, name="another-to-another", other=TO_ANOTHER, says="GET /x of http://a.test was answered with"),
    Example(
        "a-url-whose-function-names-another-origin",
        URL_LIST,
        call(path="/", origin="http://a.test"),
        answers(acao="http://a.test", **KEPT),
        VARY,
        other=TO_NOBODY,
    ),
    FETCHED,
    LOADED,
    replace(LOADED, name="an-image-whose-route-lets-any-in", other=replace(OF_THE_ROUTE, allow_origin="*")),
    CONFIGURED,
    replace(CONFIGURED, name="an-image-that-cors-lets-anyone-read", api=OPEN, says="`cors` of 'open' lets"),
    replace(
        CONFIGURED, name="an-image-of-a-function-url", api=URL_CORS, request=load("/"), says="`cors` of 'url' lets"
    ),
]

NOT_FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao=PAGE, **{"Cache-Control": "max-age=60"}),
        call(path="/dev/x"),
        TOO_MUCH,
    ),
    Example("aws-decides", URL_CORS, call(path="/"), answers(**KEPT)),
    Example("aws-varies", URL_LIST, call(path="/"), answers(**KEPT)),
    Example("aws-varies-on-an-http-api", LISTED, call(), answers(**KEPT)),
    Example("varies", REST, call(path="/dev/x"), answers(acao=PAGE, vary="Origin", **KEPT), other=TO_NOBODY),
    Example("blocked", REST, call(path="/dev/x"), answers(acao="http://a.test", **KEPT), other=TO_NOBODY),
    Example(
        "always-the-one-origin",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, **KEPT),
        other=OtherAnswer("GET /dev/x", None, PAGE),
    ),
    Example("an-image-that-varies", PLAIN, load(), answers(vary="Origin", **KEPT), other=TO_THE_PAGE),
    Example("an-image-that-is-not-kept", PLAIN, load(), answers(), other=TO_THE_PAGE),
    Example("an-image-that-names-the-page", PLAIN, load(), answers(acao=PAGE, **KEPT), other=TO_THE_PAGE),
    Example("an-image-that-nothing-else-is-known-of", PLAIN, load(), answers(**KEPT)),
    Example("an-image-of-a-page-that-cors-keeps-out", LISTED, load(page="http://a.test"), answers(**KEPT)),
    Example("an-image-of-a-page-that-is-not-named", LISTED, load(page=None), answers(**KEPT)),
    Example("an-image-of-the-gateway-s", LISTED, load(), RAISED),
]


@pytest.mark.parametrize(
    ("example", "severity", "given"),
    [
        (UNKNOWN, Severity.NOTE, "If they do"),
        (OTHERWISE, Severity.WARNING, ""),
        (FETCHED, Severity.WARNING, ""),
        (LOADED, Severity.NOTE, "If a script fetches it too"),
        (CONFIGURED, Severity.NOTE, "If a script fetches it too"),
    ],
)
def test_what_is_not_known_is_a_note(example: Example, severity: Severity, given: str) -> None:
    finding = found(example, RULE)
    assert finding is not None
    assert (finding.severity, finding.fix.given, finding.layer) == (severity, given, Layer.FUNCTION)


def test_any_origin_may_be_named_to_all() -> None:
    """Where the function does so to those that ask already."""
    to_all = (ReturnHeaders("f", (("Access-Control-Allow-Origin", "*"),)),)
    finding = found(replace(FETCHED, other=replace(TO_THE_PAGE, allow_origin="*")), RULE)
    assert finding is not None
    assert to_all in finding.fix.instead
    api = replace(LISTED, cors=CorsConfiguration(("*",)))
    by_gateway = found(replace(FETCHED, api=api, other=replace(TO_THE_PAGE, allow_origin="*")), RULE)
    assert by_gateway is not None
    assert to_all not in by_gateway.fix.instead
