"""A REST API: how it selects stage, resource and method, and what it answers. Its events are in event.py.

It evaluates no CORS of its own: what the OPTIONS method and the function return is all there is (AWS: CORS for REST
APIs in API Gateway).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.aws import limits
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.integrations import Call, Integration, LambdaCall, Mock, Mocked, NotEmulated
from emulator.aws.lambda_proxy import payload_v1
from emulator.aws.lambda_proxy.event_encoding import encode_event, event_body, matches_binary_media_types, media_type
from emulator.aws.lambda_proxy.function_response import FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.lambda_proxy.trace import continued_trace, with_parent
from emulator.aws.methods import METHODS
from emulator.aws.product import ANYONE, Caller, Outcome, Preflight, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.request_size import size_refusal
from emulator.aws.reserved_paths import reserved_refusal
from emulator.aws.rest_api.api_keys import caller_of, callers
from emulator.aws.rest_api.event import METHOD_OVERRIDE, is_signature, proxy_event
from emulator.aws.rest_api.gateway_responses import (
    GatewayResponse,
    Refused,
    effective_response,
    gateway_response,
)
from emulator.aws.rest_api.generated_cors import GeneratedCors
from emulator.aws.rest_api.method_request import ASKS_NOTHING, ApiKeySource, MethodRequest
from emulator.aws.rest_api.response_headers import remapped
from emulator.aws.rest_api.response_types import error_of
from emulator.aws.rest_api.validation import invalid
from emulator.aws.routing.path_template import parse, split_path, template_problem
from emulator.aws.routing.route_table import Preference, RouteTable, build_table
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.messages import Headers, Request, Response

PATH_PART = re.compile(r"[A-Za-z0-9._:-]+")
"""What AWS takes as a literal part of a resource's path (its answer to CreateResource: claudiajs/claudia#11; the colon:
aws/aws-cdk#22477)."""

MOST_SPECIFIC = Preference.MOST_SPECIFIC
"""Which resource a REST API takes: literal before variable before greedy, segment by segment; what lacks the method
falls through to the next (localstack/localstack, test_proxy_routing_with_hardcoded_resource_sibling, validated on
AWS)."""

RESPONSE_RULES = payload_v1.ResponseRules(
    FieldRules("application/json", accepts_numeric_status=True, header_types=(str, bool, int, float)),
    missing_status=200,
    known_keys=frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}),
    multi_values_first=True,
)
"""How a REST API reads a response (localstack/localstack, test_aws_proxy_response_payload_format_validation, validated
on AWS). Numbers as header values are uncertain and accepted, as users report of Access-Control-Max-Age."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of one resource as configured, and what stands behind it."""

    http_method: str
    resource_path: str
    integration: Integration
    request: MethodRequest = ASKS_NOTHING
    is_generated: bool = False

    @property
    def key(self) -> str:
        return f"{self.http_method} {self.resource_path}"


@dataclass(frozen=True, slots=True)
class RestApi:
    """One REST API with its one stage, regional; with a `mapping`, as it is reached by that path of a custom domain
    name. Raises ValueError, with resource_path_problem's sentence, for a bad resource path.

    `models` map names to JSON schemas, as text. `api_keys` and `usage_plans` are all there are, whichever API they are
    for. `generated_cors` is what the methods that `is_generated` were made of.
    """

    name: str
    api_id: str
    methods: tuple[Method, ...]
    stage: str
    stage_variables: tuple[tuple[str, str], ...] = ()
    binary_media_types: tuple[str, ...] = ()
    gateway_responses: tuple[GatewayResponse, ...] = ()
    mapping: ApiMapping | None = None
    models: tuple[tuple[str, str], ...] = ()
    api_key_source: ApiKeySource = ApiKeySource.HEADER
    api_keys: tuple[ApiKey, ...] = ()
    usage_plans: tuple[UsagePlan, ...] = ()
    generated_cors: GeneratedCors | None = None
    not_emulated: tuple[tuple[str, str], ...] = ()
    """What AWS would do and is not done here: the route key that each concerns, "" for all, and what it is."""
    _table: RouteTable[Method] = field(init=False, repr=False, compare=False)
    _binary: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _stage: Stage = field(init=False, repr=False, compare=False)
    _by_type: Mapping[str, GatewayResponse] = field(init=False, repr=False, compare=False)
    _asked: Mapping[str, MethodRequest] = field(init=False, repr=False, compare=False)
    _callers: Mapping[str, Caller | Refusal] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for method in self.methods:
            problem = resource_path_problem(method.resource_path)
            if problem is not None:
                raise ValueError(problem)
        entries = [(method.http_method, parse(method.resource_path), method) for method in self.methods]
        object.__setattr__(self, "_table", build_table(entries, MOST_SPECIFIC, any_methods=frozenset(METHODS)))
        object.__setattr__(self, "_binary", tuple(entry.lower() for entry in self.binary_media_types))
        object.__setattr__(self, "_stage", Stage(self.api_id, self.stage, self.stage_variables, self.mapping))
        object.__setattr__(self, "_by_type", {entry.response_type: entry for entry in self.gateway_responses})
        asked = {method.key: method.request for method in self.methods if method.request != ASKS_NOTHING}
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_callers", callers(self.api_keys, self.usage_plans, (self.name, self.stage)))

    @property
    def product(self) -> str:
        return "REST API"

    @property
    def base_path(self) -> str:
        return f"/{self.stage}" if self.mapping is None else self.mapping.base_path

    @property
    def cors(self) -> CorsConfiguration | None:
        """A REST API applies no CORS of its own; gateway responses may put headers on its errors."""
        return None

    @property
    def cors_methods(self) -> frozenset[str]:
        return frozenset()

    @property
    def route_keys(self) -> tuple[str, ...]:
        return tuple(method.key for method in self.methods)

    def path_inside(self, raw_path: str) -> str | None:
        """Give the path below the stage, still percent-encoded, without a slash at its end."""
        path = self._inside(raw_path)
        return None if path is None else path.removesuffix("/") or "/"

    def _inside(self, raw_path: str) -> str | None:
        """Return the path below the stage or the base path; None outside."""
        if self.mapping is None:
            return path_inside_stage(raw_path, self.stage)
        below = self.mapping.below(raw_path)
        return None if below is None else f"/{below.lstrip('/')}"

    def takes_method(self, method: str) -> bool:
        """ANY stands for the seven methods there are, and no other can be named."""
        return method in METHODS

    def takes_literal(self, segment: str) -> bool:
        return PATH_PART.fullmatch(segment) is not None

    def admit(self, request: Request) -> Refusal | None:
        """Refuse by size: the body's quota first, then the head's; then what no API gets."""
        return size_refusal(request) or reserved_refusal(request)

    def select_route(self, request: Request, stamp: Stamp) -> Route | Preflight | Refusal:
        """Find the stage, then the most specific resource that has the method or ANY. A client's trace goes on
        (localstack/localstack, test_invocation_trace_id, validated on AWS). Functions see a base path in the path
        (localstack/localstack#12296, measured on AWS), and no stage."""
        path = self._inside(request.raw_path)
        if path is None:
            where = "outside the stage" if self.mapping is None else "of no base path"
            reason = f"the path {request.raw_path} is {where}: start it with {self.base_path}"
            return Refusal(RefusalKind.OUTSIDE_STAGE, reason)
        method_name = request.header(METHOD_OVERRIDE) or request.method
        found = self._table.find(method_name, split_path(path.removesuffix("/") or "/"))
        if found is None:
            return unknown_resource(request, f"no resource has the method {method_name} for {path}")
        method, parameters = found
        trace = continued_trace(request.header("x-amzn-trace-id"), stamp)
        seen = path if self.mapping is None else f"/{request.raw_path.lstrip('/')}"
        return Route(method.key, method.resource_path, parameters, seen, trace, method.integration)

    def authorize(self, request: Request, route: Route, stamp: Stamp) -> Caller | Refusal:
        """Ask for an API key where the method requires one."""
        asked = self._asked.get(route.key)
        if asked is None or not asked.api_key_required:
            return ANYONE
        return caller_of(request, self.api_key_source, self._callers)

    def validate(self, request: Request, route: Route) -> Refusal | None:
        """Hold the request against what its method requires, as far as its request validator says."""
        asked = self._asked.get(route.key)
        return None if asked is None else invalid(request, route, asked, self.models)

    def integrate(self, request: Request, route: Route, stamp: Stamp) -> Call | Mocked | Refusal:
        """Build the proxy event, its body as text or as base64 by the API's binary media types; answer by a MOCK
        integration."""
        if isinstance(route.integration, Mock):
            return self._mocked(route.integration, request, route, stamp)
        if isinstance(route.integration, NotEmulated):
            return Refusal(RefusalKind.NOT_EMULATED, f"{route.integration.what} is not emulated")
        body = event_body(request.body, as_text=not self.is_binary(request.header("content-type")))
        event = encode_event(proxy_event(request, route, stamp, self._stage, body))
        if len(event) > limits.INVOCATION_PAYLOAD_BYTES:
            return Refusal(RefusalKind.REQUEST_TOO_LARGE, f"the event is {len(event)} bytes; Lambda takes 6 MB")
        integration = route.lambda_proxy
        return LambdaCall(integration.function, event, with_parent(route.trace, stamp), integration.timeout_s)

    def read_payload(self, payload: bytes, request: Request, route: Route) -> Response | Refusal:
        """Read the function's response; base64 is decoded only for a first Accept media type that is binary."""
        decodes = self.is_binary(request.header("accept"))
        answer = payload_v1.read_response(payload, RESPONSE_RULES, decodes_base64=decodes)
        if isinstance(answer, Malformed):
            kind = RefusalKind.UNDECODABLE_BODY if answer.undecodable else RefusalKind.MALFORMED_RESPONSE
            return Refusal(kind, answer.reason)
        return Response(answer.status, remapped(answer.headers), answer.body)

    def finish(self, request: Request, route: Route | None, outcome: Outcome, stamp: Stamp) -> Response:
        """Add the ids. Refused above 10 MB (koki-develop/lgtm-generator#10), or for a reserved path, a request never
        reaches the API and gets none.

        The gateway's own errors have no trace id here: recordings of AWS differ, some have none, some `Root=` alone,
        none has more (localstack/localstack, test_invocation_trace_id, shows the answers of functions). Uncertain.
        """
        if isinstance(outcome, Refusal):
            response = gateway_response(Refused(outcome, request, route, self._stage, stamp), self._by_type)
        else:
            response = outcome.response if isinstance(outcome, Preflight | Mocked) else outcome
        if isinstance(outcome, Refusal) and outcome.kind in (RefusalKind.BODY_TOO_LARGE, RefusalKind.RESERVED_PATH):
            return response
        ids: Headers = (("x-amzn-RequestId", stamp.request_id), ("x-amz-apigw-id", stamp.extended_request_id))
        if isinstance(outcome, Response) and route is not None:
            ids += (("X-Amzn-Trace-Id", with_parent(route.trace, stamp)),)
        return Response(response.status, response.headers + ids, response.body)

    def response_type_of(self, refusal: Refusal, request: Request) -> str | None:
        """Name the gateway response that a refusal is answered by, or would be if the API had it: the type's own where
        there is one, else the family's. None where none applies."""
        error = error_of(refusal, request)
        if error is None:
            return None
        entry = effective_response(error, self._by_type)
        return error.family if entry is None else entry.response_type

    def _mocked(self, mock: Mock, request: Request, route: Route, stamp: Stamp) -> Mocked | Refusal:
        # Mappings and their templates are ten modules, which most configurations do without.
        from emulator.aws.rest_api.mock_integration import mocked
        from emulator.aws.rest_api.request_values import request_values
        from emulator.aws.rest_api.transformation import Given

        return mocked(mock, Given(request, request_values(request, route, self._stage, stamp), self._binary))

    def is_binary(self, content_type_or_accept: str | None) -> bool:
        """Tell whether the media type of a Content-Type, or the first of an Accept, is among the binary media types."""
        return matches_binary_media_types(media_type(content_type_or_accept), self._binary)


def path_inside_stage(raw_path: str, stage: str) -> str | None:
    """Return the path below /stage, still percent-encoded; None when its first segment is another. Leading slashes
    count as one, outside the stage and inside (localstack/localstack, test_lambda_aws_proxy_integration, validated on
    AWS)."""
    first, _, rest = raw_path.lstrip("/").partition("/")
    return f"/{rest.lstrip('/')}" if first == stage else None


def unknown_resource(request: Request, reason: str) -> Refusal:
    """Refuse with 403, never 404 or 405. With an Authorization header that is no signature, AWS complains of that
    instead (DataBiosphere/azul#7470)."""
    authorization = request.header("authorization")
    if authorization is None or is_signature(authorization):
        return Refusal(RefusalKind.MISSING_AUTHENTICATION_TOKEN, reason)
    taken = f"{reason}; the Authorization header was taken for SigV4"
    return Refusal(RefusalKind.INCOMPLETE_SIGNATURE, taken)


def resource_path_problem(path: str) -> str | None:
    """Say in one sentence what is wrong with a resource path and how to fix it; None when it is fine."""
    problem = template_problem(path)
    if problem is None and path != "/" and path.endswith("/"):
        return f'the path "{path}" must not end with "/": remove it, requests match with and without it'
    return problem
