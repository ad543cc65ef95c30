"""Each way a browser blocks an exchange: which layer is named, under which name, with which fix.

The exchanges are real ones: a request through `gateway.handle`, with a function that answers what the row says.
"""

import asyncio
import json
from typing import Any

import pytest

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer, Stamp
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed, Blocked, WarningName
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.finding import Review, Severity
from emulator.findings.neighbours import WORDS
from emulator.findings.review import review
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Invocation,
    Result,
    Returned,
    Throttled,
)
from emulator.messages import Request
from products import a_method, a_route

PAGE = "http://localhost:5173"
STAMP = Stamp(1_700_000_000_000, "11111111-2222-4333-8444-555555555555", "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24)


def exchanged(api: Api, request: Request, result: Result) -> Exchange:
    async def invoke(name: str, invocation: Invocation) -> Result:
        return result

    return asyncio.run(gateway.handle(api, request, STAMP, invoke, lambda: 0.0))


def call(method: str = "GET", path: str = "/x", origin: str = PAGE, *, body: bytes = b"", **headers: str) -> Request:
    pairs = [("Host", "127.0.0.1:3000"), ("Origin", origin)]
    pairs += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Request(method, path, headers=tuple(pairs), body=body, port=3000)


def preflight(method: str = "PUT", path: str = "/x", origin: str = PAGE, headers: str = "") -> Request:
    asked = {"Access_Control_Request_Method": method} | ({"Access_Control_Request_Headers": headers} if headers else {})
    return call("OPTIONS", path, origin, **asked)


def answers(status: int = 200, **headers: str) -> Returned:
    """What a function returns; `acao` and the like stand for the Access-Control headers."""
    short = {"acao": "Access-Control-Allow-Origin", "acac": "Access-Control-Allow-Credentials",
             "acam": "Access-Control-Allow-Methods", "acah": "Access-Control-Allow-Headers"}  # fmt: skip
    named = {short.get(name, name): value for name, value in headers.items()}
    payload: dict[str, Any] = {"statusCode": status, "headers": named, "body": "{}"}
    return Returned(json.dumps(payload).encode())


TOO_MUCH = FunctionError(
    FunctionErrorKind.HANDLER, "Function.ResponseSizeTooLarge", "Response payload size (7000193 bytes) exceeded ..."
)
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ZeroDivisionError", "division by zero")


def allowing(origin: str, *headers: str) -> HttpApi:
    return HttpApi("h", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration((origin,), ("GET",), headers))


REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"), a_method("OPTIONS", "/y")), "dev")
PLAIN = HttpApi("plain", "abcdef1234", (a_route("ANY /x"),))
CORS = CorsConfiguration(
    allow_origins=("http://localhost:5174", "http://127.0.0.1:5173/"), allow_methods=("GET",), allow_headers=("x-a",)
)
SHOP = HttpApi("shop", "abcdef1234", (a_route("GET /x"), a_route("ANY /any")), cors=CORS)
OPEN = HttpApi("open", "abcdef1234", (a_route("GET /x"), a_route("ANY /any")),
               cors=CorsConfiguration(("*",), ("GET",), ("x-a",)))  # fmt: skip
LISTED = HttpApi("listed", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration((PAGE,), ("GET",), ("x-a",)))
STAGED = HttpApi("staged", "abcdef1234", (a_route("GET /x"),), stage="v1", cors=CorsConfiguration((PAGE,)))
URL = FunctionUrl("url", "abcdef1234", "f")
URL_CORS = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("*",), ("GET",)))
URL_ALL = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("*",), ("GET",), allow_credentials=True))
URL_LIST = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,), ("GET",), ("x-a", "Content-Type, X-B")))

ERRORS = [
    pytest.param(REST, call(path="/dev/x"), answers(), "missing-cors-headers", Layer.FUNCTION,
                 "return the header Access-Control-Allow-Origin: http://localhost:5173.", id="function-no-headers"),
    pytest.param(REST, call(path="/dev/x"), answers(400), "error-response-without-cors", Layer.FUNCTION,
                 "on the error path too", id="error-path"),
    pytest.param(REST, call(path="/dev/x"), RAISED, "error-response-without-cors", Layer.FUNCTION,
                 "DEFAULT_5XX", id="rest-function-raises"),
    pytest.param(REST, call(path="/dev/x"), Returned(b'"text"'), "error-response-without-cors", Layer.FUNCTION,
                 "Mend function 'f'", id="rest-malformed"),
    pytest.param(REST, call(path="/dev/x"), Throttled(10), "error-response-without-cors", Layer.GATEWAY,
                 "", id="throttled-is-the-gateway"),
    pytest.param(REST, call(path="/dev/x"), IntegrationTimeout(29.0), "error-response-without-cors", Layer.FUNCTION,
                 "", id="slow-function"),
    pytest.param(REST, preflight("PUT", "/dev/x"), answers(), "missing-options-route", Layer.GATEWAY,
                 "`OPTIONS /x: <function>`", id="rest-forgotten-options"),
    pytest.param(REST, call(path="/dev/nowhere"), answers(), "unknown-route", Layer.GATEWAY,
                 "no route for GET /dev/nowhere", id="unknown-route"),
    pytest.param(REST, call("POST", "/dev/x", body=b"x" * 10_500_000), answers(), "request-too-large", Layer.GATEWAY,
                 "the request body is larger than 10 MB", id="rest-body-over-10-MB"),
    pytest.param(REST, call(path="/dev/x", body=b"x" * 7_000_000), answers(), "request-too-large", Layer.GATEWAY,
                 "Lambda takes 6 MB", id="rest-event-over-6-MB"),
    pytest.param(REST, call(path="/dev/x", Authorization="x" * 11_000), answers(), "request-too-large", Layer.GATEWAY,
                 "shorten the URL, the token or the cookies", id="rest-head-over-10-KB"),
    pytest.param(REST, preflight("PUT", "/dev/x", headers="x" * 11_000), answers(), "request-too-large", Layer.GATEWAY,
                 "API Gateway takes 10240", id="rest-preflight-over-10-KB"),
    pytest.param(PLAIN, call("POST", body=b"x" * 10_500_000), answers(), "request-too-large", Layer.GATEWAY,
                 "the 413 has no CORS headers", id="http-body-over-10-MB"),
    pytest.param(PLAIN, call(path="/%zz"), answers(), "bad-request", Layer.GATEWAY,
                 "invalid percent-escape", id="http-path-with-a-bad-escape"),
    pytest.param(URL, call("POST", "/", body=b"x" * 10_500_000), answers(), "request-too-large", Layer.GATEWAY,
                 "presigned URL", id="function-url-body-too-large"),
    pytest.param(REST, call(path="/dev/x"), TOO_MUCH, "error-response-without-cors", Layer.FUNCTION,
                 "answer with less: in pages", id="rest-answer-over-6-MB"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(200), "preflight-without-cors", Layer.FUNCTION,
                 "answer OPTIONS with 204", id="options-function-no-headers"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(405, acao=PAGE), "preflight-status", Layer.FUNCTION,
                 "it answered 405", id="options-function-status"),
    pytest.param(REST, preflight("PUT", "/dev/y"), answers(204, acao=PAGE, acam="GET"), "method-not-allowed",
                 Layer.FUNCTION, "Add PUT", id="options-function-method"),
    pytest.param(REST, preflight("GET", "/dev/y", headers="x-b,x-c"), answers(204, acao=PAGE, acah="x-c"),
                 "header-not-allowed", Layer.FUNCTION, "Add x-b", id="options-function-header"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, acam="G ET"), "invalid-allow-methods",
                 Layer.FUNCTION, "'G ET'", id="options-function-methods-syntax"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, acah="a b"), "invalid-allow-headers",
                 Layer.FUNCTION, "'a b'", id="options-function-headers-syntax"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(302, acao=PAGE, location="/z"), "preflight-redirected",
                 Layer.FUNCTION, "final URL", id="options-function-redirect"),
    pytest.param(REST, preflight("GET", "/dev/y"), answers(204, acao="http://a.test"), "origin-not-allowed",
                 Layer.FUNCTION, "'http://a.test'", id="options-function-other-origin"),
    pytest.param(REST, call(path="/dev/x", Cookie="a=b"), answers(acao="*", acac="true"), "wildcard-with-credentials",
                 Layer.FUNCTION, "instead of '*'", id="function-wildcard-credentials"),
    pytest.param(REST, call(path="/dev/x", Cookie="a=b"), answers(acao=PAGE), "credentials-not-allowed",
                 Layer.FUNCTION, "Access-Control-Allow-Credentials: true", id="function-no-credentials"),
    pytest.param(REST, call(path="/dev/x"), answers(acao=f"{PAGE}, http://a.test"), "multiple-allow-origin-values",
                 Layer.FUNCTION, "one origin", id="function-list"),
    pytest.param(REST, call(path="/dev/x"), answers(acao="*.a.test"), "invalid-allow-origin",
                 Layer.FUNCTION, "no pattern", id="function-pattern"),
    pytest.param(PLAIN, preflight("PUT", "/y"), answers(), "missing-options-route", Layer.GATEWAY,
                 "Give 'plain' a `cors` section", id="http-api-without-cors"),
    pytest.param(PLAIN, call(path="/x"), RAISED, "error-response-without-cors", Layer.FUNCTION,
                 "allowed in `cors` of 'plain'", id="http-api-function-raises"),
    pytest.param(SHOP, call(), answers(acao=PAGE), "origin-not-allowed", Layer.GATEWAY,
                 "Add http://localhost:5173 to `cors.allowOrigins` of 'shop'", id="gateway-origin"),
    pytest.param(SHOP, preflight(), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "'http://localhost:5174' is another origin: the port differs", id="gateway-preflight-origin-port"),
    pytest.param(SHOP, call(origin="https://localhost:5174"), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "the scheme differs", id="gateway-origin-scheme"),
    pytest.param(SHOP, call(origin="http://127.0.0.1:5173"), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "Write http://127.0.0.1:5173 instead of 'http://127.0.0.1:5173/' in `cors.allowOrigins` of 'shop': an "
                 "origin has no slash at its end.", id="gateway-origin-slash"),
    *(pytest.param(allowing(written), call(), answers(), "origin-not-allowed", Layer.GATEWAY,
                   f"Write {PAGE} instead of '{written}' in `cors.allowOrigins` of 'h': {why}.", id=f"gateway-{name}")
      for name, written, why in (
          ("origin-path", f"{PAGE}/app", "an origin has no path"),
          ("origin-query", f"{PAGE}/?a=b", "an origin has no path or query"),
          ("origin-fragment", f"{PAGE}/app#top", "an origin has no path or fragment"),
      )),
    pytest.param(allowing("https://user@shop.test"), call(origin="https://shop.test"), answers(), "origin-not-allowed",
                 Layer.GATEWAY, "an origin has no user name.", id="gateway-origin-user"),
    pytest.param(allowing("https://shop.test:443"), call(origin="https://shop.test"), answers(), "origin-not-allowed",
                 Layer.GATEWAY, "an origin leaves out port 443, its scheme's default.", id="gateway-origin-port"),
    pytest.param(allowing("http://a.test,http://localhost:5173"), call(), answers(), "origin-not-allowed",
                 Layer.GATEWAY, "Write [http://a.test, http://localhost:5173] instead of "
                 "'http://a.test,http://localhost:5173' in `cors.allowOrigins` of 'h': one origin an entry.",
                 id="gateway-two-origins"),
    pytest.param(allowing("http://localhost:5174/app"), call(), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "is another origin: the port differs", id="gateway-other-port-and-path"),
    pytest.param(allowing("http://127.0.0.1:5173"), call(), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "two hosts to a browser", id="gateway-localhost"),
    pytest.param(allowing("http://a.test"), call(), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "(now [http://a.test]).", id="gateway-no-near-miss"),
    pytest.param(LISTED, call(origin="http://["), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "none ever sends", id="gateway-origin-that-is-no-url"),
    pytest.param(LISTED, call(origin="http://a:99999999"), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "none ever sends", id="gateway-origin-with-no-such-port"),
    pytest.param(LISTED, preflight("PUT"), answers(), "method-not-allowed", Layer.GATEWAY,
                 "Add PUT to `cors.allowMethods` of 'listed' (now [GET])", id="gateway-method"),
    pytest.param(LISTED, preflight("GET", headers="x-a,x-b"), answers(), "header-not-allowed", Layer.GATEWAY,
                 "Add x-b to `cors.allowHeaders`", id="gateway-header"),
    pytest.param(allowing(PAGE, "a b"), preflight("GET"), answers(), "invalid-allow-headers", Layer.GATEWAY,
                 "Write `cors.allowHeaders` of 'h' as [a, b]",
                 id="gateway-headers-syntax"),
    pytest.param(LISTED, call(Cookie="a=b"), answers(), "credentials-not-allowed", Layer.GATEWAY,
                 "cors.allowCredentials: true", id="gateway-credentials"),
    pytest.param(OPEN, call(Cookie="a=b"), answers(), "wildcard-with-credentials", Layer.GATEWAY,
                 "instead of '*'", id="gateway-wildcard-credentials"),
    pytest.param(OPEN, preflight("GET", "/any"), answers(405), "preflight-reached-function", Layer.FUNCTION,
                 "'GET /any'", id="any-route-swallows-preflight"),
    pytest.param(STAGED, call(path="/x"), answers(), "url-outside-stage", Layer.GATEWAY,
                 "http://127.0.0.1:3000/v1/x", id="stage-left-out"),
    pytest.param(URL, call(path="/"), RAISED, "error-response-without-cors", Layer.FUNCTION,
                 "if the function catches it", id="function-url-raises"),
    pytest.param(URL, call(path="/"), answers(), "missing-cors-headers", Layer.FUNCTION,
                 "", id="function-url-no-headers"),
    pytest.param(URL_CORS, call(path="/"), answers(acao="*"), "duplicate-cors-headers", Layer.FUNCTION,
                 "Remove the Access-Control-* headers from function 'f'", id="function-url-twice"),
    pytest.param(URL_ALL, call(path="/", Cookie="a=b"), answers(acao="*"), "duplicate-cors-headers", Layer.FUNCTION,
                 "Remove", id="function-url-any-origin-twice"),
    pytest.param(URL_CORS, call(path="/", Cookie="a=b"), answers(), "credentials-not-allowed", Layer.GATEWAY,
                 "Name http://localhost:5173 in `cors.allowOrigins` of 'url' instead of '*', and set",
                 id="function-url-credentials-for-any-origin"),
    pytest.param(URL_LIST, preflight("GET", "/", headers="x-a"), answers(), "header-list-as-one-string", Layer.GATEWAY,
                 "Split the entry 'Content-Type, X-B' of `cors.allowHeaders` of 'url', one header an entry: "
                 "[x-a, Content-Type, X-B].", id="function-url-list-in-one-entry"),
    pytest.param(URL_LIST, call(path="/", origin="http://a.test"), answers(), "origin-not-allowed", Layer.GATEWAY,
                 "Add http://a.test", id="function-url-list-in-one-entry-is-no-matter-of-answers"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "result", "name", "layer", "fix"), ERRORS)
def test_error_finding(api: Api, request_: Request, result: Result, name: str, layer: Layer, fix: str) -> None:
    reviewed = review(exchanged(api, request_, result), ())
    assert isinstance(reviewed.verdict, Blocked)
    finding = reviewed.findings[0]
    assert (finding.name, finding.layer, finding.severity) == (name, layer, "error")
    assert fix in finding.fix
    assert finding.message == reviewed.verdict.message
    assert finding.message.startswith("Access to fetch at 'http://127.0.0.1:3000/")


def test_ignored_function_headers_are_evidence() -> None:
    finding = review(exchanged(SHOP, call(), answers(acao=PAGE)), ()).findings[0]
    assert any("was dropped" in fact for fact in finding.evidence)


ALLOWED = [
    pytest.param(REST, call(path="/dev/x"), answers(acao=PAGE), (), [], id="function-names-the-origin"),
    pytest.param(LISTED, call(), answers(), (), [], id="gateway-overlay"),
    pytest.param(LISTED, call(), RAISED, (), [], id="gateway-error-is-readable"),
    pytest.param(LISTED, call(), answers(acao=PAGE), (), [], id="same-words-twice-is-no-disagreement"),
    pytest.param(LISTED, call(), answers(acao="http://a.test"), (), ["function-cors-ignored"], id="disagree"),
    pytest.param(REST, call(path="/dev/x"), answers(acao="*", acac="true"), (), ["wildcard-with-credentials"],
                 id="wildcard-credentials-not-used"),
    pytest.param(REST, call(path="/dev/x", origin="http://evil.test"), answers(acao="http://evil.test"),
                 (Frontend(PAGE),), ["origin-echoed"], id="echo"),
    pytest.param(REST, call(path="/dev/x", origin="http://evil.test"), answers(acao="http://evil.test", acac="true"),
                 (Frontend(PAGE),), ["origin-echoed"], id="echo-with-credentials"),
    pytest.param(REST, call(path="/dev/x"), answers(acao=PAGE), (Frontend("https://shop.test"), Frontend(PAGE)), [],
                 id="declared-origin-is-no-echo"),
    pytest.param(REST, call(path="/dev/x", origin="http://evil.test"), answers(acao="*"), (Frontend(PAGE),), [],
                 id="wildcard-is-no-echo"),
    pytest.param(REST, call(path="/dev/x"), answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"), (),
                 ["vary-origin-missing"], id="cacheable-without-vary"),
    pytest.param(REST, preflight("GET", "/dev/y", headers="authorization"), answers(204, acao="*", acah="*"), (),
                 ["authorization-covered-by-wildcard"], id="authorization-under-wildcard"),
    pytest.param(HttpApi("h", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",), ("*",), ("*",))),
                 preflight("GET", headers="authorization"), answers(), (), ["authorization-covered-by-wildcard"],
                 id="authorization-under-the-gateway's-wildcard"),
    pytest.param(URL_ALL, call(path="/", Cookie="a=b"), answers(), (), ["any-origin-with-credentials"],
                 id="function-url-any-origin-with-credentials"),
    pytest.param(URL_ALL, call(path="/"), answers(), (), ["any-origin-with-credentials"],
                 id="function-url-any-origin-without-a-cookie-yet"),
    pytest.param(URL_ALL, preflight("GET", "/"), answers(), (), [], id="function-url-any-origin-preflight"),
    pytest.param(URL_CORS, call(path="/"), answers(), (), [], id="function-url-any-origin-without-credentials"),
    pytest.param(FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,), allow_credentials=True)),
                 call(path="/", Cookie="a=b"), answers(expires="Thu, 01 Jan 2099 00:00:00 GMT"), (), [],
                 id="function-url-names-its-origins"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "result", "frontends", "names"), ALLOWED)
def test_warnings(
    api: Api, request_: Request, result: Result, frontends: tuple[Frontend, ...], names: list[str]
) -> None:
    reviewed = review(exchanged(api, request_, result), frontends)
    assert isinstance(reviewed.verdict, Allowed)
    assert [finding.name for finding in reviewed.findings if finding.severity is not Severity.NOTE] == names


def test_any_origin_with_credentials_says_who_can_read_it() -> None:
    (finding,) = review(exchanged(URL_ALL, call(path="/", Cookie="a=b"), answers()), ()).findings
    assert (finding.layer, finding.severity) == (Layer.GATEWAY, "warning")
    assert finding.message.startswith("Any site can read this answer with the user's cookies: `cors` of 'url'")
    assert f"Access-Control-Allow-Origin: {PAGE}" in finding.evidence


def test_the_split_entry_cures() -> None:
    """What the fix of `header-list-as-one-string` asks for."""
    mended = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,), ("GET",), ("x-a", "Content-Type", "X-B")))
    asked = preflight("GET", "/", headers="content-type,x-a,x-b")
    assert isinstance(review(exchanged(mended, asked, answers()), ()).verdict, Allowed)


UNSENT = [
    pytest.param(REST, call("PUT", "/dev/x"), "unknown-route", id="rest-no-such-method-is-blocked-by-itself"),
    pytest.param(RestApi("r", "abcdef1234", (a_method("PUT", "/x"),), "dev"), call("PUT", "/dev/x"),
                 "missing-options-route", id="rest-forgotten-options"),
    pytest.param(HttpApi("h", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration((PAGE,), ("GET",))),
                 call("PUT"), "method-not-allowed", id="gateway-method"),
    pytest.param(LISTED, call(Authorization="Bearer x"), "header-not-allowed", id="gateway-header"),
    pytest.param(LISTED, call(Content_Type="application/json", User_Agent="curl/8"), "header-not-allowed",
                 id="curl-with-json"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "name"), UNSENT)
def test_curl_gets_through_where_a_page_does_not(api: Api, request_: Request, name: str) -> None:
    exchange = exchanged(api, request_, answers(acao=PAGE))
    reviewed = review(exchange, ())
    assert isinstance(reviewed.verdict, Blocked)
    (finding,) = reviewed.findings
    assert (finding.name, finding.layer, finding.severity) == (name, Layer.GATEWAY, "error")
    if exchange.layer is Layer.FUNCTION:
        assert finding.message.startswith("Access to fetch at 'http://127.0.0.1:3000/")
        assert any("this client sends no preflight" in fact for fact in finding.evidence)


@pytest.mark.parametrize(
    ("api", "request_"),
    [
        pytest.param(LISTED, call(Accept="*/*", User_Agent="curl/8", Accept_Encoding="gzip"), id="simple"),
        pytest.param(LISTED, call(X_A="1"), id="allowed-header"),
    ],
)
def test_curl_and_page_agree(api: Api, request_: Request) -> None:
    assert isinstance(review(exchanged(api, request_, answers(acao=PAGE)), ()).verdict, Allowed)


def test_what_only_the_function_can_tell_is_not_guessed() -> None:
    """Its OPTIONS method is a function's: it would have to be run to know."""
    api = RestApi("r", "abcdef1234", (a_method("ANY", "/x"),), "dev")
    assert isinstance(review(exchanged(api, call("PUT", "/dev/x"), answers(acao=PAGE)), ()).verdict, Allowed)


def test_a_browser_has_sent_its_preflight_or_cached_it() -> None:
    request = call("PUT", "/dev/x", User_Agent="Mozilla/5.0 (X11)")
    api = RestApi("r", "abcdef1234", (a_method("PUT", "/x"),), "dev")
    assert isinstance(review(exchanged(api, request, answers(acao=PAGE)), ()).verdict, Allowed)


def test_every_warning_of_the_browser_has_words() -> None:
    assert WORDS.keys() == set(WarningName)


def test_same_origin_is_not_judged() -> None:
    own = call(path="/dev/x", origin="http://127.0.0.1:3000")
    assert review(exchanged(REST, own, answers()), ()) == Review(None)


def test_navigation_is_not_judged() -> None:
    assert review(exchanged(REST, call(path="/dev/x", Sec_Fetch_Mode="navigate"), answers()), ()) == Review(None)


def test_a_declared_frontend_tells_the_credentials_mode() -> None:
    exchange = exchanged(REST, call(path="/dev/x"), answers(acao="*"))
    assert isinstance(review(exchange, (Frontend("http://a.test", credentials="include"),)).verdict, Allowed)
    assert isinstance(review(exchange, (Frontend(PAGE, credentials="include"),)).verdict, Blocked)
