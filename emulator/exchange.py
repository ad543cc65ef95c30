"""The record of one request, complete when its answer has been made. Everything shown or judged comes from it."""

from dataclasses import dataclass

from emulator.aws.api import Api
from emulator.aws.product import Layer, Outcome, Refusal, Route, Stamp
from emulator.functions.invocation import Result
from emulator.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Times:
    """How long each part of the path took, in ms: to plan, to perform the call, and to answer, which is to read the
    result and make the response."""

    plan_ms: float = 0.0
    perform_ms: float = 0.0
    answer_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Enforced:
    """The outcome of a request that enforcement answers in the API's stead, because a browser would have blocked
    `exchange`: the request's own, or that of the preflight without whose leave the request is never sent."""

    exchange: "Exchange"

    @property
    def is_sent(self) -> bool:
        """Whether the request itself was sent, and its answer blocked."""
        return self.exchange.made_for is None


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """What the route of an exchange has answered to an earlier GET of another origin.

    `call` is that request's method and target, and `is_same_url` whether it was for the URL of the exchange itself;
    `origin` is None where it named none. `allow_origin` is the answer's Access-Control-Allow-Origin, None where there
    was none.
    """

    call: str
    origin: str | None
    allow_origin: str | None
    is_same_url: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came in, the value of every step, and what went out.

    `route` is None when none was selected or the gateway answered the preflight itself; `result` is None when nothing
    was run. `outcome` is what the request came to before `finish` made the `response` of it. `made_for` is the request
    before which enforcement made this preflight, as a browser would have; None for what a client has sent.
    `redirected_from` is the exchange whose answer sent the client here, and `other_answer` what this route has answered
    to others, where they are known and matter.
    """

    api: Api
    request: Request
    stamp: Stamp
    route: Route | None
    result: Result | None
    outcome: Outcome | Enforced
    response: Response
    times: Times = Times()
    made_for: Request | None = None
    redirected_from: "Exchange | None" = None
    other_answer: OtherAnswer | None = None

    @property
    def layer(self) -> Layer:
        """Who decided the answer."""
        if isinstance(self.outcome, Enforced):
            return Layer.BROWSER
        return Layer.FUNCTION if isinstance(self.outcome, Response) else Layer.GATEWAY

    @property
    def function_response(self) -> Response | None:
        """The function's own answer before the gateway touched its CORS headers; None when no usable one came."""
        return self.outcome if isinstance(self.outcome, Response) else None

    @property
    def refusal(self) -> Refusal | None:
        """Why the gateway answered in the integration's stead; None when it did not."""
        return self.outcome if isinstance(self.outcome, Refusal) else None

    @property
    def function(self) -> str | None:
        """The function behind the selected route; None when none was selected."""
        return self.route.integration.function if self.route is not None else None

    @property
    def elapsed_ms(self) -> float:
        """How long the path took, from the request read to the answer ready, in ms."""
        return self.times.plan_ms + self.times.perform_ms + self.times.answer_ms
