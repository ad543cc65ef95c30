"""An exchange judged for every declared origin: what is certain is warned of, what only a function knows is not."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.findings.changes import AddToCors, Change, CorsField, SetCorsCredentials
from emulator.findings.finding import Severity
from emulator.findings.other_pages import review_for_all
from emulator.findings.review import review
from emulator.frontends import as_from_production
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.examples import LISTED, PAGE, RAISED, REST, answers, call, preflight
from serving.exchanges import exchanged

SHOP, ADMIN, VITE = "https://shop.example.com", "https://admin.example.com", "http://localhost:4173"
HERE_ONLY = CorsConfiguration((PAGE,), ("GET", "PUT"))
BOTH = CorsConfiguration((PAGE, SHOP), ("GET", "PUT"))
HTTP = replace(LISTED, cors=HERE_ONLY)
PLAIN = HttpApi("plain", "abcdef1234", LISTED.routes)
URL = FunctionUrl("url", "abcdef1234", "f", HERE_ONLY)
ADD = (AddToCors("listed", CorsField.ALLOW_ORIGINS, (SHOP,), (PAGE,)),)
ADD_TO_URL = (AddToCors("url", CorsField.ALLOW_ORIGINS, (SHOP,), (PAGE,)),)
CREDENTIALS = SetCorsCredentials("listed", allowed=True)


@pytest.mark.parametrize(
    ("api", "request_", "result", "frontends", "changes"),
    [
        pytest.param(HTTP, call(), answers(), (Frontend(SHOP),), ADD, id="http-api"),
        pytest.param(HTTP, call(path="/no"), answers(), (Frontend(SHOP),), ADD, id="http-api-error"),
        pytest.param(HTTP, preflight("GET"), answers(), (Frontend(SHOP),), ADD, id="http-api-preflight"),
        pytest.param(HTTP, call(), answers(), (Frontend(SHOP), Frontend(ADMIN)), ADD, id="one-after-the-other"),
        pytest.param(HTTP, call(), answers(), (Frontend(PAGE), Frontend(SHOP)), ADD, id="the-caller-is-one"),
        pytest.param(HTTP, call(), answers(), (Frontend(SHOP, "include"),), (*ADD, CREDENTIALS), id="in-its-own-mode"),
        pytest.param(URL, preflight("GET", "/"), answers(), (Frontend(SHOP),), ADD_TO_URL, id="function-url-preflight"),
        pytest.param(URL, call(path="/"), RAISED, (Frontend(SHOP),), ADD_TO_URL, id="function-url-error"),
        pytest.param(
            HTTP,
            as_from_production(call(origin=VITE), {VITE: PAGE}),
            answers(),
            (Frontend(SHOP), Frontend(PAGE, dev=(VITE,))),
            ADD,
            id="a-dev-origin-stands-in-for-the-caller",
        ),
    ],
)
def test_what_another_declared_page_would_meet(
    api: Api, request_: Request, result: Result, frontends: tuple[Frontend, ...], changes: tuple[Change, ...]
) -> None:
    exchange = exchanged(api, request_, result)
    reviewed = review_for_all(exchange, frontends)
    assert isinstance(reviewed.verdict, Allowed)
    (warning,) = [found for found in reviewed.findings if found.severity is Severity.WARNING]
    assert (warning.name, warning.fix.changes) == ("origin-not-allowed", changes)
    assert warning.message.startswith(f"A page of {SHOP}, which `frontends` declares, would be blocked here: Access to")
    assert warning.evidence[0] == f"{exchange.request.origin} called, and is let in"
    others = tuple(found for found in reviewed.findings if found is not warning)
    assert others == review(exchange, frontends).findings


def test_a_declared_mode_is_that_of_calls_and_not_of_loads() -> None:
    both, frontends = replace(LISTED, cors=BOTH), (Frontend(SHOP, "include"),)
    called = review_for_all(exchanged(both, call(), answers()), frontends)
    assert [found.name for found in called.findings] == ["credentials-not-allowed"]
    loaded = review_for_all(exchanged(both, call(Sec_Fetch_Dest="font"), answers()), frontends)
    assert loaded.findings == ()


def test_what_only_credentials_break_for_another_page() -> None:
    exchange = exchanged(replace(HTTP, cors=BOTH), call(), answers())
    reviewed = review_for_all(exchange, (Frontend(PAGE, "omit"), Frontend(SHOP, {"listed": "include"})))
    (warning,) = reviewed.findings
    assert (warning.name, warning.severity) == ("credentials-not-allowed", Severity.WARNING)


def test_a_page_whose_origin_aws_refuses_to_list() -> None:
    reviewed = review_for_all(exchanged(HTTP, call(), answers()), (Frontend(PAGE, "omit"), Frontend("app://shop")))
    (warning,) = reviewed.findings
    assert (warning.name, warning.severity) == ("opaque-origin", Severity.WARNING)


@pytest.mark.parametrize(
    ("api", "request_", "frontends"),
    [
        pytest.param(replace(HTTP, cors=BOTH), call(), (Frontend(SHOP),), id="let-in"),
        pytest.param(replace(HTTP, cors=CorsConfiguration(("*",))), call(), (Frontend(SHOP),), id="any"),
        pytest.param(HTTP, call(), (), id="none-declared"),
        pytest.param(HTTP, call(), (Frontend(PAGE),), id="the-caller-alone"),
        pytest.param(HTTP, call(), (Frontend("http://127.0.0.1:3000"),), id="the-api-s-own-origin"),
        pytest.param(URL, call(path="/"), (Frontend(SHOP),), id="function-url-whose-function-may-add-headers"),
        pytest.param(REST, call(path="/dev/x"), (Frontend(SHOP),), id="rest-function-decides"),
        pytest.param(PLAIN, call(), (Frontend(SHOP),), id="http-function-decides"),
        pytest.param(HTTP, call(origin=ADMIN), (Frontend(SHOP),), id="its-own-page-is-blocked-first"),
        pytest.param(HTTP, Request("GET", "/x"), (Frontend(SHOP),), id="no-page"),
    ],
)
def test_nothing_is_said_where_it_passes_or_is_not_known(
    api: Api, request_: Request, frontends: tuple[Frontend, ...]
) -> None:
    exchange = exchanged(api, request_, answers(acao=PAGE))
    assert review_for_all(exchange, frontends) == review(exchange, frontends)


def test_pages_that_do_not_say_their_mode_call_as_the_one_that_did() -> None:
    api = replace(HTTP, cors=replace(BOTH, allow_origins=("*",)))
    exchange = exchanged(api, call(), answers())
    assert isinstance(review_for_all(exchange, (Frontend(SHOP),), Credentials.INCLUDE).verdict, Blocked)
    assert review_for_all(exchange, (Frontend(SHOP),), Credentials.OMIT).findings == ()
