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
from emulator.findings.review import review
from emulator.findings.unlistable_origin import allowable, is_listable
from emulator.functions.invocation import FunctionError, FunctionErrorKind, Result
from emulator.messages import Request
from products import a_method, a_route
from serving.exchanges import answers, call, exchanged, preflight

WEB_VIEW = "capacitor://localhost"
ORIGINS = ("null", WEB_VIEW, "ionic://localhost", "tauri://localhost")
INCLUDE = Credentials.INCLUDE
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ValueError", "no")


def http(*origins: str) -> HttpApi:
    cors = CorsConfiguration(origins, ("GET", "PUT")) if origins else None
    return HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=cors)


LISTED = http("https://shop.example.com")
URL = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("https://shop.example.com",)))
REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"), a_method("OPTIONS", "/x")), "dev")


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_check_that_refuses_them_is_not_contradicted(origin: str) -> None:
    assert http_api_cors_problems(CorsConfiguration((origin,))) != ()
    assert (is_listable(origin), allowable(origin), allowable(None)) == (False, '"*"', '"*"')


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize(
    ("api", "request_"),
    [
        pytest.param(LISTED, call(), id="gateway"),
        pytest.param(LISTED, preflight("PUT"), id="gateway-preflight"),
        pytest.param(URL, call(path="/"), id="function-url"),
        pytest.param(http(), preflight("PUT", "/y"), id="no-cors"),
        pytest.param(http(), call(path="/y"), id="no-route"),
    ],
)
def test_a_gateway_is_never_told_to_list_them(origin: str, api: Api, request_: Request) -> None:
    headers = tuple((name, origin if name == "Origin" else value) for name, value in request_.headers)
    request = Request(request_.method, request_.raw_path, headers=headers, port=3000)
    finding = review(exchanged(api, request, answers()), ()).findings[0]
    assert f"Add {origin}" not in finding.fix
    assert f"allowOrigins: [{origin}" not in finding.fix
    assert f"with {origin} allowed" not in finding.fix


def test_no_error_of_the_gateway_either() -> None:
    fix = review(exchanged(http(), call(origin="null"), RAISED), ()).findings[0].fix
    assert "with \"*\" allowed in `cors` of 'shop'" in fix


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_is_proposed_instead_cures(origin: str) -> None:
    fix = review(exchanged(LISTED, call(origin=origin), answers()), ()).findings[0].fix
    assert "`cors.allowOrigins: [\"*\"]` of 'shop', without allowCredentials, for calls without credentials" in fix
    mended = review(exchanged(http("*"), call(origin=origin), answers()), (), Credentials.OMIT)
    assert isinstance(mended.verdict, Allowed)


@pytest.mark.parametrize("origin", ORIGINS)
def test_with_credentials_the_wildcard_is_no_way_out(origin: str) -> None:
    (finding,) = review(exchanged(http("*"), call(origin=origin), answers()), (), INCLUDE).findings
    assert finding.name == "wildcard-with-credentials"
    assert f"Name {origin}" not in finding.fix
    assert "without credentials" in finding.fix


FUNCTIONS = [
    pytest.param(call(path="/dev/x", origin="null"), answers(), None, id="missing"),
    pytest.param(call(path="/dev/x", origin="null"), answers(Access_Control_Allow_Origin="*"), INCLUDE, id="wildcard"),
    pytest.param(call(path="/dev/x", origin="null"), answers(Access_Control_Allow_Origin="null"), INCLUDE,
                 id="no-acac"),
    pytest.param(call(path="/dev/x", origin="null"), answers(Access_Control_Allow_Origin="http://a.test"), None,
                 id="mismatch"),
    pytest.param(call(path="/dev/x", origin="null"), answers(Access_Control_Allow_Origin="a, b"), None, id="multiple"),
    pytest.param(preflight("PUT", "/dev/x", "null"), answers(), None, id="preflight"),
    pytest.param(preflight("PUT", "/dev/x", "null", (("Access-Control-Request-Headers", "x-a"),)), answers(), None,
                 id="preflight-with-headers"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "result", "mode"), FUNCTIONS)
def test_a_function_is_never_told_to_return_null(request_: Request, result: Result, mode: Credentials | None) -> None:
    reviewed = review(exchanged(REST, request_, result), (), mode)
    assert isinstance(reviewed.verdict, Blocked)
    fix = reviewed.findings[0].fix
    assert "Allow-Origin: null" not in fix
    assert "Add null" not in fix
    assert "Never allow null by name" in fix


def test_what_a_function_is_told_instead_cures() -> None:
    request = preflight("PUT", "/dev/x", "null", (("Access-Control-Request-Headers", "x-a"),))
    fix = review(exchanged(REST, request, answers()), ()).findings[0].fix
    told = "Access-Control-Allow-Origin: *, Access-Control-Allow-Methods: PUT, Access-Control-Allow-Headers: x-a"
    assert f"answer OPTIONS with 204 and {told}" in fix
    headers = dict(pair.split(": ") for pair in told.split(", "))
    mended = answers(204, **{name.replace("-", "_"): value for name, value in headers.items()})
    assert isinstance(review(exchanged(REST, request, mended), (), Credentials.OMIT).verdict, Allowed)


def test_a_web_view_is_let_in_by_a_function_that_names_it() -> None:
    (finding,) = review(exchanged(REST, call(path="/dev/x", origin=WEB_VIEW), answers()), ()).findings
    assert f"return the header Access-Control-Allow-Origin: {WEB_VIEW}" in finding.fix
    mended = answers(Access_Control_Allow_Origin=WEB_VIEW, Access_Control_Allow_Credentials="true")
    reviewed = review(exchanged(REST, call(path="/dev/x", origin=WEB_VIEW), mended), (Frontend(WEB_VIEW),))
    assert isinstance(reviewed.verdict, Allowed)
    assert reviewed.findings == ()


def test_a_function_that_returns_null_lets_in_everybody() -> None:
    echo = answers(Access_Control_Allow_Origin="null", Access_Control_Allow_Credentials="true")
    reviewed = review(exchanged(REST, call(path="/dev/x", origin="null"), echo), (Frontend("null"),))
    (finding,) = reviewed.findings
    assert finding.name == "origin-echoed"
    assert "declare" not in finding.fix
    assert "Never return null" in finding.fix


def test_a_warning_does_not_propose_it() -> None:
    both = answers(Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")
    (finding,) = review(exchanged(REST, call(path="/dev/x", origin="null"), both), (), Credentials.OMIT).findings
    assert finding.name == "wildcard-with-credentials"
    assert "name the origin" not in finding.fix


@pytest.mark.parametrize("origin", ["http://[", "http://a:99999999", "http://a/", "HTTP://A.test"])
def test_what_no_browser_sends_is_not_proposed_but_said(origin: str) -> None:
    """Only a client that is no browser can send them; an HTTP API would refuse most in allowOrigins."""
    exchange = exchanged(LISTED, call(origin=origin), answers())
    (finding,) = review(exchange, (), Credentials.SAME_ORIGIN).findings
    assert finding.fix == f"Send an Origin as browsers do, such as https://shop.example.com: none ever sends {origin}."
    cured = exchanged(LISTED, call(origin="https://shop.example.com"), answers())
    assert isinstance(review(cured, (), Credentials.SAME_ORIGIN).verdict, Allowed)
