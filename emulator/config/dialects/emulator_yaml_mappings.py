"""How a change of a non-proxy integration is written in emulator.yaml."""

from typing import assert_never

from emulator.aws.rest_api.response_headers import METHOD_HEADER
from emulator.findings.mapping_changes import (
    MapHeaders,
    MapOrigin,
    MappingChange,
    SetContentHandling,
    SetGeneratedCors,
    SetRequestTemplate,
    UnmapHeaders,
)


def mapping_key(change: MappingChange) -> tuple[str, ...]:
    """Name what is to be changed, or written into, as places do."""
    if isinstance(change, SetGeneratedCors):
        return ("api", change.api, "cors", change.key)
    own = ("api", change.api, "route", change.route, "integration")
    match change:
        case MapHeaders(response=response, headers=headers):
            if not headers:
                return (*own, "responses", response)
            return (*own, "responses", response, "responseParameters", f"{METHOD_HEADER}{headers[0][0]}")
        case UnmapHeaders(response=response):
            return (*own, "responses", response, "responseParameters")
        case MapOrigin(response=response):
            return (*own, "responses", response, "responseTemplates", "application/json")
        case SetContentHandling():
            return (*own, "contentHandling")
        case SetRequestTemplate(media_type=media_type):
            return (*own, "requestTemplates", media_type)
        case _:
            assert_never(change)


def mapping_phrase(change: MappingChange) -> str:
    """Word a change as an imperative, in lower case and without a full stop. A text stands in single quotes within
    YAML's double ones."""
    if isinstance(change, SetGeneratedCors):
        return f"write `{change.key}: {_value(change)}` in `cors` of '{change.api}'"
    where = f"of the route '{change.route}' of '{change.api}'"
    match change:
        case MapHeaders(response=response, headers=headers, status=status):
            parts = [] if status is None else [f"`statusCode: {status}`"]
            parts += [f"""`{METHOD_HEADER}{name}: "'{value}'"`""" for name, value in headers]
            return f"write {' and '.join(parts)} in the response `{response}` {where}"
        case UnmapHeaders(response=response, prefix=prefix):
            headers_ = f"the {prefix}* headers" if prefix.endswith("-") else prefix
            return f"remove {headers_} from the response `{response}` {where}"
        case MapOrigin(response=response):
            written = f"`responseTemplates: {{application/json: '{change.template}'}}`"
            return f"write {written}, before what stands there, in the response `{response}` {where}"
        case SetContentHandling(conversion=conversion):
            return f"set `contentHandling: {conversion}` in the integration {where}"
        case SetRequestTemplate(media_type=media_type, template=template):
            return f"write `requestTemplates: {{{media_type}: '{template}'}}` in the integration {where}"
        case _:
            assert_never(change)


def _value(change: SetGeneratedCors) -> str:
    """Write a value as YAML needs it: an asterisk alone would be an alias, and a text in single quotes lose them."""
    values = [f'"{one}"' if one == "*" or one.startswith("'") else one for one in change.values]
    return f"[{', '.join(values)}]" if change.is_list else values[0]
