"""The path of one request through an emulated API, one step after the other. Knows no rule of any product.

    admit -> select_route -> authorize -> validate -> integrate      `plan`: pure, runs nothing
    perform                                                          the one step that does IO
    read_result -> finish                                            pure again

A step takes the values of those before it and gives one of its own; a new step is a new block.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from emulator.aws.api import Api
from emulator.aws.integrations import Call, ErrorObject, Mocked, Payload
from emulator.aws.product import ANYONE, Caller, Outcome, Preflight, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.errors import WorkerError
from emulator.exchange import Exchange, Times
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Invocation,
    Invoke,
    Result,
    Returned,
    Throttled,
)
from emulator.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Planned:
    """A request whose route leads to a call that is yet to be made."""

    route: Route
    call: Call


@dataclass(frozen=True, slots=True)
class Settled:
    """A request that the gateway answers itself. `route` is None when none was selected."""

    outcome: Preflight | Mocked | Refusal
    route: Route | None = None


Plan = Planned | Settled
"""What is decided of a request before anything runs."""


Meter = Callable[[Caller, Stamp], Refusal | None]
"""Counts a request of a caller who has a usage plan; a Refusal where it is one too many."""


def unmetered(caller: Caller, stamp: Stamp) -> None:
    """Count nothing: for a request that nobody sent."""


def plan(api: Api, request: Request, stamp: Stamp, meter: Meter = unmetered) -> Plan:
    """Decide everything that needs no function: what the gateway would do with the request, and with which event."""
    refusal = api.admit(request)
    if refusal is not None:
        return Settled(refusal)

    route = api.select_route(request, stamp)
    if not isinstance(route, Route):
        return Settled(route)

    caller = api.authorize(request, route, stamp)
    if isinstance(caller, Refusal):
        return Settled(caller, route)
    if caller is not ANYONE:
        route = replace(route, caller=caller)

    refusal = (meter(caller, stamp) if caller.usage_plan else None) or api.validate(request, route)
    if refusal is not None:
        return Settled(refusal, route)

    call = api.integrate(request, route, stamp)
    if isinstance(call, Refusal | Mocked):
        return Settled(call, route)

    return Planned(route, call)


def foresee(api: Api, request: Request, stamp: Stamp) -> Planned | Exchange:
    """Make the whole exchange where the gateway answers by itself; else return the call that would have to be made to
    know."""
    planned = plan(api, request, stamp)
    if isinstance(planned, Planned):
        return planned
    response = api.finish(request, planned.route, planned.outcome, stamp)
    return Exchange(api, request, stamp, planned.route, None, planned.outcome, response)


async def handle(
    api: Api, request: Request, stamp: Stamp, invoke: Invoke, clock: Callable[[], float], *, meter: Meter = unmetered
) -> Exchange:
    """Serve one request; `clock` gives seconds from any fixed point, and `meter` counts what usage plans limit."""
    began = clock()
    planned = plan(api, request, stamp, meter)
    performed = decided = clock()

    result: Result | None = None
    outcome: Outcome
    if isinstance(planned, Settled):
        outcome = planned.outcome
    else:
        result = await perform(planned.call, stamp, invoke)
        performed = clock()
        outcome = read_result(api, request, planned, result)

    response = api.finish(request, planned.route, outcome, stamp)
    times = Times((decided - began) * 1000, (performed - decided) * 1000, (clock() - performed) * 1000)
    return Exchange(api, request, stamp, planned.route, result, outcome, response, times)


async def perform(call: Call, stamp: Stamp, invoke: Invoke) -> Result:
    """Make the call. A process that cannot even be started is an init error to the client, like any other."""
    invocation = Invocation(stamp.request_id, call.event, call.trace_id, call.timeout_s)
    try:
        return await invoke(call.function, invocation)
    except WorkerError as error:
        return FunctionError(FunctionErrorKind.INIT, "Emulator.WorkerError", str(error))


def read_result(api: Api, request: Request, planned: Planned, result: Result) -> Response | Refusal:
    """Turn each way an invocation can end into what the client gets of it."""
    if isinstance(result, Returned):
        if planned.call.transformation is None:
            return api.read_payload(result.payload, request, planned.route)
        return planned.call.transformation.read(Payload(result.payload))
    if isinstance(result, FunctionError):
        reason = f"{result.error_type}: {result.error_message}"
        if planned.call.transformation is None:
            return Refusal(RefusalKind.FUNCTION_ERROR, reason)
        return planned.call.transformation.read(ErrorObject(result.payload, reason))
    if isinstance(result, IntegrationTimeout):
        return Refusal(RefusalKind.INTEGRATION_TIMEOUT, f"the integration timeout of {result.waited_s:g} s passed")
    if isinstance(result, Throttled):
        return Refusal(RefusalKind.FUNCTION_THROTTLED, f"all {result.limit} execution environments were busy")
    assert_never(result)
