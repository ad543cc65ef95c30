"""Changes made to the mappings of an integration, to the letter."""

from dataclasses import replace

from emulator.aws.api import Api
from emulator.aws.integrations import ContentHandling, IntegrationResponse, Mappings, Mock
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.emulator_yaml.rest_cors import with_options_methods
from emulator.findings.mapping_changes import (
    MapHeaders,
    MapOrigin,
    MappingChange,
    SetContentHandling,
    SetGeneratedCors,
    UnmapHeaders,
)

HEADER = "method.response.header."


def with_mapping(change: MappingChange, api: Api) -> Api:
    assert isinstance(api, RestApi)
    if isinstance(change, SetGeneratedCors):
        return _with_generated(change, api)
    assert change.route in api.route_keys, f"there is no route {change.route}"
    methods = []
    for key, method in zip(api.route_keys, api.methods, strict=True):
        if key == change.route:
            assert isinstance(method.integration, Mock)
            method = replace(method, integration=Mock(_changed(change, method.integration.mappings)))
        methods.append(method)
    return replace(api, methods=tuple(methods))


FIELDS = {
    "allowOrigin": "allow_origins",
    "allowOrigins": "allow_origins",
    "allowMethods": "allow_methods",
    "allowHeaders": "allow_headers",
}


def _with_generated(change: SetGeneratedCors, api: RestApi) -> Api:
    assert api.generated_cors is not None
    match change.key:
        case "allowCredentials":
            cors = replace(api.generated_cors, allow_credentials=change.values == ("true",))
        case "maxAge":
            cors = replace(api.generated_cors, max_age=change.values[0])
        case "statusCode":
            cors = replace(api.generated_cors, status_code=int(change.values[0]))
        case key:
            cors = replace(api.generated_cors, **{FIELDS[key]: change.values})
    own = [method for method in api.methods if not method.is_generated]
    return replace(api, methods=with_options_methods(cors, own), generated_cors=cors)


def _changed(change: MappingChange, mappings: Mappings) -> Mappings:
    if isinstance(change, SetContentHandling):
        return replace(mappings, content_handling=ContentHandling(change.conversion))
    if isinstance(change, MapHeaders | MapOrigin | UnmapHeaders):
        pattern = "" if change.response == "default" else change.response
        now = {one.selection_pattern: one for one in mappings.responses}
        now[pattern] = _response(change, now.get(pattern, IntegrationResponse(200, pattern)))
        return replace(mappings, responses=tuple(now.values()))
    templates = {**dict(mappings.request_templates), change.media_type: change.template}
    return replace(mappings, request_templates=tuple(templates.items()))


def _response(change: MapHeaders | MapOrigin | UnmapHeaders, response: IntegrationResponse) -> IntegrationResponse:
    if isinstance(change, MapOrigin):
        templates = dict(response.response_templates)
        templates["application/json"] = change.template + templates.get("application/json", "")
        return replace(response, response_templates=tuple(templates.items()))
    if isinstance(change, UnmapHeaders):
        prefix = f"{HEADER}{change.prefix}".lower()
        kept = tuple(pair for pair in response.response_parameters if not pair[0].lower().startswith(prefix))
        return replace(response, response_parameters=kept)
    added = {f"{HEADER}{name}": f"'{value}'" for name, value in change.headers}
    parameters = {**dict(response.response_parameters), **added}
    status = change.status or response.status_code
    return replace(response, status_code=status, response_parameters=tuple(parameters.items()))
