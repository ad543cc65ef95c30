"""Whether a request body is of a model, and what AWS says where it is not.

AWS validates by JSON Schema draft 4 with a Java library, whose words these are (java-json-tools/json-schema-validator,
validation.properties). Recorded from AWS are those of required, additionalProperties, type, enum, pattern, minLength,
maxLength, maximum and of what is no JSON; the words of the other keywords are that library's and uncertain, and so is
what it tells of what lies deeper than a level that failed.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

UNREADABLE = "Unknown error parsing request body"
"""What is said of a body that is no JSON, or empty; here also of one that nests too deep to be read."""

NOT_ALLOWED = "object instance has properties which are not allowed by the schema"
NO_TYPE = "does not match any allowed primitive type"
NOT_ONE = "instance failed to match exactly one schema"
TOO_LOW = "numeric instance is lower than the required minimum"
TOO_HIGH = "numeric instance is greater than the required maximum"

JAVA_TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", type(None): "null"}


def model_errors(body: bytes, name: str, models: tuple[tuple[str, str], ...]) -> list[str]:
    """Return what is wrong with a body by the model of this name, nothing where it is of it; `models` map the names of
    an API's models to their JSON schemas. A name that is not among them takes every JSON."""
    try:
        errors = list(_validator(name, models).iter_errors(json.loads(body)))
    except (ValueError, RecursionError):
        return [UNREADABLE]
    failed = {tuple(error.path) for error in errors}
    return in_java_order(_said(error) for error in errors if not _is_within(tuple(error.path), failed))


def _is_within(path: tuple[str | int, ...], failed: set[tuple[str | int, ...]]) -> bool:
    """Tell whether a value lies in one that fails itself: the library looks no deeper."""
    return any(path[:length] in failed for length in range(len(path)))


@lru_cache(maxsize=256)
def _validator(name: str, models: tuple[tuple[str, str], ...]) -> Any:
    """Make the validator of a model. Models refer to each other by URL, or as the document they were imported from had
    it: the last part of the reference is the name."""
    # It takes longer to import than everything else, and few APIs have models.
    from jsonschema import Draft4Validator  # type: ignore[import-untyped]
    from referencing import Registry
    from referencing.jsonschema import DRAFT4

    schemas = {model: json.loads(schema) for model, schema in models}
    linked = {model: _linked(schema, schemas, schema) for model, schema in schemas.items()}
    resources = [(_uri(model), DRAFT4.create_resource(schema)) for model, schema in linked.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft4Validator(linked.get(name, {}), registry=registry)


def _uri(model: str) -> str:
    return f"model:{model}"


def _linked(part: Any, schemas: Mapping[str, Any], root: Any) -> Any:
    """Copy a schema with its references to models made references of the registry; those into the schema itself
    stay."""
    if isinstance(part, list):
        return [_linked(item, schemas, root) for item in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        is_own = reference.startswith("#/definitions/") and name in root.get("definitions", {})
        return {"$ref": reference if is_own or name not in schemas else _uri(name)}
    return {key: _linked(value, schemas, root) for key, value in part.items()}


def _said(error: Any) -> str:
    """Say one error, a ValidationError of jsonschema, in the Java library's words."""
    keyword, wanted, found = str(error.validator), error.validator_value, error.instance
    words: dict[str, Callable[[], str]] = {
        "required": lambda: f"object has missing required properties ({_json(sorted(set(wanted) - set(found)))})",
        "additionalProperties": lambda: f"{NOT_ALLOWED}: {_json(_further(found, error.schema))}",
        "type": lambda: f"instance type ({_type(found)}) {NO_TYPE} (allowed: {_json(_types(wanted))})",
        "enum": lambda: f"instance value ({_json(found)}) not found in enum (possible values: {_json(wanted)})",
        "pattern": lambda: f'ECMA 262 regex "{wanted}" does not match input string "{found}"',
        "minimum": lambda: f"{TOO_LOW} (minimum: {_json(wanted)}, found: {_json(found)})",
        "maximum": lambda: f"{TOO_HIGH} (maximum: {_json(wanted)}, found: {_json(found)})",
        "minLength": lambda: f'string "{found}" is too short (length: {len(found)}, required minimum: {wanted})',
        "maxLength": lambda: f'string "{found}" is too long (length: {len(found)}, maximum allowed: {wanted})',
        "minItems": lambda: f"array is too short: must have at least {wanted} elements but {_elements(found)}",
        "maxItems": lambda: f"array is too long: must have at most {wanted} elements but {_elements(found)}",
        "uniqueItems": lambda: "array must not contain duplicate elements",
        "anyOf": lambda: f"instance failed to match at least one required schema among {len(wanted)}",
        "oneOf": lambda: f"{NOT_ONE} (matched {_matched(error)} out of {len(wanted)})",
        "not": lambda: "instance matched a schema which it should not have",
    }
    return words.get(keyword, lambda: f"instance does not satisfy {keyword}")()


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _type(value: Any) -> str:
    return next((name for kind, name in JAVA_TYPES.items() if type(value) is kind), "number")


def _types(wanted: str | list[str]) -> list[str]:
    """List the types that are allowed, in order; an integer is a number."""
    names = {wanted} if isinstance(wanted, str) else set(wanted)
    return sorted(names | {"integer"} if "number" in names else names)


def _further(found: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    patterns = schema.get("patternProperties", {})
    known = schema.get("properties", {})
    return sorted(name for name in found if name not in known and not any(re.search(one, name) for one in patterns))


def _elements(found: list[Any]) -> str:
    return f"instance has {len(found)} elements"


def _matched(error: Any) -> int:
    """Count the schemas of a `oneOf` that match: those that failed are told; where none did, at least two match."""
    failed = {inner.relative_schema_path[0] for inner in error.context or ()}
    return len(error.validator_value) - len(failed) if failed else 2


def in_java_order(messages: Iterable[str]) -> list[str]:
    """Put messages in the order of a Java HashSet, each once: AWS collects them in one, by the five recorded answers
    with several."""
    distinct = list(dict.fromkeys(messages))
    size = 16
    while len(distinct) > size * 3 // 4:
        size *= 2
    return sorted(distinct, key=lambda message: _java_hash(message) & (size - 1))


def _java_hash(text: str) -> int:
    """Hash a text as Java's String does, its halves mixed as HashMap does."""
    units = text.encode("utf-16-be")
    value = 0
    for at in range(0, len(units), 2):
        value = (31 * value + int.from_bytes(units[at : at + 2])) & 0xFFFFFFFF
    return value ^ (value >> 16)
