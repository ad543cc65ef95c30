"""Conversations with an API whose CORS is enforced on clients that are no browser: who is let through, and what the
others are told."""

import json
from typing import Any

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.dialects.emulator_yaml import worded
from emulator.deployment import Frontend
from emulator.exchange import Enforced
from emulator.frontends import stand_ins
from emulator.functions.invocation import FunctionError, FunctionErrorKind
from emulator.server.asgi import Enforcing
from products import a_method, a_route
from serving.rim import OK, Answer, Rim, listening, run

PAGE = "http://localhost:5173"
CORS = CorsConfiguration((PAGE,), ("GET", "PUT"), ("content-type",))
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
GATEWAY = HttpApi("shop", "abcdef1234", tuple(a_route(f"{method} /dev/x") for method in METHODS), cors=CORS)
BARE = HttpApi("bare", "abcdef1234", (a_route("$default"),))
REST = RestApi("orders", "abcdef1234", (a_method("ANY", "/{proxy+}"),), "dev")
NO_OPTIONS = RestApi("orders", "abcdef1234", tuple(a_method(method, "/x") for method in METHODS), "dev")
URL = FunctionUrl("contact", "abcdef1234", "f", cors=CORS)
OPEN: dict[str, Any] = {**OK, "headers": {"Access-Control-Allow-Origin": PAGE}}
LEAVE: dict[str, Any] = {"statusCode": 204, "headers": {**OPEN["headers"], "Access-Control-Allow-Methods": "PUT"}}
JSON = ("Content-Type: application/json", "Content-Length: 2", "", "{}")


def head(method: str, *lines: str, body: str = "") -> bytes:
    """A request of a page's origin, as curl sends it; with a body, JSON."""
    typed = ("Content-Type: application/json", f"Content-Length: {len(body)}") if body else ()
    named = ("Host: h", f"Origin: {PAGE}", "User-Agent: curl/8.5.0", "Accept: */*", *lines, *typed)
    return "\r\n".join((f"{method} /dev/x HTTP/1.1", *named, "", body)).encode()


def ask(api: Api, data: bytes, answers: Any = OPEN, frontends: tuple[Frontend, ...] = ()) -> tuple[Answer, Rim]:
    """One request; the function answers OPTIONS with the second of `answers`, where there are two."""
    actual, preflight = answers if isinstance(answers, tuple) else (answers, answers)
    method = data.partition(b" ")[0].decode()

    async def conversation() -> tuple[Answer, Rim]:
        options: Any = {"enforcing": Enforcing(lambda: frontends, worded), "stand_ins": stand_ins(frontends)}
        async with listening(api, lambda event: preflight if asks(event) else actual, **options) as rim:
            return await rim.ask(data, method), rim

    return run(conversation())


def method_of(event: dict[str, Any]) -> str:
    return str(event.get("httpMethod") or event["requestContext"]["http"]["method"])


def asks(event: dict[str, Any]) -> bool:
    return method_of(event) == "OPTIONS"


ALLOWED = [
    pytest.param(GATEWAY, head("GET"), OK, ["GET"], id="http-api-simple"),
    pytest.param(GATEWAY, head("PUT", body="{}"), OK, ["PUT"], id="http-api-the-gateway-answers-the-preflight"),
    pytest.param(BARE, head("PUT"), (OPEN, LEAVE), ["OPTIONS", "PUT"], id="http-api-the-function-answers-it"),
    pytest.param(REST, head("GET"), OPEN, ["GET"], id="rest-api-simple"),
    pytest.param(REST, head("PUT"), (OPEN, LEAVE), ["OPTIONS", "PUT"], id="rest-api-the-function-answers-it"),
    pytest.param(URL, head("PUT", body="{}"), OK, ["PUT"], id="function-url"),
    pytest.param(GATEWAY, head("GET", "Sec-Fetch-Mode: cors", "Accept-Language: *"), OK, ["GET"], id="node"),
]


@pytest.mark.parametrize(("api", "data", "answers", "invoked"), ALLOWED)
def test_what_a_browser_lets_through_goes_out_as_it_is(api: Api, data: bytes, answers: Any, invoked: list[str]) -> None:
    answer, rim = ask(api, data, answers)
    assert (answer.status, answer.body, answer.values("x-emulator-cors")) == (200, b"ok", ["allowed"])
    assert answer.values("access-control-allow-origin") == [PAGE]
    assert [method_of(event) for event in rim.events] == invoked
    *preflights, exchange = rim.exchanges
    assert all(one.request.is_preflight and one.made_for == exchange.request for one in preflights)
    assert bool(preflights) is (method_of(rim.events[-1]) == "PUT")
    assert exchange.made_for is None
    assert exchange.response.header("x-emulator-cors") is None, "what is reviewed is the API's own answer"


BLOCKED = [
    pytest.param(
        GATEWAY, head("DELETE"), OK, "MethodDisallowedByPreflightResponse", "gateway", "method-not-allowed", [],
        id="http-api-method",
    ),
    pytest.param(
        GATEWAY, head("GET", "X-Trace: 1"), OK, "HeaderDisallowedByPreflightResponse", "gateway", "header-not-allowed",
        [], id="http-api-header",
    ),
    pytest.param(
        NO_OPTIONS, head("PUT", body="{}"), OPEN, "PreflightMissingAllowOriginHeader", "gateway",
        "missing-options-route", [], id="rest-api-without-options",
    ),
    pytest.param(
        REST, head("PUT"), ({}, {"statusCode": 200}), "PreflightMissingAllowOriginHeader", "function",
        "preflight-without-cors", ["OPTIONS"], id="rest-api-the-function-refuses",
    ),
    pytest.param(
        URL, head("DELETE"), OPEN, "MethodDisallowedByPreflightResponse", "gateway", "method-not-allowed", [],
        id="function-url-method",
    ),
    pytest.param(
        REST, head("GET"), OK, "MissingAllowOriginHeader", "function", "missing-cors-headers", ["GET"],
        id="rest-api-the-answer-has-no-headers",
    ),
    pytest.param(
        URL, head("GET"), OPEN, "MultipleAllowOriginValues", "function", "duplicate-cors-headers", ["GET"],
        id="function-url-both-answer",
    ),
    pytest.param(
        GATEWAY, head("GET", "Cookie: sid=1"), OK, "InvalidAllowCredentials", "gateway", "credentials-not-allowed",
        ["GET"], id="a-cookie-shows-credentials",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("api", "data", "answers", "error", "layer", "name", "invoked"), BLOCKED)
def test_what_a_browser_blocks_is_403(
    api: Api, data: bytes, answers: Any, error: str, layer: str, name: str, invoked: list[str]
) -> None:
    answer, rim = ask(api, data, answers)
    assert (answer.status, answer.values("content-type")) == (403, ["application/problem+json"])
    assert answer.values("x-emulator-cors") == [f"blocked; error={error}; layer={layer}"]
    assert not any(key.lower().startswith("access-control") for key, _ in answer.headers)
    assert [method_of(event) for event in rim.events] == invoked

    problem = json.loads(answer.body)
    assert (problem["status"], problem["error"], problem["layer"], problem["finding"]) == (403, error, layer, name)
    assert problem["detail"].startswith("Access to fetch at 'http://h/dev/x' from origin 'http://localhost:5173'")
    assert problem["fix"]
    assert [(one["name"], one["fix"]) for one in problem["findings"]] == [(name, problem["fix"])]
    assert "\n" not in problem["detail"]

    blocked = rim.exchanges[-1]
    assert isinstance(blocked.outcome, Enforced)
    inner = blocked.outcome.exchange
    assert (blocked.response.status, blocked.request.method) == (403, data.partition(b" ")[0].decode())
    headers = [f"{name}: {value}" for name, value in inner.response.headers]
    assert problem["original"] == {"method": inner.request.method, "status": inner.response.status, "headers": headers}
    if not blocked.outcome.is_sent:
        assert (rim.exchanges[:-1], blocked.result, inner.made_for) == ([inner], None, blocked.request)
        assert inner.stamp.request_id != blocked.stamp.request_id


RAISES = FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'user'")


def test_a_cause_is_told_with_what_it_leads_to() -> None:
    answer, _ = ask(REST, head("GET"), RAISES)
    problem = json.loads(answer.body)
    assert answer.values("x-emulator-cors") == ["blocked; error=MissingAllowOriginHeader; layer=function"]
    assert (problem["finding"], problem["fix"]) == ("function-error", "Mend function 'f'.")
    told = problem["findings"]
    assert [one["name"] for one in told] == ["function-error", "error-response-without-cors"]
    assert {one["severity"] for one in told} == {"error"}
    assert "on the error path too" in told[1]["fix"]
    block, cause = problem["detail"].split("\n")
    assert block == told[1]["message"]
    assert cause == f"function-error: {told[0]['message']}"
    assert "KeyError: 'user'" in cause


def test_a_head_request_is_blocked_without_a_body() -> None:
    answer, rim = ask(REST, head("HEAD"), OK)
    assert (answer.status, answer.body) == (403, b"")
    assert answer.values("x-emulator-cors") == ["blocked; error=MissingAllowOriginHeader; layer=function"]
    assert len(rim.events) == 1


ASKED = "Access-Control-Request-Method: "
HAND_MADE = [
    pytest.param(GATEWAY, "PUT", OK, 204, "allowed", [], id="gateway"),
    pytest.param(
        GATEWAY, "DELETE", OK, 204, "blocked; error=MethodDisallowedByPreflightResponse; layer=gateway", [],
        id="gateway-refuses",
    ),
    pytest.param(REST, "PUT", LEAVE, 204, "allowed", ["OPTIONS"], id="function"),
    pytest.param(
        NO_OPTIONS, "PUT", OK, 403, "blocked; error=PreflightMissingAllowOriginHeader; layer=gateway", [],
        id="no-options",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("api", "method", "answers", "status", "verdict", "invoked"), HAND_MADE)
def test_a_preflight_made_by_hand_is_answered_as_it_is(
    api: Api, method: str, answers: Any, status: int, verdict: str, invoked: list[str]
) -> None:
    answer, rim = ask(api, head("OPTIONS", ASKED + method), answers)
    assert (answer.status, answer.values("x-emulator-cors")) == (status, [verdict])
    assert "application/problem+json" not in answer.values("content-type")
    assert [method_of(event) for event in rim.events] == invoked
    (exchange,) = rim.exchanges
    assert exchange.made_for is None


DECLARED = [
    pytest.param((Frontend(PAGE, "include"),), 403, id="include"),
    pytest.param((Frontend(PAGE, {"shop": "omit"}),), 200, id="omit-by-api"),
    pytest.param((Frontend("http://other.test", "include"),), 200, id="of-another-page"),
    pytest.param((), 200, id="nothing-declared-is-same-origin"),
]


@pytest.mark.parametrize(("frontends", "status"), DECLARED)
def test_a_declared_frontend_decides_the_credentials_mode(frontends: tuple[Frontend, ...], status: int) -> None:
    assert ask(GATEWAY, head("PUT"), OK, frontends)[0].status == status


@pytest.mark.parametrize(("method", "status"), [("PUT", 200), ("DELETE", 403)])
def test_a_dev_origin_is_held_to_the_policy_for_production(method: str, status: int) -> None:
    dev = "http://localhost:4173"
    frontends = (Frontend(PAGE, dev=(dev,)),)
    answer, rim = ask(GATEWAY, head(method).replace(PAGE.encode(), dev.encode()), OK, frontends)
    assert answer.status == status
    assert answer.values("access-control-allow-origin") == ([dev] if status == 200 else [])
    assert {exchange.request.origin for exchange in rim.exchanges} == {PAGE}


UNTOUCHED = [
    pytest.param(head("DELETE", "Sec-Fetch-Site: same-site"), id="a-browser"),
    pytest.param(head("DELETE", "Sec-Fetch-Site: same-origin"), id="a-browser-behind-a-proxy"),
    pytest.param(head("DELETE").replace(b"curl/8.5.0", b"Mozilla/5.0 (X11; Linux)"), id="a-browser-on-plain-http"),
    pytest.param(head("DELETE").replace(PAGE.encode(), b"http://h"), id="the-api's-own-origin"),
    pytest.param(head("DELETE").replace(f"Origin: {PAGE}\r\n".encode(), b""), id="no-origin"),
    pytest.param(head("GET", "Upgrade: websocket", "Connection: upgrade"), id="a-websocket"),
]


@pytest.mark.parametrize("data", UNTOUCHED)
def test_what_is_not_enforced_goes_out_untouched(data: bytes) -> None:
    answer, rim = ask(BARE, data, OK)
    assert (answer.status, answer.body, answer.values("x-emulator-cors")) == (200, b"ok", [])
    assert len(rim.events) == len(rim.exchanges) == 1


def test_no_enforcement_passes_all_on() -> None:
    async def conversation() -> Answer:
        async with listening(GATEWAY) as rim:
            return await rim.ask(head("DELETE"))

    answer = run(conversation())
    assert (answer.status, answer.values("x-emulator-cors")) == (200, [])


def test_a_body_in_chunks_reaches_the_function_once_and_whole() -> None:
    chunked = head("PUT", "Content-Type: text/plain", "Transfer-Encoding: chunked")

    async def conversation() -> tuple[Answer, Rim]:
        enforcing = Enforcing(tuple, worded)
        handler = lambda event: LEAVE if asks(event) else OPEN  # noqa: E731
        async with listening(REST, handler, enforcing=enforcing) as rim, rim.connect() as client:
            for part in (chunked, b"5\r\nhello\r\n", b"6\r\n world\r\n0\r\n\r\n"):
                await client.say(part)
            return await client.answer(), rim

    answer, rim = run(conversation())
    assert (answer.status, [event["body"] for event in rim.events]) == (200, [None, "hello world"])


WITH_CREDENTIALS: dict[str, Any] = {
    **LEAVE,
    "headers": {**LEAVE["headers"], "Access-Control-Allow-Credentials": "true"},
}


@pytest.mark.parametrize(
    ("leave", "invoked"),
    [
        pytest.param(LEAVE, ["OPTIONS"], id="the-preflight-lacks-them"),
        pytest.param(WITH_CREDENTIALS, ["OPTIONS", "PUT"], id="the-answer-lacks-them"),
    ],
)
def test_a_cookie_is_of_the_request_alone_and_its_credentials_of_both(leave: Any, invoked: list[str]) -> None:
    answer, rim = ask(REST, head("PUT", "Cookie: sid=1"), (OPEN, leave))
    assert (answer.status, [method_of(event) for event in rim.events]) == (403, invoked)
    assert "Cookie" not in rim.events[0]["headers"]
