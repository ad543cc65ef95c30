"""How a change of an API is written in the OpenAPI document that declares it; the mappings of an integration are worded
as in emulator.yaml, which has OpenAPI's names for them."""

from collections.abc import Iterable

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.rest_api.response_types import HEADER
from emulator.config.dialects.emulator_yaml_mappings import mapping_phrase
from emulator.deployment import DOCUMENT, Place, Places
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    ApiChange,
    IntegrationField,
    RemoveCors,
    RemoveRoute,
    ReplaceInCors,
    ReplaceRoute,
    SetBinaryMediaTypes,
    SetCorsCredentials,
    SetCorsMaxAge,
    SetGatewayResponse,
    SetIntegration,
)
from emulator.findings.mapping_changes import MappingChange

CORS = "x-amazon-apigateway-cors"
INTEGRATION = "x-amazon-apigateway-integration"


def document_of(api: str, places: Places) -> Place | None:
    """Return where the document of an API begins; None where emulator.yaml declares it."""
    return places.get(("api", api, DOCUMENT))


def openapi_phrase(change: ApiChange | MappingChange) -> str:
    """Word a change as an imperative, in lower case and without a full stop."""
    match change:
        case AddToCors(field=field, entries=entries, now=now):
            return f"add {_list(entries)} to `{CORS}: {field}` (now [{_list(now)}])"
        case ReplaceInCors(field=field, old=old, entries=()):
            return f"remove '{old}' from `{CORS}: {field}`"
        case ReplaceInCors(field=field, old=old, entries=entries):
            return f"write {_list(entries)} instead of '{old}' in `{CORS}: {field}`"
        case SetCorsCredentials(allowed=allowed):
            return f"set `allowCredentials: true` in `{CORS}`" if allowed else f"drop `allowCredentials` of `{CORS}`"
        case SetCorsMaxAge(seconds=seconds):
            return f"write `maxAge: {seconds}` in `{CORS}`"
        case AddCors(cors=cors):
            return f"add `{CORS}: {{{', '.join(_fields(cors))}}}` to the document"
        case RemoveCors():
            return f"remove `{CORS}`, and let the function answer preflights too"
        case SetBinaryMediaTypes(media_types=types):
            return f"set `x-amazon-apigateway-binary-media-types: [{_list(types)}]`"
        case SetGatewayResponse(response_type=name, headers=headers):
            written = " and ".join(f"""`{HEADER}{header}: "'{value}'"`""" for header, value in headers)
            return f"write {written} under `x-amazon-apigateway-gateway-responses: {name}: responseParameters`"
        case SetIntegration(route=route, field=field, value=value, now=now):
            value = f'"{value}"' if field is IntegrationField.PAYLOAD_FORMAT_VERSION else value
            return f"set `{field}: {value}` in the `{INTEGRATION}` of {_operation(route)} (now {now})"
        case AddRoute() | RemoveRoute() | ReplaceRoute():
            return _of_paths(change)
        case _:
            return mapping_phrase(change)


def _of_paths(change: AddRoute | RemoveRoute | ReplaceRoute) -> str:
    if isinstance(change, AddRoute):
        told = ", ".join(f"{name}: {value}" for name, value in change.headers)
        answering = f", that answers {told}" if told else ""
        return f"add {_operation(change.key)} with an `{INTEGRATION}`, of a function or `type: mock`{answering}"
    if isinstance(change, RemoveRoute):
        return f"remove {_operation(change.key)}"
    keys = " and ".join(map(_operation, change.new))
    return f"write {keys} instead of {_operation(change.old)}, with its `{INTEGRATION}`"


def _operation(key: str) -> str:
    """Name an operation as it stands in the document: `paths: /items: get`."""
    method, _, path = key.partition(" ")
    name = "x-amazon-apigateway-any-method" if method in ("ANY", "$default") else method.lower()
    return f"`paths: {path or '/$default'}: {name}`"


def _list(values: Iterable[str]) -> str:
    return ", ".join('"*"' if value == "*" else f'"{value}"' if "*" in value else value for value in values)


def _fields(cors: CorsConfiguration) -> list[str]:
    lists = (
        ("allowOrigins", cors.allow_origins),
        ("allowMethods", cors.allow_methods),
        ("allowHeaders", cors.allow_headers),
    )
    fields = [f"{field}: [{_list(values)}]" for field, values in lists if values]
    return [*fields, *(["allowCredentials: true"] if cors.allow_credentials else [])]
