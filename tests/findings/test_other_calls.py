"""The exchanges that did not take place: a preflight that was not sent, a call without the proxy, the call of another
page."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked
from emulator.findings.other_calls import of_other_page, unsent_preflight, without_proxy
from emulator.findings.review import review
from emulator.frontends import as_from_production
from emulator.messages import Request
from findings.examples import LISTED, PAGE, PLAIN, REST, answers, call, preflight, proxied
from products import a_method
from serving.exchanges import exchanged

PUT_ONLY = RestApi("r", "abcdef1234", (a_method("PUT", "/x"),), "dev")
SHOP, ALLOWED = "https://shop.example.com", "access-control-allow-origin"
WITH_SHOP = replace(LISTED, cors=CorsConfiguration((PAGE, SHOP)))
WITH_ANY = RestApi("r", "abcdef1234", (a_method("ANY", "/x"),), "dev")

REFUSED = [
    pytest.param(REST, call("PUT", "/dev/x"), "unknown-route", id="rest-no-such-method-is-blocked-by-itself"),
    pytest.param(PUT_ONLY, call("PUT", "/dev/x"), "missing-options-route", id="rest-forgotten-options"),
    pytest.param(LISTED, call(Authorization="Bearer x"), "header-not-allowed", id="gateway-header"),
    pytest.param(LISTED, call(Content_Type="application/json", User_Agent="curl/8"), "header-not-allowed", id="curl"),
]


@pytest.mark.parametrize(("api", "request_", "name"), REFUSED)
def test_curl_gets_through_where_a_page_does_not(api: Api, request_: Request, name: str) -> None:
    exchange = exchanged(api, request_, answers(acao=PAGE))
    reviewed = review(exchange, ())
    assert isinstance(reviewed.verdict, Blocked)
    (finding,) = reviewed.findings
    assert (finding.name, finding.layer, finding.severity) == (name, Layer.GATEWAY, "error")
    if exchange.layer is Layer.FUNCTION:
        assert finding.message.startswith("Access to fetch at 'http://127.0.0.1:3000/")
        assert any("this client sends no preflight" in fact for fact in finding.evidence)


UNASKED = [
    pytest.param(LISTED, call(Accept="*/*", User_Agent="curl/8", Accept_Encoding="gzip"), id="simple"),
    pytest.param(
        PUT_ONLY, call("PUT", "/dev/x", User_Agent="Mozilla/5.0 (X11)"), id="a-browser-has-sent-it-or-cached-it"
    ),
    pytest.param(LISTED, preflight("PUT"), id="it-is-one"),
    pytest.param(WITH_ANY, call("PUT", "/dev/x"), id="only-the-function-could-tell"),
    pytest.param(LISTED, call("POST", Content_Type="text/plain", X_Trace=""), id="not-plain-at-a-glance"),
]


@pytest.mark.parametrize(("api", "request_"), UNASKED)
def test_what_is_not_asked_or_not_known(api: Api, request_: Request) -> None:
    asked = unsent_preflight(exchanged(api, request_, answers(acao=PAGE)), Credentials.SAME_ORIGIN)
    assert asked is None or asked.request.header("access-control-request-headers") == "x-trace"


def test_a_method_that_browsers_write_in_capitals_asks_for_nothing() -> None:
    """Fetch Standard, normalize a method: a page that calls with `post` sends POST."""
    exchange = exchanged(LISTED, call("post"), answers())
    assert unsent_preflight(exchange, Credentials.SAME_ORIGIN) is None


def test_what_passes_is_no_news() -> None:
    assert isinstance(review(exchanged(LISTED, call(X_A="1"), answers()), ()).verdict, Allowed)


def test_the_direct_call_is_the_page_s_own() -> None:
    direct = without_proxy(exchanged(PLAIN, proxied(), answers())).request
    assert direct.origin == PAGE
    assert {name for name, _ in direct.headers} == {"Host", "Sec-Fetch-Mode", "Referer", "Origin"}


def test_an_origin_that_the_call_names_is_kept() -> None:
    direct = without_proxy(exchanged(PLAIN, proxied(method="POST"), answers())).request
    assert direct.origin == PAGE


def test_the_gateway_s_headers_are_those_of_the_direct_call() -> None:
    direct = without_proxy(exchanged(LISTED, proxied(), answers()))
    assert direct.response.header("access-control-allow-origin") == PAGE


def test_the_same_call_of_another_page_is_answered_by_the_gateway_for_that_page() -> None:
    exchange = exchanged(WITH_SHOP, as_from_production(call(), {PAGE: "https://else.test"}), answers(acao=PAGE))
    other = of_other_page(exchange, SHOP)
    assert other is not None
    assert (other.request.origin, other.request.dev_origin) == (SHOP, None)
    assert (exchange.response.header(ALLOWED), other.response.header(ALLOWED)) == (None, SHOP)
    assert other.outcome is exchange.outcome


@pytest.mark.parametrize("api", [REST, PLAIN, FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,)))])
def test_what_a_function_would_tell_another_page_is_not_known(api: Api) -> None:
    assert of_other_page(exchanged(api, call(path="/dev/x"), answers(acao=PAGE)), SHOP) is None
