"""`null` and web views' origins: never proposed for a list, and what is proposed instead helps."""

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration, http_api_cors_problems
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    Change,
    CorsField,
    DoByHand,
    ReplaceInCors,
    ReturnHeaders,
)
from emulator.findings.finding import Finding
from emulator.findings.review import review
from emulator.findings.unlistable_origin import NEVER, allowable, is_listable
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.applied import Situation, made
from findings.examples import RAISED, answers, call, preflight
from products import a_method, a_route
from serving.exchanges import exchanged

WEB_VIEW = "capacitor://localhost"
ORIGINS = ("null", WEB_VIEW, "ionic://localhost", "tauri://localhost", "file://")
INCLUDE = Credentials.INCLUDE


def http(*origins: str) -> HttpApi:
    cors = CorsConfiguration(origins, ("GET", "PUT")) if origins else None
    return HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=cors)


LISTED = http("https://shop.example.com")
URL = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("https://shop.example.com",)))
REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"), a_method("OPTIONS", "/x")), "dev")


def blocking(api: Api, request: Request, result: Result, mode: Credentials | None = None) -> Finding:
    """What is told of an exchange that is blocked."""
    reviewed = review(exchanged(api, request, result), (), mode)
    assert isinstance(reviewed.verdict, Blocked)
    return reviewed.findings[0]


def named_by(change: Change) -> tuple[str, ...]:
    """The origins that a change has somebody allow."""
    match change:
        case AddToCors(entries=entries) | ReplaceInCors(entries=entries):
            return entries
        case AddCors(cors=cors):
            return cors.allow_origins
        case AddRoute(headers=headers) | ReturnHeaders(headers=headers):
            return tuple(value for _, value in headers)
        case _:
            return ()


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_check_that_refuses_them_is_not_contradicted(origin: str) -> None:
    assert http_api_cors_problems(CorsConfiguration((origin,))) != ()
    assert (is_listable(origin), allowable(origin)) == (False, "*")


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize(
    ("api", "request_", "result"),
    [
        pytest.param(LISTED, call(), answers(), id="gateway"),
        pytest.param(LISTED, preflight("PUT"), answers(), id="gateway-preflight"),
        pytest.param(URL, call(path="/"), answers(), id="function-url"),
        pytest.param(http(), preflight("PUT", "/y"), answers(), id="no-cors"),
        pytest.param(http(), call(path="/y"), answers(), id="no-route"),
        pytest.param(http(), call(), RAISED, id="raises"),
    ],
)
def test_an_http_api_is_never_told_to_list_them(origin: str, api: Api, request_: Request, result: Result) -> None:
    """A function URL takes those of web views."""
    headers = tuple((name, origin if name == "Origin" else value) for name, value in request_.headers)
    request = Request(request_.method, request_.raw_path, headers=headers, port=3000)
    fix = blocking(api, request, result).fix
    if api is URL and origin != "null":
        assert fix.changes == (AddToCors("url", CorsField.ALLOW_ORIGINS, (origin,), ("https://shop.example.com",)),)
        return
    of_gateway = [
        change
        for way in (fix.changes, *fix.instead)
        for change in way
        if origin == "null" or not isinstance(change, AddRoute)  # whose headers a function returns
    ]
    assert origin not in [named for change in of_gateway for named in named_by(change)]
    assert f"With {origin} allowed" not in fix.because


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_is_proposed_instead_lets_the_page_in(origin: str) -> None:
    fix = blocking(LISTED, call(origin=origin), answers()).fix
    ways = [way for way in (fix.changes, *fix.instead) if isinstance(way[0], AddToCors)]
    (now,) = (made(way, Situation(LISTED, call(origin=origin), answers())) for way in ways)
    assert isinstance(review(exchanged(now.api, now.request, now.result), (), now.credentials).verdict, Allowed)


@pytest.mark.parametrize("origin", ORIGINS)
def test_with_credentials_the_wildcard_is_no_way_out(origin: str) -> None:
    finding = blocking(http("*"), call(origin=origin), answers(), INCLUDE)
    assert finding.name == "wildcard-with-credentials"
    assert origin not in [named for change in finding.fix.changes for named in named_by(change)]


FUNCTIONS = [
    pytest.param(call(path="/dev/x", origin="null"), answers(), None, id="missing"),
    pytest.param(call(path="/dev/x", origin="null"), answers(acao="*"), INCLUDE, id="wildcard"),
    pytest.param(call(path="/dev/x", origin="null"), answers(acao="null"), INCLUDE, id="no-acac"),
    pytest.param(call(path="/dev/x", origin="null"), answers(acao="http://a.test"), None, id="mismatch"),
    pytest.param(call(path="/dev/x", origin="null"), answers(acao="a, b"), None, id="multiple"),
    pytest.param(preflight("PUT", "/dev/x", "null"), answers(), None, id="preflight"),
    pytest.param(preflight("PUT", "/dev/x", "null", "x-a"), answers(), None, id="preflight-with-headers"),
]


@pytest.mark.parametrize(("request_", "result", "mode"), FUNCTIONS)
def test_a_function_is_never_told_to_return_null(request_: Request, result: Result, mode: Credentials | None) -> None:
    fix = blocking(REST, request_, result, mode).fix
    assert "null" not in [named for way in (fix.changes, *fix.instead) for change in way for named in named_by(change)]
    assert fix.because == NEVER


@pytest.mark.parametrize(("request_", "result", "mode"), FUNCTIONS)
def test_what_a_function_is_told_instead_lets_the_page_in(
    request_: Request, result: Result, mode: Credentials | None
) -> None:
    (way,) = blocking(REST, request_, result, mode).fix.instead
    now = made(way, Situation(REST, request_, result, credentials=mode))
    reviewed = review(exchanged(now.api, now.request, now.result), (), now.credentials)
    assert isinstance(reviewed.verdict, Allowed)


def test_a_web_view_is_let_in_by_a_function_that_names_it() -> None:
    request = call(path="/dev/x", origin=WEB_VIEW)
    assert blocking(REST, request, answers()).fix.changes == (
        ReturnHeaders("f", (("Access-Control-Allow-Origin", WEB_VIEW),)),
    )
    reviewed = review(exchanged(REST, request, answers(acao=WEB_VIEW, acac="true")), (Frontend(WEB_VIEW),))
    assert isinstance(reviewed.verdict, Allowed)
    assert reviewed.findings == ()


@pytest.mark.parametrize("origin", ["http://[", "http://a:99999999", "http://a/", "HTTP://A.test"])
def test_what_no_browser_sends_is_not_proposed_but_said(origin: str) -> None:
    """Only a client that is no browser can send them; an HTTP API would refuse most in allowOrigins."""
    (change,) = blocking(LISTED, call(origin=origin), answers(), Credentials.SAME_ORIGIN).fix.changes
    assert isinstance(change, DoByHand)
    assert change.what == f"send an Origin as browsers do, such as https://shop.example.com: none ever sends {origin}"
