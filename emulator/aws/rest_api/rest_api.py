"""A REST API: stage, resource and method selection, its events, its answers. It evaluates no CORS of its own: what the
OPTIONS method and the function return is all there is (AWS: CORS for REST APIs in API Gateway)."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s, sha256
from typing import NamedTuple

from emulator.aws import limits
from emulator.aws.lambda_proxy import payload_v1
from emulator.aws.lambda_proxy.event_encoding import encode_event, event_body, matches_binary_media_types, media_type
from emulator.aws.lambda_proxy.function_response import FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import context_v1
from emulator.aws.lambda_proxy.request_headers import forwarded_headers, joined_headers, listed_headers
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.aws.lambda_proxy.trace import continued_trace, with_parent
from emulator.aws.product import Fault, Match, Preflight, Refusal, Stamp
from emulator.aws.routing.path_template import PathTemplate, parse, split_path, template_problem
from emulator.aws.routing.route_table import RouteTable, build_table
from emulator.messages import Headers, Request, Response

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY")
ANY_METHODS = frozenset(METHODS) - {"ANY"}
METHOD_OVERRIDE = "x-http-method-override"
"""Its value is the method, for resources and in the event (AWS: Amazon API Gateway important notes)."""

NOT_IN_EVENT = frozenset(
    {
        "connection",
        "content-length",
        "content-md5",
        "expect",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "www-authenticate",
        METHOD_OVERRIDE,
    }
)
"""localstack/localstack, test_apigateway_header_remapping_aws[AWS_PROXY], validated on AWS; the override: AWS, Amazon
API Gateway important notes."""

CANONICAL_NAMES = {
    "authorization": "Authorization",
    "host": "Host",
    "user-agent": "User-Agent",
    "x-amzn-trace-id": "X-Amzn-Trace-Id",
    "x-forwarded-for": "X-Forwarded-For",
    "x-forwarded-port": "X-Forwarded-Port",
    "x-forwarded-proto": "X-Forwarded-Proto",
}
"""The names a REST API rewrites; all others arrive as sent (localstack/localstack, test_lambda_aws_proxy_integration,
validated on AWS; hotsock/voker, apigwv1-request.json)."""

REMAPPED = frozenset(
    {
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "date",
        "expect",
        "host",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "trailer",
        "upgrade",
        "user-agent",
        "www-authenticate",
    }
)
"""Validated on AWS for non-proxy integrations (localstack/localstack, test_apigateway_header_remapping_http); for
Lambda proxies only WWW-Authenticate and Authorization are recorded, the rest is uncertain."""

RESPONSE_RULES = payload_v1.ResponseRules(
    FieldRules("application/json", accepts_numeric_status=True, header_types=(str, bool, int, float)),
    missing_status=200,
    known_keys=frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}),
    multi_values_first=True,
)
"""localstack/localstack, test_aws_proxy_response_payload_format_validation, validated on AWS; numbers as header values
are uncertain and accepted, as users report of Access-Control-Max-Age."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of one resource and its Lambda proxy integration; `timeout` in seconds."""

    http_method: str
    resource_path: str
    function: str
    timeout: float = 29.0


class Staged(NamedTuple):
    """A request's path inside the stage: as events show it, and with its leading slashes as sent."""

    path: str
    raw: str


@dataclass(frozen=True, slots=True)
class RestApi:
    """One REST API with its one stage, regional. Raises ValueError, with resource_path_problem's sentence, for a bad
    resource path."""

    name: str
    api_id: str
    methods: tuple[Method, ...]
    stage: str
    stage_variables: tuple[tuple[str, str], ...] = ()
    binary_media_types: tuple[str, ...] = ()
    _table: RouteTable[Method] = field(init=False, repr=False, compare=False)
    _binary: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for method in self.methods:
            problem = resource_path_problem(method.resource_path)
            if problem is not None:
                raise ValueError(problem)
        entries = [(method.http_method, parse(method.resource_path), method) for method in self.methods]
        object.__setattr__(self, "_table", build_table(entries, most_specific_first, ANY_METHODS))
        object.__setattr__(self, "_binary", tuple(entry.lower() for entry in self.binary_media_types))

    def select_route(self, request: Request) -> Match | Preflight | Refusal:
        """Stage, then the most specific resource that has the method or ANY."""
        if is_too_long(request):
            return TOO_LONG
        if (problem := limits.head_problem(request)) is not None:
            body = '{"message":"Request Header Fields Too Large"}'
            return refusal(431, body, "RequestHeaderFieldsTooLargeException", problem)
        staged = inside_stage(request.raw_path, self.stage)
        if staged is None:
            reason = f"the path {request.raw_path} is outside the stage: start it with /{self.stage}"
            return refusal(403, '{"message":"Forbidden"}', "ForbiddenException", reason, outside=True)
        method_name = request.header(METHOD_OVERRIDE) or request.method
        found = self._table.find(method_name, split_path(staged.path.removesuffix("/") or "/"))
        if found is None:
            return unknown_resource(request, f"no resource has the method {method_name} for {staged.path}")
        method, parameters = found
        route_key = f"{method.http_method} {method.resource_path}"
        return Match(method.function, route_key, method.resource_path, parameters, "1.0", method.timeout)

    def build_event(self, request: Request, match: Match, stamp: Stamp) -> bytes | Refusal:
        """The proxy event as compact JSON; a Refusal when Lambda would not take it."""
        staged = inside_stage(request.raw_path, self.stage) or Staged("/", "")
        headers = joined_headers(request)
        method = headers.get(METHOD_OVERRIDE) or request.method
        context = context_v1(
            request,
            stamp,
            api_id=self.api_id,
            host=headers.get("host", ""),
            method=method,
            path=f"/{self.stage}{staged.raw}",
            request_id=stamp.request_id,
            resource_id=short_id(match.resource),
            resource_path=match.resource,
            stage=self.stage,
            user_agent=headers.get("user-agent"),
        )
        event = payload_v1.event(
            resource=match.resource,
            path=staged.path,
            method=method,
            headers=event_headers(request, headers, stamp),
            query=payload_v1.listed_query(query_pairs(request.raw_query.replace(";", "&"))),
            context={**context, "deploymentId": short_id(self.api_id)},
            path_parameters=match.path_parameters,
            stage_variables=self.stage_variables,
            body=event_body(request.body, as_text=not self._is_binary(headers.get("content-type"))),
        )
        payload = encode_event(event)
        if len(payload) > limits.INVOCATION_PAYLOAD:
            reason = f"the event is {len(payload)} bytes; Lambda takes 6 MB"
            return refusal(413, '{"message": "Request Too Long"}', "BadRequestException", reason)
        return payload

    def trace_id(self, request: Request, stamp: Stamp) -> str:
        """A client's trace goes on (localstack/localstack, test_invocation_trace_id, validated on AWS)."""
        return with_parent(continued_trace(request.header("x-amzn-trace-id"), stamp), stamp)

    def read_payload(self, payload: bytes, request: Request, match: Match) -> Response | Refusal:
        """The function's response; base64 is decoded only for a first Accept media type that is binary."""
        decodes = self._is_binary(request.header("accept"))
        answer = payload_v1.read_response(payload, RESPONSE_RULES, decodes_base64=decodes)
        if isinstance(answer, Malformed):
            return integration_failure(500 if answer.undecodable else 502, answer.reason)
        return Response(answer.status, remapped(answer.headers), answer.body)

    def refuse(self, fault: Fault, reason: str) -> Refusal:
        """Recorded from AWS: a function error is a 502, a timeout a 504, a throttled function a 500."""
        if fault is Fault.TIMEOUT:
            body = '{"message": "Endpoint request timed out"}'
            return refusal(504, body, "InternalServerErrorException", reason)
        return integration_failure(500 if fault is Fault.THROTTLED else 502, reason)

    def add_cors(self, request: Request, answer: Response | Preflight | Refusal) -> Response:
        return answer if isinstance(answer, Response) else answer.response

    def add_request_ids(
        self, response: Response, answer: Response | Preflight | Refusal, request: Request, stamp: Stamp
    ) -> Response:
        """Refused above 10 MB, a request never reaches the API and gets no ids (koki-develop/lgtm-generator#10).

        The gateway's own errors have no trace id here: recordings of AWS differ, some have none, some `Root=` alone,
        none has more (localstack/localstack, test_invocation_trace_id, shows the answers of functions). Uncertain.
        """
        if is_too_long(request):
            return response
        ids: Headers = (("x-amzn-RequestId", stamp.request_id), ("x-amz-apigw-id", stamp.extended_request_id))
        if isinstance(answer, Response):
            ids += (("X-Amzn-Trace-Id", self.trace_id(request, stamp)),)
        return Response(response.status, response.headers + ids, response.body)

    def _is_binary(self, content_type_or_accept: str | None) -> bool:
        return matches_binary_media_types(media_type(content_type_or_accept), self._binary)


def most_specific_first(template: PathTemplate) -> tuple[int, ...]:
    """Literal before variable before greedy, segment by segment; what lacks the method falls through to the next
    (localstack/localstack, test_proxy_routing_with_hardcoded_resource_sibling, validated on AWS)."""
    return template.kinds


def inside_stage(raw_path: str, stage: str) -> Staged | None:
    """The path below /stage, still percent-encoded; None when its first segment is another. Leading slashes count as
    one (localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS)."""
    first, slash, rest = raw_path.lstrip("/").partition("/")
    if first != stage:
        return None
    return Staged("/" + rest.lstrip("/"), slash + rest)


def event_headers(request: Request, joined: Mapping[str, str], stamp: Stamp) -> dict[str, list[str]]:
    """A SigV4 Authorization header does not reach the function (AWS: Amazon API Gateway important notes)."""
    dropped = NOT_IN_EVENT | {"authorization"} if is_signature(joined.get("authorization")) else NOT_IN_EVENT
    trace = continued_trace(joined.get("x-amzn-trace-id"), stamp)
    replaced = forwarded_headers(request, joined, trace)
    return listed_headers(request, replaced, dropped, CANONICAL_NAMES)


def is_signature(authorization: str | None) -> bool:
    return authorization is not None and authorization.startswith("AWS4-HMAC-SHA256")


def is_too_long(request: Request) -> bool:
    return len(request.body) > limits.REQUEST_BODY


def remapped(headers: Headers) -> Headers:
    """A function's response headers that AWS renames, or drops."""
    return tuple(
        (f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name, value)
        for name, value in headers
        if name.lower() not in ("transfer-encoding", "keep-alive", "proxy-connection")
    )


@lru_cache(maxsize=1024)
def short_id(text: str) -> str:
    """Six characters that stand for AWS's generated id, the same on every run."""
    return blake2s(text.encode(), digest_size=3).hexdigest()


def refusal(status: int, body: str, error_type: str, reason: str, *, outside: bool = False) -> Refusal:
    """A gateway response. Errors of the integration phase have a space after the colon, routing errors have none."""
    headers = (("Content-Type", "application/json"), ("x-amzn-ErrorType", error_type))
    return Refusal(Response(status, headers, body.encode()), reason, outside_stage=outside)


def integration_failure(status: int, reason: str) -> Refusal:
    return refusal(status, '{"message": "Internal server error"}', "InternalServerErrorException", reason)


def unknown_resource(request: Request, reason: str) -> Refusal:
    """403, never 404 or 405. With an Authorization header that is no signature, AWS complains of that instead
    (DataBiosphere/azul#7470); what exactly is hashed, and the wording for a token with "=", are uncertain."""
    authorization = request.header("authorization")
    if authorization is None or is_signature(authorization):
        body = '{"message":"Missing Authentication Token"}'
        return refusal(403, body, "MissingAuthenticationTokenException", reason)
    digest = b64encode(sha256(authorization.encode("latin-1", "replace")).digest()).decode()
    body = (
        '{"message":"Invalid key=value pair (missing equal-sign) in Authorization header '
        f"(hashed with SHA-256 and encoded with Base64): '{digest}'.\"}}"
    )
    return refusal(403, body, "IncompleteSignatureException", f"{reason}; the Authorization header was taken for SigV4")


TOO_LONG = Refusal(
    Response(
        413,
        (("Content-Type", "text; charset=utf-8"),),
        f"HTTP content length exceeded {limits.REQUEST_BODY} bytes.".encode(),
    ),
    "the request body is larger than 10 MB",
)


def resource_path_problem(path: str) -> str | None:
    """One sentence on what is wrong with a resource path and how to fix it; None when it is fine."""
    problem = template_problem(path)
    if problem is None and path != "/" and path.endswith("/"):
        return f'the path "{path}" must not end with "/": remove it, requests match with and without it'
    return problem
