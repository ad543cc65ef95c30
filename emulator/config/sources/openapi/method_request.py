"""What an operation asks of a request by its validator: parameters, and a body of a model (AWS: Request validation for
REST APIs in API Gateway; x-amazon-apigateway-request-validators object)."""

import json
from collections.abc import Iterator
from typing import Any

from emulator.aws.rest_api.method_request import ASKS_NOTHING, MethodRequest, RequestValidator
from emulator.config.complaint import listed, quoted
from emulator.config.sources.openapi.node import Node, Notes
from emulator.config.yaml.document import Data

VALIDATOR, VALIDATORS = "x-amazon-apigateway-request-validator", "x-amazon-apigateway-request-validators"
PLACES = {"header": "header", "query": "querystring", "path": "path"}
NUMBERS = frozenset(
    {"minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties",
     "maxProperties"}
)  # fmt: skip
BOOLEANS = {"true": True, "false": False}


def models_of(root: Node) -> tuple[tuple[str, str], ...]:
    """Return the schemas of the document, each as JSON text, by their names."""
    components = root.get("components")
    schemas = root.get("definitions") if components is None else components.get("schemas")
    return tuple((name, json.dumps(_typed(one.value))) for name, one in ([] if schemas is None else schemas.entries()))


def method_request(root: Node, item: Node, operation: Node, key: str, notes: Notes) -> MethodRequest:
    """Read what an operation asks; `item` is the path's, whose parameters it has too, and `key` its route key.
    Without a validator it asks nothing."""
    named = operation.get(VALIDATOR) or root.get(VALIDATOR)
    if named is None:
        return ASKS_NOTHING
    declared = root.get(VALIDATORS)
    validator = None if declared is None else declared.get(str(named.value))
    if validator is None:
        names = [] if declared is None else [name for name, _ in declared.entries()]
        fix = f"Declare it under `{VALIDATORS}`."
        notes.complain(named.path, quoted(named.value), listed(names) if names else "a declared validator", fix)
        return ASKS_NOTHING
    body, parameters = (_is_true(validator, f"validateRequest{what}") for what in ("Body", "Parameters"))
    if not body and not parameters:
        return ASKS_NOTHING
    asked = dict([*_parameters(item), *_parameters(operation)])
    models = tuple(_models(operation, key, notes)) if body else ()
    return MethodRequest(tuple(asked.items()), models, RequestValidator(str(named.value), body, parameters))


def _parameters(node: Node) -> Iterator[tuple[str, bool]]:
    declared = node.get("parameters")
    for parameter in () if declared is None else declared.items():
        place = PLACES.get(_text(parameter, "in"))
        if place is not None:
            yield f"method.request.{place}.{_text(parameter, 'name')}", _is_true(parameter, "required")


def _models(operation: Node, key: str, notes: Notes) -> Iterator[tuple[str, str]]:
    """Yield the model for each content type of the body: OpenAPI's `requestBody`, Swagger's parameter `body`."""
    body, parameters = operation.get("requestBody"), operation.get("parameters")
    content = None if body is None else body.get("content")
    for media_type, one in () if content is None else content.entries():
        yield from _model(media_type, one, key, notes)
    for parameter in () if parameters is None else parameters.items():
        if _text(parameter, "in") == "body":
            yield from _model("application/json", parameter, key, notes)


def _model(media_type: str, node: Node, key: str, notes: Notes) -> Iterator[tuple[str, str]]:
    schema = node.get("schema")
    if schema is None:
        return
    if isinstance(schema.value, dict) and "$ref" in schema.value:
        found = f"the reference {quoted(schema.value['$ref'])}, which leads nowhere"
        notes.complain(schema.path, found, "a schema of the document", "Declare it among the document's schemas.")
    elif schema.path[:-1] in (("definitions",), ("components", "schemas")):
        yield media_type, str(schema.path[-1])
    else:
        notes.skip(schema.path, "a model that has no name", key)


def _typed(schema: Data) -> Any:
    """Give the values of a schema the types that JSON Schema wants: text is all that a document is read as."""
    if isinstance(schema, list):
        return [_typed(one) for one in schema]
    if not isinstance(schema, dict):
        return BOOLEANS.get(schema, schema) if isinstance(schema, str) else schema
    return {key: _value(key, value, str(schema.get("type"))) for key, value in schema.items()}


def _value(key: str, value: Data, kind: str) -> Any:
    if key in ("properties", "definitions", "patternProperties") and isinstance(value, dict):
        return {name: _typed(one) for name, one in value.items()}
    if key == "enum" and isinstance(value, list):
        return [_number(one) if kind in ("integer", "number") else one for one in value]
    if key in NUMBERS:
        return _number(value)
    return value if key in ("pattern", "description", "title", "example", "default") else _typed(value)


def _number(value: Data) -> Any:
    try:
        return json.loads(str(value))
    except ValueError:
        return value


def _is_true(node: Node, key: str) -> bool:
    return _text(node, key) == "true"


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return "" if found is None else str(found.value)
