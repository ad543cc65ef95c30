"""Writes an API that is served as the OpenAPI document that AWS would import: read.py the other way round."""

from collections.abc import Iterable, Mapping
from typing import Any

from emulator.aws.account import ACCOUNT_ID, REGION
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import DEFAULT, HttpApi
from emulator.aws.integrations import (
    HttpCustom,
    HttpProxy,
    Integration,
    IntegrationResponse,
    LambdaCustom,
    LambdaProxy,
    Mappings,
    Mock,
)
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import ASKS_NOTHING
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.sources.openapi.integrations import DEFAULT_RESPONSE, INTEGRATION
from emulator.config.sources.openapi.places import ANY_METHOD, DEFAULT_PATH
from emulator.config.sources.openapi.read import BINARY_MEDIA_TYPES, CORS, GATEWAY_RESPONSES

Json = dict[str, Any]
METHOD_HEADER = "method.response.header."
_FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:{{}}"
_INVOCATION = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{{}}/invocations"


def not_written(api: RestApi | HttpApi) -> tuple[str, ...]:
    """Name what of the API no document is written of: what is not emulated, whose own words are not kept, what
    methods ask of a request, and who stands before routes."""
    own = tuple(what for _, what in api.not_emulated)
    if isinstance(api, RestApi):
        asking = [one.key for one in api.methods if one.request != ASKS_NOTHING]
        return (*own, *(f"what `{key}` asks of a request" for key in asking))
    guarded = [one for one in api.routes if one.authorizer is not None]
    return (*own, *(f"the authorizer of `{one.route_key}`" for one in guarded))


def write_openapi(api: RestApi | HttpApi) -> Json:
    """Write the document of an API, in plain values of JSON. Functions are named by ARNs, in AWS's example account."""
    document: Json = {"openapi": "3.0.1", "info": {"title": api.name, "version": "1.0"}}
    if isinstance(api, RestApi):
        document["paths"] = _paths((one.key, one.integration) for one in api.methods)
        if api.binary_media_types:
            document[BINARY_MEDIA_TYPES] = [*api.binary_media_types]
        if api.gateway_responses:
            document[GATEWAY_RESPONSES] = {one.response_type: _gateway_response(one) for one in api.gateway_responses}
        return document
    document["paths"] = _paths((one.route_key, one.integration) for one in api.routes)
    if api.cors is not None:
        document[CORS] = _cors(api.cors)
    return document


def _paths(routes: Iterable[tuple[str, Integration]]) -> Json:
    paths: Json = {}
    for key, integration in routes:
        method, _, path = key.partition(" ")
        name = ANY_METHOD if method in ("ANY", DEFAULT) else method.lower()
        default = {"isDefaultRoute": True} if key == DEFAULT else {}
        operation = {"responses": _responses_of(integration), **default}
        paths.setdefault(path or DEFAULT_PATH, {})[name] = {**operation, INTEGRATION: _integration(integration)}
    return paths


_NO_RESPONSES: Json = {"default": {"description": ""}}


def _responses_of(integration: Integration) -> Json:
    """Declare the statuses and headers that integration responses map to: AWS refuses others."""
    found: dict[str, set[str]] = {}
    for response in _mappings_of(integration).responses:
        names = {name.removeprefix(METHOD_HEADER) for name, _ in response.response_parameters}
        found.setdefault(str(response.status_code), set()).update(names)
    return {status: _method_response(sorted(names)) for status, names in found.items()} or _NO_RESPONSES


def _method_response(headers: list[str]) -> Json:
    declared = {"headers": {name: {"schema": {"type": "string"}} for name in headers}} if headers else {}
    return {"description": "", **declared}


def _mappings_of(integration: Integration) -> Mappings:
    return integration.mappings if isinstance(integration, Mock | LambdaCustom | HttpCustom) else Mappings()


def _integration(integration: Integration) -> Json:
    match integration:
        case LambdaProxy(function, version, timeout_s):
            return {"type": "aws_proxy", **_lambda(function, timeout_s), "payloadFormatVersion": version}
        case LambdaCustom(function, mappings, timeout_s):
            return {"type": "aws", **_lambda(function, timeout_s), **_mappings(mappings)}
        case HttpProxy(method, uri, parameters, timeout_s):
            given = {"requestParameters": dict(parameters)} if parameters else {}
            return {"type": "http_proxy", "httpMethod": method, "uri": uri, **given, **_timeout(timeout_s)}
        case HttpCustom(method, uri, mappings, timeout_s):
            return {"type": "http", "httpMethod": method, "uri": uri, **_mappings(mappings), **_timeout(timeout_s)}
        case Mock(mappings):
            return {"type": "mock", **_mappings(mappings)}
        case _:
            return {}  # what is not emulated: not_written names it


def _lambda(function: str, timeout_s: float) -> Json:
    uri = _INVOCATION.format(_FUNCTION.format(function))
    return {"httpMethod": "POST", "uri": uri, **_timeout(timeout_s)}


def _timeout(seconds: float) -> Json:
    return {"timeoutInMillis": round(seconds * 1000)}


def _mappings(mappings: Mappings) -> Json:
    return _without_nothing(
        {
            "passthroughBehavior": mappings.passthrough_behavior.value.lower(),
            "requestParameters": dict(mappings.request_parameters),
            "requestTemplates": dict(mappings.request_templates),
            "contentHandling": mappings.content_handling and mappings.content_handling.value,
            "responses": dict(_response(response) for response in mappings.responses),
        }
    )


def _response(response: IntegrationResponse) -> tuple[str, Json]:
    written = {
        "statusCode": str(response.status_code),
        "responseParameters": dict(response.response_parameters),
        "responseTemplates": dict(response.response_templates),
        "contentHandling": response.content_handling and response.content_handling.value,
    }
    return response.selection_pattern or DEFAULT_RESPONSE, _without_nothing(written)


def _gateway_response(entry: GatewayResponse) -> Json:
    return _without_nothing(
        {
            "statusCode": entry.status_code,
            "responseParameters": dict(entry.response_parameters),
            "responseTemplates": dict(entry.response_templates),
        }
    )


def _cors(cors: CorsConfiguration) -> Json:
    written = {
        "allowOrigins": [*cors.allow_origins],
        "allowMethods": [*cors.allow_methods],
        "allowHeaders": [*cors.allow_headers],
        "exposeHeaders": [*cors.expose_headers],
        "allowCredentials": cors.allow_credentials,
    }
    return {**_without_nothing(written), **({} if cors.max_age is None else {"maxAge": cors.max_age})}


def _without_nothing(values: Mapping[str, Any]) -> Json:
    return {key: value for key, value in values.items() if value}
