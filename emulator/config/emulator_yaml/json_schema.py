"""Makes the JSON Schema of emulator.yaml, which gives editors completion, descriptions and red lines while typing.

The first line of a file names it: `# yaml-language-server: $schema=./emulator.schema.json`.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from emulator.aws.methods import ROUTE_METHODS
from emulator.aws.rest_api.response_types import HEADER, RESPONSE_TYPES
from emulator.config.emulator_yaml.keys import keys, sections
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.rules.functions import NAME, VARIABLE_NAME

METHOD_AND_PATH = f"^({'|'.join(ROUTE_METHODS)}) /"
ROUTE_KEYS = {"HttpApi": rf"^\$default$|{METHOD_AND_PATH}", "RestApi": METHOD_AND_PATH}


def json_schema() -> dict[str, object]:
    """Return JSON Schema 2020-12. What it cannot say, such as which functions are declared, `emulate` says itself."""
    schema = Configuration.model_json_schema()
    definitions = {**schema.pop("$defs"), "Configuration": schema}
    for section in sections():
        definition = definitions[section.__name__]
        for name, key in keys(section).items():
            described = definition["properties"][name]
            described["description"] = f"{key.meaning}\n\nExpected: {key.expected}. Example: `{key.example}`"
    for node in _nodes([schema, definitions]):
        _tidy(node)
    for name, pattern in ROUTE_KEYS.items():
        routes = definitions[name]["properties"]["routes"]
        routes["patternProperties"] = {pattern: routes.pop("additionalProperties")}
        routes["additionalProperties"] = False
    responses = definitions["RestApi"]["properties"]["gatewayResponses"]
    responses["propertyNames"] = {"enum": list(RESPONSE_TYPES)}
    headers = definitions["GatewayResponse"]["properties"]["responseParameters"]
    headers["propertyNames"] = {"pattern": rf"^{re.escape(HEADER)}"}
    provided = {"properties": {"runtime": {"pattern": "^provided"}}, "required": ["runtime"]}
    definitions["Function"]["anyOf"] = [{"required": ["handler"]}, {"required": ["command"]}, provided]
    definitions["Function"]["properties"]["environment"]["propertyNames"] = {"pattern": f"^{VARIABLE_NAME.pattern}$"}
    schema["properties"]["functions"]["propertyNames"] = {"pattern": f"^{NAME.pattern}$"}
    definitions.pop("Configuration")
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema, "title": "emulator.yaml", "$defs": definitions}


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)


def _tidy(node: dict[str, Any]) -> None:
    """Drop what pydantic adds and the file does not have: titles, null, OpenAPI's discriminator."""
    if isinstance(node.get("title"), str):
        node.pop("title")
    if node.get("default", ...) in (None, ""):
        node.pop("default")
    if isinstance(node.get("discriminator"), dict):
        node.pop("discriminator")
    match node.get("anyOf"):
        case [dict(kept), {"type": "null"}]:
            node.pop("anyOf")
            node.update({**kept, **node})
        case [*several, {"type": "null"}]:
            node["anyOf"] = several
