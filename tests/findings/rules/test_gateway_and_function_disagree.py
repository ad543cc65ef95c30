import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddToCors, Answer, CorsField, RemoveHeaders, ReturnHeaders, SetCorsCredentials
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.findings.rules.gateway_and_function_disagree import RULE
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.before import Before, exchanged_after
from findings.examples import PAGE, REST, URL, URL_LIST, WITH_CORS, Example, answers, call, preflight
from findings.one_rule import found, test_found, test_not_found
from products import a_method

__all__ = ["RULE", "test_found", "test_not_found"]

OTHER = "https://other.example.com"

PAIR = RestApi("pair", "abcdef1234", (a_method("OPTIONS", "/x", "preflights"), a_method("PUT", "/x", "writes")), "dev")
PUT = call("PUT", "/dev/x")
NAMED, ALL, WITH = {"acao": PAGE}, {"acao": "*"}, {"acao": PAGE, "acac": "true"}
DEPLOYED = Credentials.SAME_ORIGIN
URL_ONE = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,), ("PUT",)))


def allowed(path: str = "/dev/x", **headers: str) -> tuple[Before, ...]:
    """The preflight of a PUT before it, and what it was told."""
    return (Before(preflight("PUT", path), answers(204, acam="PUT", **headers)),)


def credentials_to(function: str, on: Answer, *headers: tuple[str, str]) -> ReturnHeaders:
    return ReturnHeaders(function, (*headers, ("Access-Control-Allow-Credentials", "true")), on)


ORIGIN = ("Access-Control-Allow-Origin", PAGE)

FOUND = [
    Example(
        "credentials-in-the-preflight-only",
        PAIR,
        PUT,
        answers(**NAMED),
        (credentials_to("writes", Answer.ANY),),
        says=f"OPTIONS was answered with Access-Control-Allow-Origin: {PAGE} (function 'preflights'), "
        "Access-Control-Allow-Credentials: true (function 'preflights') PUT was answered with "
        f"Access-Control-Allow-Origin: {PAGE} (function 'writes') and no Access-Control-Allow-Credentials",
        credentials=DEPLOYED,
        earlier=allowed(**WITH),
    ),
    Example(
        "credentials-in-the-preflight-of-an-error",
        PAIR,
        PUT,
        answers(404, **ALL),
        (credentials_to("writes", Answer.ERROR, ORIGIN),),
        says="with them PUT is sent, and its answer blocked",
        credentials=DEPLOYED,
        earlier=allowed(**WITH),
    ),
    Example(
        "credentials-in-the-answer-only",
        PAIR,
        PUT,
        answers(**WITH),
        (credentials_to("preflights", Answer.PREFLIGHT),),
        says="with them PUT is not sent, while calls that need no preflight pass",
        earlier=allowed(**NAMED),
    ),
    Example(
        "credentials-in-the-answer-and-every-origin-in-the-preflight",
        PAIR,
        PUT,
        answers(**WITH),
        (credentials_to("preflights", Answer.PREFLIGHT, ORIGIN),),
        earlier=allowed(**ALL),
    ),
    Example(
        "credentials-that-a-function-adds-to-a-urls-cors",
        URL_ONE,
        call("PUT", "/"),
        answers(acac="true"),
        (SetCorsCredentials("url", allowed=True), RemoveHeaders("f", "Access-Control-")),
        says="(the gateway), Access-Control-Allow-Credentials: true (function 'f')",
        earlier=allowed("/"),
    ),
    Example(
        "every-origin-in-the-preflight",
        PAIR,
        PUT,
        answers(**NAMED),
        (ReturnHeaders("preflights", (ORIGIN,), Answer.PREFLIGHT),),
        says="where it does not name the page, PUT is sent",
        earlier=allowed(**ALL),
    ),
    Example(
        "every-origin-in-the-answer",
        PAIR,
        PUT,
        answers(**ALL),
        (ReturnHeaders("writes", (ORIGIN,)),),
        says="reads all the same what needs no preflight",
        credentials=DEPLOYED,
        earlier=allowed(**NAMED),
    ),
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
    Example("agreed", PAIR, PUT, answers(**WITH), earlier=allowed(**WITH)),
    Example("no-preflight-before", PAIR, PUT, answers(**WITH), earlier=(Before(PUT, answers(**ALL)),)),
    Example("a-blocked-preflight", PAIR, PUT, answers(**WITH), earlier=allowed()),
    Example("told-of-the-wildcard", PAIR, PUT, answers(**NAMED), earlier=allowed(acao="*", acac="true")),
    Example("told-of-the-block", PAIR, PUT, answers(), earlier=allowed(**WITH)),
    Example("a-page-of-no-origin", PAIR, call("PUT", "/dev/x", "null"), answers(**ALL), earlier=allowed(acao="null")),
    Example("both-refuse", URL_LIST, call(path="/", origin=OTHER), answers()),
    Example("both-allow", URL_LIST, call(path="/"), answers()),
    Example("a-page-that-no-list-can-name", URL_LIST, call(path="/", origin="null"), answers(acao="*")),
    Example("a-preflight", URL_LIST, preflight("GET", "/", OTHER), answers(acao="*")),
    Example("one-speaks", URL, call(path="/"), answers(acao="*")),
    Example("a-gateway-that-drops-it", WITH_CORS, call(path="/items", origin=OTHER), answers(acao="*")),
    Example("no-cors-of-a-gateway", REST, call(path="/dev/x"), answers(acao="*")),
]


def test_what_credentials_or_a_page_meets_is_a_warning_and_that_origins_differ_a_note() -> None:
    severities = [finding.severity for example in FOUND if (finding := found(example, RULE))]
    assert severities == [Severity.WARNING] * 5 + [Severity.NOTE] * 2 + [Severity.WARNING]


TOLD_OTHERWISE = [
    pytest.param(PUT, answers(), allowed(**WITH), "missing-cors-headers", id="blocked"),
    pytest.param(
        call("PUT", "/dev/x", Cookie="a=b"), answers(**NAMED), allowed(**WITH), "credentials-not-allowed",
        id="blocked-with-credentials",
    ),
    pytest.param(PUT, answers(**NAMED), allowed(**WITH), "credentials-not-allowed", id="blocked-if-with-credentials"),
    pytest.param(PUT, answers(**ALL), allowed(**NAMED), "wildcard-with-credentials", id="all-if-with-credentials"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "result", "earlier", "name"), TOLD_OTHERWISE)
def test_what_blocks_a_call_says_what_its_preflight_was_told_and_nothing_else_does(
    request_: Request, result: Result, earlier: tuple[Before, ...], name: str
) -> None:
    (told,) = review(exchanged_after(earlier, PAIR, request_, result), ()).findings
    assert told.name == name
    assert told.evidence[-1].startswith(f"OPTIONS was answered with Access-Control-Allow-Origin: {PAGE} (function 'pre")
