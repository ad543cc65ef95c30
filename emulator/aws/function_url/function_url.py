"""A Lambda function URL: its event, its answers, its own CORS (AWS: Invoking Lambda function URLs)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s

from emulator.aws import limits
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.lambda_proxy import payload_v2
from emulator.aws.lambda_proxy.event_encoding import encode_event
from emulator.aws.lambda_proxy.function_response import NOT_SENT, FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import context_v2
from emulator.aws.lambda_proxy.request_headers import forwarded_headers, joined_headers
from emulator.aws.lambda_proxy.request_target import decoded_path
from emulator.aws.lambda_proxy.trace import fresh_trace, with_parent
from emulator.aws.product import Fault, Match, Preflight, Refusal, Stamp
from emulator.messages import Headers, Request, Response, without_headers

ROUTE_KEY = "$default"
LONGEST_FUNCTION_TIMEOUT = 900.0
"""Seconds. A function URL has no integration timeout: it waits as long as a function may run (AWS: Lambda quotas)."""

TLS_HEADERS = {"x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256", "x-amzn-tls-version": "TLSv1.3"}
"""Always there on AWS, where every function URL is https (hotsock/voker, functionurl-request.json)."""

FIELD_RULES = FieldRules("application/json", accepts_numeric_status=True, header_types=(str,), compacts_json=True)
"""All three recorded from AWS (localstack/localstack, test_lambda_url_invocation[dict] and [list-mixed],
test_lambda_url_headers_and_status); whether header values other than strings are taken is uncertain: refused here."""

REMAPPED = "x-amzn-Remapped-www-authenticate"
"""What a function's WWW-Authenticate is called on the wire: a browser asks for no password, and a page can read it only
by this name. Seen on live function URLs; which other headers are renamed is uncertain, so none is."""


@dataclass(frozen=True, slots=True)
class FunctionUrl:
    """One function URL, AuthType NONE, InvokeMode BUFFERED."""

    name: str
    url_id: str
    function: str
    cors: CorsConfiguration | None = None
    _match: Match = field(init=False, repr=False, compare=False)
    _preflight_headers: Headers | None = field(init=False, repr=False, compare=False)
    _actual_headers: Headers = field(init=False, repr=False, compare=False)
    _lineage: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        match = Match(self.function, ROUTE_KEY, ROUTE_KEY, timeout=LONGEST_FUNCTION_TIMEOUT)
        cors = self.cors or CorsConfiguration()
        object.__setattr__(self, "_match", match)
        object.__setattr__(self, "_preflight_headers", preflight_headers(cors))
        object.__setattr__(self, "_actual_headers", actual_headers(cors))
        object.__setattr__(self, "_lineage", f";lineage=1:{blake2s(self.url_id.encode(), digest_size=4).hexdigest()}:0")

    def select_route(self, request: Request) -> Match | Preflight | Refusal:
        """Every path leads to the function; with CORS configured the URL answers preflights itself, with a 200 of no
        bytes that says application/json (rimutaka/posts, lambda-url-with-cloudfront, recorded 2024-08-08)."""
        if len(request.body) > limits.REQUEST_BODY:
            return payload_too_large("the request body is larger than 6 MB")
        if self.cors is not None and request.is_preflight:
            return Preflight(Response(200, (("content-type", "application/json"),)))
        return self._match

    def build_event(self, request: Request, match: Match, stamp: Stamp) -> bytes | Refusal:
        """An event 2.0 with what function URLs do otherwise (recorded from AWS: hotsock/voker,
        functionurl-request.json): the Cookie header stays beside `cookies`, `rawPath` stays percent-encoded."""
        headers = joined_headers(request)
        headers.update(TLS_HEADERS, **forwarded_headers(request, headers, fresh_trace(stamp)))
        if request.body:
            headers["content-length"] = str(len(request.body))
        context = context_v2(
            request,
            stamp,
            account_id="anonymous",
            api_id=self.url_id,
            host=headers.get("host", ""),
            path=decoded_path(request.raw_path),
            request_id=stamp.request_id,
            route_key=ROUTE_KEY,
            stage=ROUTE_KEY,
            user_agent=headers.get("user-agent"),
        )
        event = payload_v2.event(
            request,
            route_key=ROUTE_KEY,
            raw_path=request.raw_path,
            headers=headers,
            cookies=payload_v2.request_cookies(headers.get("cookie")),
            context=context,
        )
        payload = encode_event(event)
        if len(payload) > limits.INVOCATION_PAYLOAD:
            return payload_too_large(f"the event is {len(payload)} bytes; Lambda takes 6 MB")
        return payload

    def trace_id(self, request: Request, stamp: Stamp) -> str:
        """Always fresh: whether a function URL continues a client's trace is uncertain."""
        return with_parent(fresh_trace(stamp), stamp)

    def read_payload(self, payload: bytes, request: Request, match: Match) -> Response | Refusal:
        """The function's response; that a malformed one is answered as a function error is uncertain."""
        answer = payload_v2.read_response(payload, FIELD_RULES)
        if isinstance(answer, Malformed):
            return self.refuse(Fault.FUNCTION_ERROR, answer.reason)
        return Response(answer.status, remapped(without_headers(answer.headers, NOT_SENT)), answer.body)

    def refuse(self, fault: Fault, reason: str) -> Refusal:
        """A function error is a 502 of plain text (localstack/localstack, test_lambda_url_invocation_exception). Too
        many requests are a 429 (AWS: Invoking function URLs, throttling), whose body is uncertain."""
        if fault is Fault.THROTTLED:
            return lambda_refusal(429, "TooManyRequestsException", "Rate Exceeded.", reason)
        headers = (("content-type", "text/plain; charset=utf-8"),)
        return Refusal(Response(502, headers, b"Internal Server Error"), reason)

    def add_cors(self, request: Request, answer: Response | Preflight | Refusal) -> Response:
        """The configured headers before the function's own, which stay: a header both set is sent twice, and browsers
        refuse it (aws-powertools/powertools-lambda-python#4163). AWS's documentation says all responses; that its own
        errors have them is uncertain."""
        response = answer if isinstance(answer, Response) else answer.response
        allowed = allow_origin(self.cors, request.origin)
        further = self._preflight_headers if isinstance(answer, Preflight) else self._actual_headers
        if allowed is None or further is None:
            return response
        cors_headers = (("Access-Control-Allow-Origin", allowed), *further)
        return Response(response.status, cors_headers + response.headers, response.body)

    def add_request_ids(
        self, response: Response, answer: Response | Preflight | Refusal, request: Request, stamp: Stamp
    ) -> Response:
        """The trace header's keys are in lower case, and a preflight has none (rimutaka/posts,
        lambda-url-with-cloudfront, recorded 2024-08-08; the lineage's form is that of newer recordings of Lambda). That
        a function URL's own errors have it is uncertain."""
        ids: Headers = (("x-amzn-RequestId", stamp.request_id),)
        if not isinstance(answer, Preflight):
            ids += (("X-Amzn-Trace-Id", self.trace_id(request, stamp).lower() + self._lineage),)
        return Response(response.status, response.headers + ids, response.body)


def allow_origin(cors: CorsConfiguration | None, origin: str | None) -> str | None:
    """The caller's own origin when it is listed, or when "*" is: echoed, with credentials too (LeanerCloud/CUDly#390,
    probed live; aws-powertools/powertools-lambda-python#4163. AWS's documentation prints `*` in one message)."""
    if cors is None or origin is None:
        return None
    return origin if origin in cors.allow_origins or "*" in cors.allow_origins else None


def preflight_headers(cors: CorsConfiguration) -> Headers | None:
    """The whole lists whatever was asked for, header names in lower case (rimutaka/posts, lambda-url-with-cloudfront;
    go-to-k/cdk-real-drift#874); that their order is the configuration's is uncertain.

    None where an entry of allowHeaders is a list itself, "Content-Type,Authorization": AWS takes it, and answers
    preflights without any CORS header (rimutaka/posts; CodeGenieApp/serverless-express#508).
    """
    if has_comma(cors.allow_headers):
        return None
    max_age = () if cors.max_age is None else (("Access-Control-Max-Age", str(cors.max_age)),)
    return (
        *_list_header("Access-Control-Allow-Headers", [name.lower() for name in cors.allow_headers]),
        *_list_header("Access-Control-Allow-Methods", cors.allow_methods),
        *_credentials(cors),
        *max_age,
        *_vary(cors),
    )


def actual_headers(cors: CorsConfiguration) -> Headers:
    """What an answer to a listed origin carries beside its Access-Control-Allow-Origin."""
    exposed = [name.lower() for name in cors.expose_headers]
    return (*_credentials(cors), *_list_header("Access-Control-Expose-Headers", exposed), *_vary(cors))


def has_comma(names: Iterable[str]) -> bool:
    """Whether an entry of a list holds several names."""
    return any("," in name for name in names)


def _credentials(cors: CorsConfiguration) -> Headers:
    return (("Access-Control-Allow-Credentials", "true"),) if cors.allow_credentials else ()


def _vary(cors: CorsConfiguration) -> Headers:
    """Recorded for a listed origin, on preflights and answers (rimutaka/posts, lambda-url-with-cloudfront). That the
    origins of "*" get none is uncertain: the stricter reading, since a cache may then mix them up."""
    return () if "*" in cors.allow_origins else (("Vary", "Origin"),)


def _list_header(name: str, values: Sequence[str]) -> Headers:
    return ((name, ",".join(values)),) if values else ()


def remapped(headers: Headers) -> Headers:
    """A function's response headers by the names they have on the wire."""
    return tuple([(REMAPPED, pair[1]) if pair[0].lower() == "www-authenticate" else pair for pair in headers])


def payload_too_large(reason: str) -> Refusal:
    """Lambda's own RequestTooLargeException; that a function URL words it so is uncertain."""
    message = f"Request must be smaller than {limits.INVOCATION_PAYLOAD} bytes for the InvokeFunction operation"
    return lambda_refusal(413, "RequestTooLargeException", message, reason)


def lambda_refusal(status: int, error_type: str, message: str, reason: str) -> Refusal:
    """Lambda's error shape: a capital `Message` and x-amzn-ErrorType."""
    headers = (("content-type", "application/json"), ("x-amzn-ErrorType", error_type))
    return Refusal(Response(status, headers, f'{{"Message":"{message}"}}'.encode()), reason)
