"""The path of one request through an emulated API, top to bottom. Knows no rule of any product."""

from collections.abc import Callable
from typing import assert_never

from emulator.aws.api import Api
from emulator.aws.product import Fault, Layer, Match, Preflight, Refusal, Stamp
from emulator.errors import WorkerError
from emulator.exchange import Exchange
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


async def handle(api: Api, request: Request, stamp: Stamp, invoke: Invoke, clock: Callable[[], float]) -> Exchange:
    """Serve one request; `clock` gives seconds from any fixed point."""
    started = clock()
    match: Match | None = None
    result: Result | None = None

    answer: Response | Preflight | Refusal
    selected = api.select_route(request)
    if isinstance(selected, Match):
        match = selected
        event = api.build_event(request, match, stamp)
        if isinstance(event, bytes):
            invocation = Invocation(stamp.request_id, event, api.trace_id(request, stamp), match.timeout)
            result = await run(match.function, invocation, invoke)
            answer = read_result(api, request, match, result)
        else:
            answer = event
    else:
        answer = selected

    response = api.add_request_ids(api.add_cors(request, answer), answer, request, stamp)
    return Exchange(
        api=api,
        request=request,
        stamp=stamp,
        response=response,
        layer=Layer.FUNCTION if isinstance(answer, Response) else Layer.GATEWAY,
        match=match,
        result=result,
        integration_response=answer if isinstance(answer, Response) else None,
        refusal=answer if isinstance(answer, Refusal) else None,
        elapsed=(clock() - started) * 1000,
    )


async def run(function: str, invocation: Invocation, invoke: Invoke) -> Result:
    """Invoke; a process that cannot even be started is to the client an init error like any other."""
    try:
        return await invoke(function, invocation)
    except WorkerError as error:
        return FunctionError(FunctionErrorKind.INIT, "Emulator.WorkerError", str(error))


def read_result(api: Api, request: Request, match: Match, result: Result) -> Response | Refusal:
    """What the product makes of each way an invocation can end."""
    if isinstance(result, Returned):
        return api.read_payload(result.payload, request, match)
    if isinstance(result, FunctionError):
        return api.refuse(Fault.FUNCTION_ERROR, f"{result.error_type}: {result.error_message}")
    if isinstance(result, IntegrationTimeout):
        return api.refuse(Fault.TIMEOUT, f"the integration timeout of {result.waited:g} s passed")
    if isinstance(result, Throttled):
        return api.refuse(Fault.THROTTLED, f"all {result.limit} execution environments were busy")
    assert_never(result)
