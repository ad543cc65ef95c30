"""The path of one request: each way it can end, seen in the record it leaves."""

import asyncio
import json
from dataclasses import dataclass, replace

import pytest

from emulator import gateway
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import ConfiguredRoute, HttpApi
from emulator.aws.integrations import Answer, ErrorObject, LambdaCall, LambdaProxy, Payload
from emulator.aws.product import Caller, Layer, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.errors import WorkerError
from emulator.exchange import Exchange, Times
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Invocation,
    Result,
    Returned,
    Throttled,
)
from emulator.messages import Headers, Request, Response
from products import STAMP

ROUTE = ConfiguredRoute("POST /x", LambdaProxy("f", timeout_s=7.0))
API = HttpApi("api", "abcdef1234", (ROUTE,), cors=CorsConfiguration(("http://a.test",)))
ORIGIN = (("Host", "127.0.0.1:3000"), ("Origin", "http://a.test"))
POST = Request("POST", "/x", headers=ORIGIN)


def served(request: Request, result: Result | Exception) -> tuple[Exchange, list[tuple[str, Invocation]]]:
    """The exchange, and every invocation that was made for it."""
    invoked: list[tuple[str, Invocation]] = []
    ticks = iter((1.0, 1.25, 2.0, 2.5))

    async def invoke(function: str, invocation: Invocation) -> Result:
        invoked.append((function, invocation))
        if isinstance(result, Exception):
            raise result
        return result

    return asyncio.run(gateway.handle(API, request, STAMP, invoke, lambda: next(ticks))), invoked


def test_function_answers() -> None:
    exchange, ((function, invocation),) = served(POST, Returned(b'{"statusCode": 201, "body": "hi"}'))
    assert (exchange.response.status, exchange.response.body, exchange.layer) == (201, b"hi", Layer.FUNCTION)
    assert exchange.function_response is not None
    assert exchange.function_response.header("access-control-allow-origin") is None
    assert exchange.response.header("access-control-allow-origin") == "http://a.test"
    assert exchange.response.header("apigw-requestid") == STAMP.extended_request_id
    assert exchange.times == Times(250.0, 750.0, 500.0)
    assert exchange.elapsed_ms == 1500.0
    assert (function, invocation.request_id, invocation.timeout_s) == ("f", STAMP.request_id, 7.0)
    assert json.loads(invocation.payload)["routeKey"] == "POST /x"


@pytest.mark.parametrize(
    ("result", "status", "reason"),
    [
        pytest.param(
            FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'id'"), 500, "KeyError: 'id'", id="function-error"
        ),
        pytest.param(IntegrationTimeout(7.0), 503, "the integration timeout of 7 s passed", id="timeout"),
        pytest.param(Throttled(10), 503, "all 10 execution environments were busy", id="throttled"),
        pytest.param(WorkerError("no python here"), 500, "Emulator.WorkerError: no python here", id="no-process"),
        pytest.param(Returned(b'{"statusCode": "x"}'), 500, "statusCode", id="malformed"),
    ],
)
def test_function_fails(result: Result | Exception, status: int, reason: str) -> None:
    exchange, _ = served(POST, result)
    assert (exchange.response.status, exchange.layer, exchange.function_response) == (status, Layer.GATEWAY, None)
    assert exchange.refusal is not None
    assert reason in exchange.refusal.reason
    assert exchange.response.header("access-control-allow-origin") == "http://a.test"


@pytest.mark.parametrize(
    ("request_", "status", "refused"),
    [
        pytest.param(Request("GET", "/nowhere", headers=ORIGIN), 404, True, id="no-route"),
        pytest.param(Request("POST", "/x", "q" * 20_000, headers=ORIGIN), 431, True, id="head-too-large"),
        pytest.param(
            Request("OPTIONS", "/x", headers=(*ORIGIN, ("Access-Control-Request-Method", "POST"))), 204, False,
            id="preflight",
        ),
        pytest.param(Request("POST", "/x", headers=ORIGIN, body=b"x" * (7 << 20)), 413, True, id="event-too-large"),
    ],
)  # fmt: skip
def test_gateway_answers_without_invoking(request_: Request, status: int, refused: bool) -> None:
    exchange, invoked = served(request_, Returned(b"null"))
    assert (exchange.response.status, exchange.layer, exchange.result) == (status, Layer.GATEWAY, None)
    assert (exchange.refusal is not None) is refused
    assert invoked == []


def test_foreseen_is_the_call_to_make_or_the_whole_exchange() -> None:
    planned = gateway.foresee(API, POST, STAMP)
    assert isinstance(planned, gateway.Planned)
    assert (planned.route.key, planned.call.function) == ("POST /x", "f")
    request = Request("GET", "/nowhere", headers=ORIGIN)
    assert gateway.foresee(API, request, STAMP) == replace(served(request, Returned(b""))[0], times=Times())


@dataclass(frozen=True)
class Told:
    """A transformation that tells what it was given."""

    def read(self, answer: Answer) -> Response:
        return Response(299, body=repr(answer).encode())


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        pytest.param(Returned(b"7"), Payload(b"7"), id="returned"),
        pytest.param(
            FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'id'", payload=b"{}"),
            ErrorObject(b"{}", "KeyError: 'id'"),
            id="function-error",
        ),
    ],
)
def test_a_call_that_brings_its_transformation_is_read_by_it(result: Result, answer: Answer) -> None:
    route = API.select_route(POST, STAMP)
    assert isinstance(route, Route)
    planned = gateway.Planned(route, LambdaCall("f", b"", "", 1.0, Told()))
    assert gateway.read_result(API, POST, planned, result) == Told().read(answer)


KEY = ApiKey("partner", "id1", "partner-value")
PLAN = UsagePlan("basic", (("rest", "dev"),), ("partner",))
ASKS = MethodRequest(
    (("method.request.header.x", True),),
    validator=RequestValidator("v", validate_request_parameters=True),
    api_key_required=True,
)
REST = RestApi(
    "rest",
    "abc123",
    (Method("GET", "/x", LambdaProxy("f", "1.0"), ASKS),),
    "dev",
    api_keys=(KEY,),
    usage_plans=(PLAN,),
)
LIMITED = Refusal(RefusalKind.QUOTA_EXCEEDED, "used up")


@pytest.mark.parametrize(
    ("headers", "limit", "kind", "counted"),
    [
        pytest.param((), LIMITED, RefusalKind.INVALID_API_KEY, 0, id="key"),
        pytest.param((("x-api-key", KEY.value),), LIMITED, RefusalKind.QUOTA_EXCEEDED, 1, id="usage-plan"),
        pytest.param((("x-api-key", KEY.value),), None, RefusalKind.BAD_REQUEST_PARAMETERS, 1, id="validator"),
        pytest.param((("x-api-key", KEY.value), ("x", "1")), None, None, 1, id="all-there"),
    ],
)
def test_steps_come_in_the_order_of_aws(
    headers: Headers, limit: Refusal | None, kind: RefusalKind | None, counted: int
) -> None:
    callers: list[Caller] = []

    def meter(caller: Caller, stamp: Stamp) -> Refusal | None:
        callers.append(caller)
        return limit

    planned = gateway.plan(REST, Request("GET", "/dev/x", headers=headers), STAMP, meter)
    assert (planned.outcome.kind if isinstance(planned, gateway.Settled) else None) == kind  # type: ignore[union-attr]
    assert callers == [Caller(KEY, PLAN)] * counted
    if isinstance(planned, gateway.Planned):
        assert json.loads(planned.call.event)["requestContext"]["identity"]["apiKeyId"] == "id1"


def test_what_is_foreseen_is_not_counted() -> None:
    request = Request("GET", "/dev/x", headers=(("x-api-key", KEY.value), ("x", "1")))
    assert isinstance(gateway.foresee(REST, request, STAMP), gateway.Planned)
