"""An HTTP API: stage and route selection, its events, its answers. CORS is in http_api_cors.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from emulator.aws import limits
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.cors import HttpApiCors, prepare
from emulator.aws.lambda_proxy import payload_v1, payload_v2
from emulator.aws.lambda_proxy.event_encoding import encode_event, event_body, is_text
from emulator.aws.lambda_proxy.function_response import NOT_SENT, FieldRules, Malformed
from emulator.aws.lambda_proxy.request_context import ACCOUNT_ID, context_v1, context_v2
from emulator.aws.lambda_proxy.request_headers import HOP_BY_HOP, forwarded_headers, joined_headers, listed_headers
from emulator.aws.lambda_proxy.request_target import decoded_path, query_pairs
from emulator.aws.lambda_proxy.trace import fresh_trace, with_parent
from emulator.aws.product import Fault, Match, Preflight, Refusal, Stamp
from emulator.aws.routing.path_template import PathParameters, PathTemplate, parse, split_path, template_problem
from emulator.aws.routing.route_table import ANY, RouteTable, build_table
from emulator.messages import Request, Response, without_headers

DEFAULT = "$default"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", ANY)

CANONICAL_NAMES = {
    "content-length": "Content-Length",
    "content-type": "Content-Type",
    "cookie": "Cookie",
    "host": "Host",
    "user-agent": "User-Agent",
    "x-amzn-trace-id": "X-Amzn-Trace-Id",
    "x-forwarded-for": "X-Forwarded-For",
    "x-forwarded-port": "X-Forwarded-Port",
    "x-forwarded-proto": "X-Forwarded-Proto",
}
"""The names format 1.0 rewrites; all others arrive as sent (recorded from AWS: glassechidna/serverlessish#4)."""

FIELD_RULES = FieldRules("text/plain; charset=utf-8", accepts_numeric_status=False, header_types=(str,))
"""The default is recorded from AWS (aws/aws-lambda-dotnet, V2_DefaultsToTextPlainContentType). Whether numeric status
strings and header values other than strings are taken is uncertain: refused here."""

V1_RULES = payload_v1.ResponseRules(FIELD_RULES, missing_status=None, known_keys=None, multi_values_first=False)


@dataclass(frozen=True, slots=True)
class Route:
    """One route and the Lambda function it integrates with; `timeout` in seconds."""

    route_key: str
    function: str
    payload_format_version: str = "2.0"
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class HttpApi:
    """One HTTP API with its one stage. Raises ValueError, with route_key_problem's sentence, for a bad route key."""

    name: str
    api_id: str
    routes: tuple[Route, ...]
    stage: str = DEFAULT
    stage_variables: tuple[tuple[str, str], ...] = ()
    cors: CorsConfiguration | None = None
    _table: RouteTable[tuple[Route, str]] = field(init=False, repr=False, compare=False)
    _default: Route | None = field(init=False, repr=False, compare=False)
    _cors: HttpApiCors | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for route in self.routes:
            problem = route_key_problem(route.route_key)
            if problem is not None:
                raise ValueError(problem)
        keyed = [(*split_route_key(route.route_key), route) for route in self.routes if route.route_key != DEFAULT]
        entries = [(method, parse(path), (route, path)) for method, path, route in keyed]
        default = next((route for route in self.routes if route.route_key == DEFAULT), None)
        object.__setattr__(self, "_table", build_table(entries, full_match_first, any_methods=None))
        object.__setattr__(self, "_default", default)
        object.__setattr__(self, "_cors", None if self.cors is None else prepare(self.cors))

    def select_route(self, request: Request) -> Match | Preflight | Refusal:
        """Stage, then route; only when no route takes the OPTIONS of a preflight does the gateway answer it."""
        if len(request.body) > limits.REQUEST_BODY:
            return refusal(413, "Request Entity Too Large", "the request body is larger than 10 MB")
        if (problem := limits.head_problem(request)) is not None:
            return refusal(431, "Request Header Fields Too Large", problem)
        path = http_api_path(request.raw_path)
        if path is None:
            return refusal(400, "Bad Request", f"the path {request.raw_path} has an invalid percent-escape")
        inside = path_inside_stage(path, self.stage)
        if inside is None:
            reason = f"the path {path} is outside the stage: start it with /{self.stage}"
            return refusal(404, "Not Found", reason, outside=True)
        found = self._table.find(request.method, split_path(inside))
        if found is not None:
            (route, resource), parameters = found
            return match_of(route, resource, parameters)
        if self._default is not None:
            return match_of(self._default, DEFAULT, ())
        if self._cors is not None and request.is_preflight:
            return Preflight(Response(204))
        return refusal(404, "Not Found", f"no route matches {request.method} {inside}")

    def build_event(self, request: Request, match: Match, stamp: Stamp) -> bytes | Refusal:
        """The event as compact JSON; a Refusal when Lambda would not take it."""
        build = self._event_v1 if match.payload_format_version == "1.0" else self._event_v2
        event = encode_event(build(request, match, stamp))
        if len(event) > limits.INVOCATION_PAYLOAD:
            return refusal(413, "Request Entity Too Large", f"the event is {len(event)} bytes; Lambda takes 6 MB")
        return event

    def trace_id(self, request: Request, stamp: Stamp) -> str:
        """Always fresh: whether an HTTP API continues a client's trace is uncertain."""
        return with_parent(fresh_trace(stamp), stamp)

    def read_payload(self, payload: bytes, request: Request, match: Match) -> Response | Refusal:
        """The function's response by the rules of its payload format version."""
        if match.payload_format_version == "1.0":
            answer = payload_v1.read_response(payload, V1_RULES, decodes_base64=True)
        else:
            answer = payload_v2.read_response(payload, FIELD_RULES)
        if isinstance(answer, Malformed):
            return refusal(500, "Internal Server Error", answer.reason)
        return Response(answer.status, without_headers(answer.headers, NOT_SENT), answer.body)

    def refuse(self, fault: Fault, reason: str) -> Refusal:
        """A function error is a 500; a timeout and a throttled function both are a 503 (recorded from AWS)."""
        if fault is Fault.FUNCTION_ERROR:
            return refusal(500, "Internal Server Error", reason)
        return refusal(503, "Service Unavailable", reason)

    def add_cors(self, request: Request, answer: Response | Preflight | Refusal) -> Response:
        """The overlay, on the gateway's own errors too (recorded for a 401; uncertain for others), but not outside
        the stage."""
        response = answer if isinstance(answer, Response) else answer.response
        if self._cors is None or (isinstance(answer, Refusal) and answer.outside_stage):
            return response
        return self._cors.overlay(request, response)

    def add_request_ids(
        self, response: Response, answer: Response | Preflight | Refusal, request: Request, stamp: Stamp
    ) -> Response:
        ids = (("apigw-requestid", stamp.extended_request_id),)
        return Response(response.status, response.headers + ids, response.body)

    def _event_v2(self, request: Request, match: Match, stamp: Stamp) -> dict[str, Any]:
        headers = joined_headers(request)
        cookies = payload_v2.request_cookies(headers.pop("cookie", None))
        headers.update(_own_headers(request, headers, stamp))
        path = http_api_path(request.raw_path) or "/"
        context = context_v2(
            request,
            stamp,
            account_id=ACCOUNT_ID,
            api_id=self.api_id,
            host=headers.get("host", ""),
            path=path,
            request_id=stamp.extended_request_id,
            route_key=match.route_key,
            stage=self.stage,
            user_agent=headers.get("user-agent", ""),
        )
        return payload_v2.event(
            request,
            route_key=match.route_key,
            raw_path=path,
            headers=dict(sorted(headers.items())),
            cookies=cookies,
            context=context,
            path_parameters=match.path_parameters,
            stage_variables=self.stage_variables,
        )

    def _event_v1(self, request: Request, match: Match, stamp: Stamp) -> dict[str, Any]:
        """`path` is percent-encoded and the context's decoded (aws/aws-lambda-dotnet,
        V1_SpecialCharactersInPathHttpV1; middleapi/standard-server#93 says otherwise of the first)."""
        headers = joined_headers(request)
        context = context_v1(
            request,
            stamp,
            api_id=self.api_id,
            host=headers.get("host", ""),
            method=request.method,
            path=http_api_path(request.raw_path) or "/",
            request_id=stamp.extended_request_id,
            resource_id=match.route_key,
            resource_path=match.resource,
            stage=self.stage,
            user_agent=headers.get("user-agent", ""),
        )
        event = payload_v1.event(
            resource=match.resource,
            path=request.raw_path,
            method=request.method,
            headers=listed_headers(request, _own_headers(request, headers, stamp), HOP_BY_HOP, CANONICAL_NAMES),
            query=payload_v1.listed_query(query_pairs(request.raw_query)),
            context=context,
            path_parameters=match.path_parameters,
            stage_variables=self.stage_variables,
            body=event_body(request.body, as_text=is_text(headers.get("content-type"))),
        )
        return {"version": "1.0", **event}


def match_of(route: Route, resource: str, parameters: PathParameters) -> Match:
    return Match(route.function, route.route_key, resource, parameters, route.payload_format_version, route.timeout)


def _own_headers(request: Request, headers: Mapping[str, str], stamp: Stamp) -> dict[str, str]:
    return {"content-length": str(len(request.body)), **forwarded_headers(request, headers, fresh_trace(stamp))}


def refusal(status: int, message: str, reason: str, *, outside: bool = False) -> Refusal:
    """An HTTP API's own error: no space after the colon, and nothing a gateway response could customise."""
    body = f'{{"message":"{message}"}}'.encode()
    return Refusal(Response(status, (("content-type", "application/json"),), body), reason, outside_stage=outside)


INVALID_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def http_api_path(raw_path: str) -> str | None:
    """The path as routes and events see it: decoded, cut at a decoded "?", decoded again; None where an escape is not
    valid (recorded from AWS: hotsock/voker, vokerhttp/testdata/ingress-paths.json)."""
    if "%" not in raw_path:
        return decoded_path(raw_path)
    if INVALID_ESCAPE.search(raw_path):
        return None
    once = decoded_path(raw_path).partition("?")[0]
    return None if INVALID_ESCAPE.search(once) else unquote(once, errors="replace")


def path_inside_stage(path: str, stage: str) -> str | None:
    """The path that routes see; None when its first segment is not the named stage."""
    if stage == DEFAULT:
        return path
    first, slash, rest = path[1:].partition("/")
    return slash + rest or "/" if first == stage else None


def full_match_first(template: PathTemplate) -> tuple[bool, tuple[int, ...]]:
    """Full matches before greedy ones, in each the more specific segment from the left (AWS: Create routes for HTTP
    APIs). A full match of ANY before a greedy one of the very method is uncertain."""
    return template.is_greedy, template.kinds


def split_route_key(route_key: str) -> tuple[str, str]:
    """Method and path of a route key other than $default."""
    method, _, path = route_key.partition(" ")
    return method, path


def route_key_problem(route_key: str) -> str | None:
    """One sentence on what is wrong with a route key and how to fix it; None when it is fine."""
    if route_key == DEFAULT:
        return None
    method, path = split_route_key(route_key)
    if method in METHODS:
        return template_problem(path)
    if method.upper() in METHODS:
        return f'the route key "{route_key}" must have its method in upper case: write "{method.upper()} {path}"'
    return f'the route key "{route_key}" must be $default or "METHOD /path", METHOD one of {", ".join(METHODS)}'


def conflicting(route_keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs AWS would refuse as one route twice: same method, paths that differ in their variables' names only.

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
