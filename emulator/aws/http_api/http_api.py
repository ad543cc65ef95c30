"""An HTTP API: how it selects stage and route, and what it answers. Its events are in event.py, its CORS in cors.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from emulator.aws import limits
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.authorizers.jwt import JwtAuthorizer, authorized
from emulator.aws.cors_configuration import HTTP_API_METHODS, CorsConfiguration
from emulator.aws.http_api.cors import HttpApiCors, prepare
from emulator.aws.http_api.event import event_v1, event_v2
from emulator.aws.integrations import LambdaCall, LambdaProxy, Mocked, NotEmulated
from emulator.aws.lambda_proxy import payload_v1, payload_v2
from emulator.aws.lambda_proxy.event_encoding import encode_event
from emulator.aws.lambda_proxy.function_response import NOT_SENT, FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.lambda_proxy.request_target import decoded_path
from emulator.aws.lambda_proxy.trace import fresh_trace, with_parent
from emulator.aws.methods import ROUTE_METHODS
from emulator.aws.product import ANYONE, Caller, Outcome, Preflight, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.request_size import size_refusal
from emulator.aws.reserved_paths import HEALTHY, reserved_refusal
from emulator.aws.routing.path_template import parse, split_path, template_problem
from emulator.aws.routing.route_table import Preference, RouteTable, build_table
from emulator.messages import Headers, Request, Response, without_headers

DEFAULT = "$default"

FULL_MATCH_FIRST = Preference.FULL_MATCH_FIRST
"""Which route an HTTP API takes: full matches before greedy ones, and among each the more specific segment, from the
left (AWS: Create routes for HTTP APIs). That a full match of ANY comes before a greedy one of the very method is
uncertain."""

FIELD_RULES = FieldRules("text/plain; charset=utf-8", accepts_numeric_status=False, header_types=(str,))
"""How an HTTP API reads a response. The default content type is recorded from AWS (aws/aws-lambda-dotnet,
V2_DefaultsToTextPlainContentType). Whether numeric status strings and header values other than strings are taken is
uncertain: they are refused here."""

V1_RULES = payload_v1.ResponseRules(FIELD_RULES, missing_status=None, known_keys=None, multi_values_first=False)


REFUSALS: dict[RefusalKind, tuple[int, str]] = {
    RefusalKind.ACCESS_DENIED: (403, "Forbidden"),
    RefusalKind.BODY_TOO_LARGE: (413, "Request Entity Too Large"),
    RefusalKind.FUNCTION_ERROR: (500, "Internal Server Error"),
    RefusalKind.FUNCTION_THROTTLED: (503, "Service Unavailable"),
    RefusalKind.HEAD_TOO_LARGE: (431, "Request Header Fields Too Large"),
    RefusalKind.INTEGRATION_TIMEOUT: (503, "Service Unavailable"),
    RefusalKind.INVALID_PATH: (400, "Bad Request"),
    RefusalKind.MALFORMED_RESPONSE: (500, "Internal Server Error"),
    RefusalKind.NOT_EMULATED: (500, "Internal Server Error"),
    RefusalKind.OUTSIDE_STAGE: (404, "Not Found"),
    RefusalKind.REQUEST_TOO_LARGE: (413, "Request Entity Too Large"),
    RefusalKind.RESOURCE_NOT_FOUND: (404, "Not Found"),
    RefusalKind.UNAUTHORIZED: (401, "Unauthorized"),
}
"""The status and message that each kind of refusal is answered with (recorded from AWS, but for the 431)."""


@dataclass(frozen=True, slots=True)
class ConfiguredRoute:
    """One route as configured: its route key, what stands behind it, and who stands before it; `authorization_scopes`
    are those of which a token needs one."""

    route_key: str
    integration: LambdaProxy | NotEmulated
    authorizer: JwtAuthorizer | None = None
    authorization_scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HttpApi:
    """One HTTP API with its one stage; with a `mapping`, as it is reached by that path of a custom domain name.
    Raises ValueError, with route_key_problem's sentence, for a bad route key."""

    name: str
    api_id: str
    routes: tuple[ConfiguredRoute, ...]
    stage: str = DEFAULT
    stage_variables: tuple[tuple[str, str], ...] = ()
    cors: CorsConfiguration | None = None
    mapping: ApiMapping | None = None
    not_emulated: tuple[tuple[str, str], ...] = ()
    """What AWS would do and is not done here: the route key that each concerns, "" for all, and what it is."""
    _table: RouteTable[tuple[ConfiguredRoute, str]] = field(init=False, repr=False, compare=False)
    _default: ConfiguredRoute | None = field(init=False, repr=False, compare=False)
    _guarded: Mapping[str, ConfiguredRoute] = field(init=False, repr=False, compare=False)
    _cors: HttpApiCors | None = field(init=False, repr=False, compare=False)
    _stage: Stage = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for route in self.routes:
            problem = route_key_problem(route.route_key)
            if problem is not None:
                raise ValueError(problem)
        keyed = [(*split_route_key(route.route_key), route) for route in self.routes if route.route_key != DEFAULT]
        entries = [(method, parse(path), (route, path)) for method, path, route in keyed]
        default = next((route for route in self.routes if route.route_key == DEFAULT), None)
        object.__setattr__(self, "_table", build_table(entries, FULL_MATCH_FIRST, any_methods=None))
        object.__setattr__(self, "_default", default)
        guarded = {route.route_key: route for route in self.routes if route.authorizer is not None}
        object.__setattr__(self, "_guarded", guarded)
        object.__setattr__(self, "_cors", None if self.cors is None else prepare(self.cors))
        object.__setattr__(self, "_stage", Stage(self.api_id, self.stage, self.stage_variables, self.mapping))

    @property
    def product(self) -> str:
        return "HTTP API"

    @property
    def base_path(self) -> str:
        if self.mapping is not None:
            return self.mapping.base_path
        return "" if self.stage == DEFAULT else f"/{self.stage}"

    @property
    def cors_methods(self) -> frozenset[str]:
        return HTTP_API_METHODS

    @property
    def route_keys(self) -> tuple[str, ...]:
        return tuple(route.route_key for route in self.routes)

    def path_inside(self, raw_path: str) -> str | None:
        """Give the path below the stage or the base path, decoded."""
        path = http_api_path(raw_path)
        return None if path is None else self._inside(path)

    def _inside(self, path: str) -> str | None:
        """Return the path below the stage or the base path; None outside."""
        return path_inside_stage(path, self.stage) if self.mapping is None else self.mapping.below(path)

    def takes_method(self, method: str) -> bool:
        """ANY and $default take methods that no route can name, too."""
        return True

    def takes_literal(self, segment: str) -> bool:
        return "{" not in segment and "}" not in segment and template_problem(f"/{segment}") is None

    def admit(self, request: Request) -> Refusal | None:
        """Refuse by size: the body's quota first, then the head's; then what no API gets."""
        return size_refusal(request) or reserved_refusal(request)

    def select_route(self, request: Request, stamp: Stamp) -> Route | Preflight | Refusal:
        """Find the stage, then the route; only when no route takes the OPTIONS of a preflight does the gateway answer
        it. The trace is always fresh: whether an HTTP API continues a client's is uncertain. Format 2.0 has neither the
        base path of a custom domain name in its paths (AWS: Create AWS Lambda proxy integrations for HTTP APIs) nor,
        there, the stage (uncertain)."""
        path = http_api_path(request.raw_path)
        if path is None:
            reason = f"the path {request.raw_path} has an invalid percent-escape"
            return Refusal(RefusalKind.INVALID_PATH, reason)
        inside = self._inside(path)
        if inside is None:
            where = "outside the stage" if self.mapping is None else "of no base path"
            reason = f"the path {path} is {where}: start it with {self.base_path}"
            return Refusal(RefusalKind.OUTSIDE_STAGE, reason)
        path = path if self.mapping is None else inside
        found = self._table.find(request.method, split_path(inside))
        if found is not None:
            (route, resource), parameters = found
            return Route(route.route_key, resource, parameters, path, fresh_trace(stamp), route.integration)
        if self._default is not None:
            return Route(DEFAULT, DEFAULT, (), path, fresh_trace(stamp), self._default.integration)
        if self._cors is not None and request.is_preflight:
            return Preflight(Response(204))
        return Refusal(RefusalKind.RESOURCE_NOT_FOUND, f"no route matches {request.method} {inside}")

    def authorize(self, request: Request, route: Route, stamp: Stamp) -> Caller | Refusal:
        """Ask the route's authorizer, where it has one, before OPTIONS too."""
        guarded = self._guarded.get(route.key)
        if guarded is None or guarded.authorizer is None:
            return ANYONE
        said = authorized(guarded.authorizer, request, guarded.authorization_scopes, stamp.epoch_ms)
        return said if isinstance(said, Refusal) else Caller(authorizer=said)

    def validate(self, request: Request, route: Route) -> Refusal | None:
        """Take every request: only a REST API has request validators."""
        return None

    def integrate(self, request: Request, route: Route, stamp: Stamp) -> LambdaCall | Refusal:
        """Build the event in the integration's payload format version."""
        if isinstance(route.integration, NotEmulated):
            return Refusal(RefusalKind.NOT_EMULATED, f"{route.integration.what} is not emulated")
        integration = route.lambda_proxy
        build = event_v1 if integration.payload_format_version == "1.0" else event_v2
        event = encode_event(build(request, route, stamp, self._stage))
        if len(event) > limits.INVOCATION_PAYLOAD_BYTES:
            return Refusal(RefusalKind.REQUEST_TOO_LARGE, f"the event is {len(event)} bytes; Lambda takes 6 MB")
        return LambdaCall(integration.function, event, with_parent(route.trace, stamp), integration.timeout_s)

    def read_payload(self, payload: bytes, request: Request, route: Route) -> Response | Refusal:
        """Read the function's response by the rules of its payload format version."""
        if route.lambda_proxy.payload_format_version == "1.0":
            answer = payload_v1.read_response(payload, V1_RULES, decodes_base64=True)
        else:
            answer = payload_v2.read_response(payload, FIELD_RULES)
        if isinstance(answer, Malformed):
            return Refusal(RefusalKind.MALFORMED_RESPONSE, answer.reason)
        return Response(answer.status, without_headers(answer.headers, NOT_SENT), answer.body)

    def finish(self, request: Request, route: Route | None, outcome: Outcome, stamp: Stamp) -> Response:
        """Lay the CORS headers over the response, on the gateway's own errors too (recorded for a 401; uncertain for
        others), but not outside the stage; then add the request id."""
        response = before_cors(outcome)
        if response is HEALTHY:
            return response
        outside = isinstance(outcome, Refusal) and outcome.kind is RefusalKind.OUTSIDE_STAGE
        if self._cors is not None and not outside:
            response = self._cors.overlay(request, response)
        ids = (("apigw-requestid", stamp.extended_request_id),)
        return Response(response.status, response.headers + ids, response.body)


def before_cors(outcome: Outcome) -> Response:
    """Return the function's response, or the gateway's own, as they are before CORS is added."""
    if isinstance(outcome, Refusal):
        return own_response(outcome)
    return outcome.response if isinstance(outcome, Preflight | Mocked) else outcome


def own_response(refusal: Refusal) -> Response:
    """Word what the gateway says itself: no space after the colon, and nothing a gateway response could customise."""
    if refusal.kind is RefusalKind.RESERVED_PATH:
        return HEALTHY
    status, message = REFUSALS[refusal.kind]
    headers: Headers = (("content-type", "application/json"),)
    if refusal.challenge is not None:
        headers += (("www-authenticate", refusal.challenge),)
    return Response(status, headers, f'{{"message":"{message}"}}'.encode())


INVALID_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def http_api_path(raw_path: str) -> str | None:
    """Return the path as routes and events see it: decoded, cut at a decoded "?", decoded again; None where an escape
    is not valid (recorded from AWS: hotsock/voker, vokerhttp/testdata/ingress-paths.json)."""
    if "%" not in raw_path:
        return decoded_path(raw_path)
    if INVALID_ESCAPE.search(raw_path):
        return None
    once = decoded_path(raw_path).partition("?")[0]
    return None if INVALID_ESCAPE.search(once) else unquote(once, errors="replace")


def path_inside_stage(path: str, stage: str) -> str | None:
    """Return the path that routes see; None when its first segment is not the named stage."""
    if stage == DEFAULT:
        return path
    first, slash, rest = path[1:].partition("/")
    return slash + rest or "/" if first == stage else None


def split_route_key(route_key: str) -> tuple[str, str]:
    """Split a route key other than $default into method and path."""
    method, _, path = route_key.partition(" ")
    return method, path


def route_key_problem(route_key: str) -> str | None:
    """Say in one sentence what is wrong with a route key and how to fix it; None when it is fine."""
    if route_key == DEFAULT:
        return None
    method, path = split_route_key(route_key)
    if method in ROUTE_METHODS:
        return template_problem(path)
    if method.upper() in ROUTE_METHODS:
        return f'the route key "{route_key}" must have its method in upper case: write "{method.upper()} {path}"'
    return f'the route key "{route_key}" must be $default or "METHOD /path", METHOD one of {", ".join(ROUTE_METHODS)}'


def conflicting(route_keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Find the pairs AWS would refuse as one route twice: same method, paths that differ in their variables' names
    only.

    Keys that route_key_problem complains of are left out.
    """
    first: dict[tuple[str, str], str] = {}
    pairs: list[tuple[str, str]] = []
    for route_key in route_keys:
        if route_key == DEFAULT or route_key_problem(route_key) is not None:
            continue
        method, path = split_route_key(route_key)
        earlier = first.setdefault((method, parse(path).shape), route_key)
        if earlier != route_key:
            pairs.append((earlier, route_key))
    return tuple(pairs)
