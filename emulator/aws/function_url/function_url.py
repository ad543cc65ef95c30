"""A Lambda function URL: what it asks of its function, and what it answers (AWS: Invoking Lambda function URLs). Its
event is in event.py, its CORS in cors.py."""

from dataclasses import dataclass, field
from hashlib import blake2s

from emulator.aws import limits
from emulator.aws.cors_configuration import FUNCTION_URL_METHODS, CorsConfiguration
from emulator.aws.function_url.cors import actual_headers, allow_origin, preflight_headers
from emulator.aws.function_url.event import url_event
from emulator.aws.integrations import LambdaCall, LambdaProxy, Mocked
from emulator.aws.lambda_proxy import payload_v2
from emulator.aws.lambda_proxy.event_encoding import encode_event
from emulator.aws.lambda_proxy.function_response import NOT_SENT, FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.lambda_proxy.trace import fresh_trace, with_parent
from emulator.aws.product import ANYONE, Caller, Outcome, Preflight, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Headers, Request, Response, without_headers

ROUTE_KEY = "$default"

FIELD_RULES = FieldRules("application/json", accepts_numeric_status=True, header_types=(str,), compacts_json=True)
"""How a function URL reads a response: all three rules are recorded from AWS (localstack/localstack,
test_lambda_url_invocation[dict] and [list-mixed], test_lambda_url_headers_and_status). Whether header values other than
strings are taken is uncertain: they are refused here."""

REMAPPED = "x-amzn-Remapped-www-authenticate"
"""The name a function's WWW-Authenticate has on the wire: a browser asks for no password, and a page can read it only
by this name. It was seen on live function URLs; which other headers are renamed is uncertain, so none is."""


@dataclass(frozen=True, slots=True)
class FunctionUrl:
    """One function URL that takes every caller (AuthType NONE) and whole answers (InvokeMode BUFFERED)."""

    name: str
    url_id: str
    function: str
    cors: CorsConfiguration | None = None
    _integration: LambdaProxy = field(init=False, repr=False, compare=False)
    _stage: Stage = field(init=False, repr=False, compare=False)
    _preflight_headers: Headers | None = field(init=False, repr=False, compare=False)
    _actual_headers: Headers = field(init=False, repr=False, compare=False)
    _lineage: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cors = self.cors or CorsConfiguration()
        object.__setattr__(self, "_integration", LambdaProxy(self.function, timeout_s=limits.FUNCTION_TIMEOUT_S))
        object.__setattr__(self, "_stage", Stage(self.url_id, ROUTE_KEY))
        object.__setattr__(self, "_preflight_headers", preflight_headers(cors))
        object.__setattr__(self, "_actual_headers", actual_headers(cors))
        object.__setattr__(self, "_lineage", f";lineage=1:{blake2s(self.url_id.encode(), digest_size=4).hexdigest()}:0")

    @property
    def product(self) -> str:
        return "function URL"

    @property
    def base_path(self) -> str:
        return ""

    @property
    def stage(self) -> str:
        return ROUTE_KEY

    @property
    def cors_methods(self) -> frozenset[str]:
        return FUNCTION_URL_METHODS

    @property
    def route_keys(self) -> tuple[str, ...]:
        return (ROUTE_KEY,)

    def path_inside(self, raw_path: str) -> str | None:
        """Hand the path on as it is: a function URL has no stage."""
        return raw_path

    def takes_method(self, method: str) -> bool:
        return True

    def takes_literal(self, segment: str) -> bool:
        return True

    def admit(self, request: Request) -> Refusal | None:
        """Refuse a body above the quota, before an event is built of it."""
        if len(request.body) > limits.REQUEST_BODY_BYTES:
            return Refusal(RefusalKind.BODY_TOO_LARGE, "the request body is larger than 6 MB")
        return None

    def select_route(self, request: Request, stamp: Stamp) -> Route | Preflight | Refusal:
        """Lead every path to the function; with CORS configured the URL answers preflights itself, with a 200 of no
        bytes that says application/json (rimutaka/posts, lambda-url-with-cloudfront, recorded 2024-08-08). The trace
        is always fresh: whether a function URL continues a client's is uncertain."""
        if self.cors is not None and request.is_preflight:
            return Preflight(Response(200, (("content-type", "application/json"),)))
        return Route(ROUTE_KEY, ROUTE_KEY, (), request.raw_path, fresh_trace(stamp), self._integration)

    def authorize(self, request: Request, route: Route, stamp: Stamp) -> Caller | Refusal:
        """Let everyone in: there is no authorizer yet."""
        return ANYONE

    def validate(self, request: Request, route: Route) -> Refusal | None:
        """Take every request: only a REST API has request validators."""
        return None

    def integrate(self, request: Request, route: Route, stamp: Stamp) -> LambdaCall | Refusal:
        """Build the event and the invocation that carries it."""
        event = encode_event(url_event(request, route, stamp, self._stage))
        if len(event) > limits.INVOCATION_PAYLOAD_BYTES:
            return Refusal(RefusalKind.REQUEST_TOO_LARGE, f"the event is {len(event)} bytes; Lambda takes 6 MB")
        integration = route.lambda_proxy
        return LambdaCall(integration.function, event, with_parent(route.trace, stamp), integration.timeout_s)

    def read_payload(self, payload: bytes, request: Request, route: Route) -> Response | Refusal:
        """Read the function's response; that a malformed one is answered as a function error is uncertain."""
        answer = payload_v2.read_response(payload, FIELD_RULES)
        if isinstance(answer, Malformed):
            return Refusal(RefusalKind.MALFORMED_RESPONSE, answer.reason)
        return Response(answer.status, remapped(without_headers(answer.headers, NOT_SENT)), answer.body)

    def finish(self, request: Request, route: Route | None, outcome: Outcome, stamp: Stamp) -> Response:
        """Add the configured CORS headers before the function's own, which stay, and the ids.

        A header both set is sent twice, and browsers refuse it (aws-powertools/powertools-lambda-python#4163). AWS's
        documentation says all responses; that a function URL's own errors have the CORS headers, and the trace header,
        is uncertain. The trace header's keys are in lower case, and a preflight has none (rimutaka/posts,
        lambda-url-with-cloudfront, recorded 2024-08-08; the lineage's form is that of newer recordings of Lambda).
        """
        response = before_cors(outcome)
        allowed = allow_origin(self.cors, request.origin)
        further = self._preflight_headers if isinstance(outcome, Preflight) else self._actual_headers
        cors: Headers = ()
        if allowed is not None and further is not None:
            cors = (("Access-Control-Allow-Origin", allowed), *further)
        ids: Headers = (("x-amzn-RequestId", stamp.request_id),)
        if not isinstance(outcome, Preflight):
            trace = with_parent(fresh_trace(stamp), stamp).lower()
            ids += (("X-Amzn-Trace-Id", f"{trace}{self._lineage}"),)
        return Response(response.status, cors + response.headers + ids, response.body)


def before_cors(outcome: Outcome) -> Response:
    """Return the function's response, or the URL's own, as they are before CORS is added."""
    if isinstance(outcome, Refusal):
        return own_response(outcome)
    return outcome.response if isinstance(outcome, Preflight | Mocked) else outcome


def own_response(refusal: Refusal) -> Response:
    """Word what the URL says itself.

    A function error is a 502 of plain text (localstack/localstack, test_lambda_url_invocation_exception). Too many
    requests are a 429 (AWS: Invoking function URLs, throttling), whose body is uncertain; so is that what is too large
    gets Lambda's own RequestTooLargeException.
    """
    match refusal.kind:
        case RefusalKind.FUNCTION_THROTTLED:
            return lambda_error(429, "TooManyRequestsException", "Rate Exceeded.")
        case RefusalKind.BODY_TOO_LARGE | RefusalKind.REQUEST_TOO_LARGE:
            message = (
                f"Request must be smaller than {limits.INVOCATION_PAYLOAD_BYTES} bytes for the InvokeFunction operation"
            )
            return lambda_error(413, "RequestTooLargeException", message)
        case _:
            return Response(502, (("content-type", "text/plain; charset=utf-8"),), b"Internal Server Error")


def lambda_error(status: int, error_type: str, message: str) -> Response:
    """Make an error in Lambda's shape, which has a capital `Message` and x-amzn-ErrorType."""
    headers = (("content-type", "application/json"), ("x-amzn-ErrorType", error_type))
    return Response(status, headers, f'{{"Message":"{message}"}}'.encode())


def remapped(headers: Headers) -> Headers:
    """Give a function's response headers the names they have on the wire."""
    return tuple([(REMAPPED, pair[1]) if pair[0].lower() == "www-authenticate" else pair for pair in headers])
