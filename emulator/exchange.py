"""The record of one request, complete when its answer has been sent. Everything shown or judged comes from it."""

from dataclasses import dataclass

from emulator.aws.api import Api
from emulator.aws.product import Layer, Match, Refusal, Stamp
from emulator.functions.invocation import Result
from emulator.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came in, what each step decided, and what went out.

    `match` is None when no route was selected or the gateway answered the preflight itself. `integration_response` is
    the function's own answer before the gateway touched its CORS headers; None when no usable one came back.
    `refusal` is set when the gateway answered in its stead. `elapsed` is in ms, request read to answer ready.
    """

    api: Api
    request: Request
    stamp: Stamp
    response: Response
    layer: Layer
    match: Match | None = None
    result: Result | None = None
    integration_response: Response | None = None
    refusal: Refusal | None = None
    elapsed: float = 0.0
