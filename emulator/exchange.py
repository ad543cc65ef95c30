"""The record of one request, complete when its answer has been made. Everything shown or judged comes from it."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.aws.api import Api
from emulator.aws.integrations import LambdaCustom, LambdaProxy, Mocked
from emulator.aws.product import Layer, Outcome, Route, Stamp
from emulator.aws.refusal import OF_AN_AUTHORIZER, Refusal
from emulator.functions.invocation import HeaderRead, Result
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
class PreflightAnswer:
    """What the answer to the preflight of a call allowed: the values of Access-Control-Allow-Origin and
    Access-Control-Allow-Credentials, "" where there is none. `function` wrote them, "" stands for the gateway."""

    allow_origin: str
    allow_credentials: str
    function: str


@dataclass(frozen=True, slots=True)
class RepeatedPreflight:
    """How often a page has sent the same preflight, this one included, and within how many seconds."""

    times: int
    seconds: int


class WithheldBy(StrEnum):
    """Why a call came without a cookie that was set before, as far as it shows. MODE: it was made without credentials;
    MODE_OR_GONE: it was, or the browser has the cookie no more; NEVER_KEPT: either of these, or the call that was to
    set the cookie was made without credentials."""

    PATH = "path"
    SAME_SITE = "same-site"
    THIRD_PARTY = "third-party"
    MODE = "mode"
    MODE_OR_GONE = "mode-or-gone"
    NEVER_KEPT = "never-kept"


@dataclass(frozen=True, slots=True)
class MissingCookies:
    """Cookies that an earlier answer set and that this call came without. `set_by` is the call that the first of them
    was set by, such as `POST /login`, `function` who answered it, and `is_of_page` whether it was a page's, and no
    navigation; `path` is where that cookie belongs."""

    names: tuple[str, ...]
    withheld_by: WithheldBy
    set_by: str
    function: str
    is_of_page: bool
    path: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier exchanges of the same page say of one: the answer to its own preflight, how often it came before as
    a preflight itself, and the cookies that it lacks. None for what nothing is said of."""

    preflight: PreflightAnswer | None = None
    repeated: RepeatedPreflight | None = None
    cookies: MissingCookies | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came in, the value of every step, and what went out.

    `route` is None when none was selected or the gateway answered the preflight itself; `result` is None when nothing
    was run. `outcome` is what the request came to before `finish` made the `response` of it. `made_for` is the request
    before which enforcement made this preflight, as a browser would have; None for what a client has sent.
    `redirected_from` is the exchange whose answer sent the client here, `other_answer` what this route has answered to
    others, and `earlier` what else exchanges before it say of this one, where they are known and matter.
    `origin_read` is where the function's code reads Origin, where that may be why it answered without CORS headers.
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
    earlier: Earlier | None = None
    origin_read: HeaderRead | None = None

    @property
    def layer(self) -> Layer:
        """Who decided the answer."""
        if isinstance(self.outcome, Enforced):
            return Layer.BROWSER
        if isinstance(self.outcome, Refusal) and self.outcome.kind in OF_AN_AUTHORIZER:
            return Layer.AUTHORIZER
        return Layer.FUNCTION if isinstance(self.outcome, Response) else Layer.GATEWAY

    @property
    def function_response(self) -> Response | None:
        """The function's own answer before the gateway touched its CORS headers; None when no usable one came."""
        return self.outcome if isinstance(self.outcome, Response) else None

    @property
    def mocked(self) -> Mocked | None:
        """What a MOCK integration answered; None where none did."""
        return self.outcome if isinstance(self.outcome, Mocked) else None

    @property
    def refusal(self) -> Refusal | None:
        """Why the gateway answered in the integration's stead; None when it did not."""
        return self.outcome if isinstance(self.outcome, Refusal) else None

    @property
    def function(self) -> str | None:
        """The function behind the selected route; None when none was selected, or no function stands behind it."""
        integration = None if self.route is None else self.route.integration
        return integration.function if isinstance(integration, LambdaProxy | LambdaCustom) else None

    @property
    def payload_format_version(self) -> str | None:
        """The format of the event and of the response; None where no Lambda proxy stands behind the request."""
        integration = None if self.route is None else self.route.integration
        return integration.payload_format_version if isinstance(integration, LambdaProxy) else None

    @property
    def elapsed_ms(self) -> float:
        """How long the path took, from the request read to the answer ready, in ms."""
        return self.times.plan_ms + self.times.perform_ms + self.times.answer_ms
