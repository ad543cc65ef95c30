"""Reads an OpenAPI document as API Gateway imports it: OpenAPI 3 and Swagger 2.0, with AWS's extensions.

    read_openapi(document, settings)  ->  OpenApi(api, places, problems)

It knows nothing of emulator.yaml: whatever has such a document, or makes one, can read it so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emulator.aws import limits
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import DEFAULT, ConfiguredRoute, HttpApi, route_key_problem
from emulator.aws.integrations import LambdaCustom, LambdaProxy
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.rest_api import Method, RestApi, resource_path_problem
from emulator.config.complaint import Complaint, Path, listed, quoted
from emulator.config.located import located
from emulator.config.rules.apis import unknown_function_complaints
from emulator.config.rules.routes import http_route_complaints, rest_method_complaints
from emulator.config.sources.openapi.base_path import base_path
from emulator.config.sources.openapi.integrations import INTEGRATION, Operation, http_integration, rest_integration
from emulator.config.sources.openapi.method_request import method_request, models_of
from emulator.config.sources.openapi.node import Node, Notes
from emulator.config.sources.openapi.places import ANY_METHOD, places_of, route_key
from emulator.config.sources.openapi.settings import OpenApi, Settings
from emulator.config.sources.openapi.unemulated import note_api, note_operation, unknown_methods
from emulator.config.yaml.document import Document
from emulator.spelling import near

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", ANY_METHOD})
BINARY_MEDIA_TYPES = "x-amazon-apigateway-binary-media-types"
GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"
CORS = "x-amazon-apigateway-cors"


@dataclass(frozen=True, slots=True)
class _Route:
    key: str
    item: Node
    operation: Node


def read_openapi(document: Document, settings: Settings) -> OpenApi:
    """Read a document as the API that AWS would import. What is wrong is left out of the API."""
    root, notes = Node(document.data, (), document.data), Notes()
    notes.complaints += document.complaints
    _version(root, settings, notes)
    note_api(root, notes)
    routes = list(_routes(root, settings, notes))
    for route in routes:
        note_operation(root, route.operation, route.key, notes)
    places = places_of(document, settings.name, {route.key: route.operation.path for route in routes})
    api, named = (_rest if settings.kind == "rest" else _http)(root, routes, settings, notes)
    complaints = http_route_complaints if settings.kind == "http" else rest_method_complaints
    place = ("api", settings.name, "route")
    judged = [*complaints([route.key for route in routes], place)]
    if settings.functions is not None:
        judged += unknown_function_complaints(named, settings.functions)
    said = [*notes.complaints, *_not_emulated(notes, settings.warns)]
    problems = sorted((*document.problems(said), *located(judged, places)), key=lambda problem: problem.line)
    return OpenApi(api, places, tuple(problems))


def _version(root: Node, settings: Settings, notes: Notes) -> None:
    version = root.get("openapi") or root.get("swagger")
    text = "" if version is None else str(version.value)
    if version is None:
        fix = 'Begin it with `openapi: "3.0.1"`.'
        notes.complain((), "a document without `openapi` or `swagger`", "an OpenAPI document", fix)
    elif settings.kind == "http" and root.get("openapi") is None:
        fix = "Convert it to OpenAPI 3, or write `type: rest`."
        notes.complain(version.path, f"Swagger {quoted(text)}", "OpenAPI 3: an HTTP API takes nothing else", fix)
    elif not text.startswith(("3.0", "3.1", "2.0")):
        notes.complain(version.path, quoted(text), "OpenAPI 3.0 or 3.1, or Swagger 2.0", 'Write `openapi: "3.0.1"`.')


def _routes(root: Node, settings: Settings, notes: Notes) -> Iterator[_Route]:
    """Yield the operations of every path, each with its route key."""
    base, paths = base_path(root, settings.base_path), root.get("paths")
    if paths is None or not isinstance(paths.value, dict) or not paths.value:
        notes.complain(("paths",), "no `paths`", "paths and their methods", "Add `paths`, and a method to one.")
        return
    for path, item in paths.entries():
        for name, operation in item.entries():
            if name in METHODS:
                yield _Route(route_key(name, path, base, is_http=settings.kind == "http"), item, operation)
        for name, unknown in unknown_methods(item, METHODS):
            meant = near(name, METHODS)
            fix = f"Write `{meant}`." if meant else "Remove it: API Gateway has no such method."
            notes.complain(unknown.path, f"the method `{name}`", listed(sorted(METHODS)), fix)


Named = list[tuple[tuple[str | int, ...], str]]
"""The places that name a function, each with the function."""


def _rest(root: Node, routes: list[_Route], settings: Settings, notes: Notes) -> tuple[RestApi, Named]:
    methods: list[Method] = []
    most = limits.REST_API_INTEGRATION_TIMEOUT_MS
    for route in routes:
        integration = rest_integration(_operation(route, settings, most), notes)
        http_method, _, path = route.key.partition(" ")
        if integration is not None and resource_path_problem(path) is None:
            asked = method_request(root, route.item, route.operation, route.key, notes)
            methods.append(Method(http_method, path, integration, asked))
            _undeclared_headers(route, notes)
    api = RestApi(
        settings.name,
        settings.api_id,
        tuple(methods),
        stage=settings.stage,
        stage_variables=settings.stage_variables,
        binary_media_types=notes.texts(root, BINARY_MEDIA_TYPES),
        gateway_responses=tuple(_gateway_responses(root, notes)),
        models=models_of(root),
        not_emulated=_for_findings(notes),
    )
    made = [(f"{one.http_method} {one.resource_path}", one.integration) for one in methods]
    return api, _named(settings.name, made)


def _http(root: Node, routes: list[_Route], settings: Settings, notes: Notes) -> tuple[HttpApi, Named]:
    configured: list[ConfiguredRoute] = []
    most = limits.HTTP_API_INTEGRATION_TIMEOUT_MS
    for route in routes:
        integration = http_integration(_operation(route, settings, most), notes)
        if integration is not None and (route.key == DEFAULT or route_key_problem(route.key) is None):
            configured.append(ConfiguredRoute(route.key, integration))
    api = HttpApi(
        settings.name,
        settings.api_id,
        tuple(configured),
        stage=settings.stage,
        stage_variables=settings.stage_variables,
        cors=_cors(root, notes),
        not_emulated=_for_findings(notes),
    )
    return api, _named(settings.name, [(one.route_key, one.integration) for one in configured])


def _operation(route: _Route, settings: Settings, most_ms: int) -> Operation:
    variables = dict(settings.stage_variables)
    return Operation(route.operation, route.key, variables, settings.timeout_ms or most_ms, most_ms)


def _named(name: str, made: Sequence[tuple[str, object]]) -> Named:
    return [
        (("api", name, "route", key, "integration", "uri"), integration.function)
        for key, integration in made
        if isinstance(integration, LambdaProxy | LambdaCustom)
    ]


def _gateway_responses(root: Node, notes: Notes) -> Iterator[GatewayResponse]:
    declared = root.get(GATEWAY_RESPONSES)
    for name, entry in () if declared is None else declared.entries():
        yield GatewayResponse(
            name,
            notes.number(entry, "statusCode", 200, 599),
            notes.pairs(entry, "responseParameters"),
            notes.pairs(entry, "responseTemplates"),
        )


def _cors(root: Node, notes: Notes) -> CorsConfiguration | None:
    """Read x-amazon-apigateway-cors (AWS: Configuring CORS for an HTTP API)."""
    cors = root.get(CORS)
    if cors is None:
        return None
    known = ("allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials")
    for key, value in cors.entries():
        if key not in known:
            fix = f"Write `{near(key, known)}`." if near(key, known) else "Remove it."
            notes.complain(value.path, f"the field `{key}`", listed(known), fix)
    return CorsConfiguration(
        notes.texts(cors, "allowOrigins"),
        notes.texts(cors, "allowMethods"),
        notes.texts(cors, "allowHeaders"),
        notes.texts(cors, "exposeHeaders"),
        notes.choice(cors, "allowCredentials", ("true", "false")) == "true",
        notes.number(cors, "maxAge", -1, limits.CORS_MAX_AGE_S),
    )


def _undeclared_headers(route: _Route, notes: Notes) -> None:
    """Warn of header mappings that AWS refuses: a header of an integration response has to be one of the method
    response of its status (AWS: Set up response data mappings; "Invalid mapping expression parameter specified")."""
    integration, declared = route.operation.get(INTEGRATION), route.operation.get("responses")
    responses = None if integration is None else integration.get("responses")
    for _, response in () if responses is None else responses.entries():
        status = response.get("statusCode")
        method_response = None if declared is None or status is None else declared.get(str(status.value))
        headers = None if method_response is None else method_response.get("headers")
        names = {name.lower() for name, _ in headers.entries()} if headers is not None else set()
        for mapping, _ in notes.pairs(response, "responseParameters"):
            name = mapping.removeprefix("method.response.header.")
            if name != mapping and name.lower() not in names and status is not None:
                found = f"the header {quoted(name)}, which the method does not declare: AWS refuses the mapping"
                fix = f"Add it under `responses: {status.value}: headers` of the method."
                expected = "a header of the method's own response"
                notes.warn((*response.path, "responseParameters", mapping), found, expected, fix)


def _for_findings(notes: Notes) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((route, what) for _, what, route in notes.not_emulated))


def _not_emulated(notes: Notes, warns: bool) -> Iterator[Complaint]:
    """Complain of what is not emulated, once for each place, with how many routes it concerns."""
    fix = "Remove it, or write `unsupported: warn` for the API: it is served without, and every answer says so."
    if warns:
        fix = "Try such calls on AWS: nothing stands in for it here."
    places: dict[tuple[Path, str], list[str]] = {}
    for path, what, route in notes.not_emulated:
        places.setdefault((path, what), []).append(route)
    for (path, what), routes in places.items():
        of_routes = f" (of {len(routes)} routes)" if len(routes) > 1 else ""
        found = f"{what}{of_routes}, which is not emulated"
        yield Complaint(path, found, "what is emulated here", fix, is_warning=warns)
