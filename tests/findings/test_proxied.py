"""A page behind its development server's proxy: no verdict, and a note that says what the page would meet directly."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed, Blocked
from emulator.findings.finding import Finding, Severity
from emulator.findings.proxied import without_proxy
from emulator.findings.review import review
from emulator.functions.invocation import FunctionError, FunctionErrorKind, Result
from emulator.messages import Request
from products import a_method, a_route
from serving.exchanges import PAGE, answers, call, exchanged

SAME = (("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"), ("User-Agent", "Mozilla/5.0 (X11)"))
JSON = (("Content-Type", "application/json"),)
POST = call("POST", headers=(*SAME, *JSON))
GET = call(
    origin=None, headers=(*SAME, ("Referer", f"{PAGE}/list"), ("X-Forwarded-For", "::1"), ("Pragma", "no-cache"))
)
ROUTES = (a_route("GET /x"), a_route("POST /x"))


def http(*origins: str, headers: tuple[str, ...] = (), credentials: bool = False) -> HttpApi:
    cors = CorsConfiguration(origins, ("GET", "POST"), headers, allow_credentials=credentials) if origins else None
    return HttpApi("shop", "abcdef1234", ROUTES, cors=cors)


REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"), a_method("POST", "/x")), "dev")
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ValueError", "no")


def note(api: Api, request: Request, result: Result) -> Finding:
    reviewed = review(exchanged(api, request, result), ())
    assert reviewed.verdict is None
    (found,) = reviewed.findings
    assert (found.name, found.severity) == ("cors-hidden-by-proxy", Severity.NOTE)
    assert found.message.startswith(f"{PAGE} calls '{api.name}' through a proxy of its own origin, which hides CORS.")
    return found


REFUSED = [
    pytest.param(http(), POST, answers(), "this call: PreflightMissingAllowOriginHeader (gateway)",
                 "Give 'shop' a `cors` section", id="no-cors-at-all"),
    pytest.param(http(PAGE), POST, answers(), "this call: HeaderDisallowedByPreflightResponse (gateway)",
                 "Add content-type to `cors.allowHeaders`", id="header"),
    pytest.param(http("https://a.test"), GET, answers(), "this call: MissingAllowOriginHeader (gateway)",
                 f"Add {PAGE} to `cors.allowOrigins`", id="origin"),
    pytest.param(http("*"), replace(GET, headers=(*GET.headers, ("Cookie", "a=b"))), answers(),
                 "this call: WildcardOriginNotAllowed (gateway)", "instead of '*'", id="its-cookies"),
    pytest.param(http(), GET, answers(), "this call, unless the function answers otherwise to a request with Origin: "
                 "MissingAllowOriginHeader (function)", "Access-Control-Allow-Origin", id="the-function-may-know"),
    pytest.param(http(), GET, RAISED, "this call: MissingAllowOriginHeader (function)", "Mend function 'f'",
                 id="the-gateway-s-error"),
    pytest.param(REST, replace(POST, raw_path="/dev/x"), answers(), "PreflightMissingAllowOriginHeader (gateway)",
                 "OPTIONS", id="rest-forgotten-options"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "result", "said", "fix"), REFUSED)
def test_what_would_be_refused(api: Api, request_: Request, result: Result, said: str, fix: str) -> None:
    found = note(api, request_, result)
    assert f"the page would be refused {said}" in found.message or said in found.message
    assert found.fix.startswith("Before that: ")
    assert fix in found.fix


@pytest.mark.parametrize(
    ("api", "request_", "result"),
    [
        pytest.param(http(PAGE, headers=("content-type",)), POST, answers(), id="gateway"),
        pytest.param(http(PAGE), GET, answers(), id="gateway-adds-its-headers-to-a-request-with-origin"),
        pytest.param(http(), GET, answers(Access_Control_Allow_Origin="*"), id="function"),
    ],
)
def test_what_would_be_allowed(api: Api, request_: Request, result: Result) -> None:
    found = note(api, request_, result)
    assert found.message.endswith("Deployed on another origin than the API, the page would be allowed this call.")
    assert (found.evidence, found.fix) == ((), "")


def test_following_the_fix_cures() -> None:
    fixed = http(PAGE, headers=("content-type",))
    assert (
        "(allowOrigins: [http://localhost:5173], allowMethods: [POST], allowHeaders: [content-type])"
        in note(http(), POST, answers()).fix
    )
    assert "would be allowed" in note(fixed, POST, answers()).message
    direct = call("POST", headers=JSON)
    assert isinstance(review(exchanged(http(), direct, answers()), ()).verdict, Blocked)
    assert isinstance(review(exchanged(fixed, direct, answers()), ()).verdict, Allowed)


def test_where_cors_plays_no_part_nothing_is_said() -> None:
    image = (("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "no-cors"), ("Referer", f"{PAGE}/"))
    assert review(exchanged(http(), call(origin=None, headers=image), answers()), ()).findings == ()


def test_a_body_nobody_can_read_is_said_and_no_more() -> None:
    packed = answers(Content_Encoding="gzip", Access_Control_Allow_Origin="*")
    assert [found.name for found in review(exchanged(http(), GET, packed), ()).findings] == ["content-encoding-broken"]


def test_the_direct_call_is_the_page_s_own() -> None:
    direct = without_proxy(exchanged(http(), GET, answers())).request
    assert direct.origin == PAGE
    assert {name for name, _ in direct.headers} == {"Host", "Sec-Fetch-Mode", "Referer", "Origin"}
