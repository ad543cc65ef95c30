"""Bodies that are of their model and that are not, with AWS's words for the latter."""

import json
from typing import Any

import pytest

from emulator.aws.rest_api.model import UNREADABLE, in_java_order, model_errors

MINIMUM = "numeric instance is lower than the required minimum"
MAXIMUM = "numeric instance is greater than the required maximum"
DATE = r"^\d{4}\-(0[1-9]|1[012])\-(0[1-9]|[12][0-9]|3[01])$"
NO_NUMBER = 'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])'


def errors(schema: Any, value: Any, **models: Any) -> list[str]:
    texts = tuple((name, json.dumps(one)) for name, one in {"Model": schema, **models}.items())
    return model_errors(json.dumps(value).encode(), "Model", texts)


ORDER = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"type": "string", "enum": ["STOCK", "BOND", "CASH"]},
            "symbol": {"type": "string", "minLength": 1, "maxLength": 4},
            "shares": {"type": "number", "minimum": 1, "maximum": 1000},
            "order-date": {"type": "string", "pattern": DATE},
        },
    },
}


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        pytest.param(
            {"type": "object", "required": ["bar"], "additionalProperties": False}, {"foo": 1},
            [
                'object has missing required properties (["bar"])',
                'object instance has properties which are not allowed by the schema: ["foo"]',
            ],
            id="recorded-in-the-answer-of-an-edge-api-2022",
        ),
        pytest.param(
            {"required": ["password", "email", "repeatPassword"]}, {},
            ['object has missing required properties (["email","password","repeatPassword"])'],
            id="recorded-in-a-log-of-2021",
        ),
        pytest.param(
            ORDER,
            [{"type": "foobar", "symbol": "thisstringistoolong", "shares": 999999, "order-date": "2018-1-2"}],
            [
                f'ECMA 262 regex "{DATE}" does not match input string "2018-1-2"',
                f"{MAXIMUM} (maximum: 1000, found: 999999)",
                'string "thisstringistoolong" is too long (length: 19, maximum allowed: 4)',
                'instance value ("foobar") not found in enum (possible values: ["STOCK","BOND","CASH"])',
            ],
            id="recorded-in-a-workshop-on-data-models",
        ),
        pytest.param(
            ORDER,
            [{"type": "WOW", "shares": 10000000}],
            [
                'instance value ("WOW") not found in enum (possible values: ["STOCK","BOND","CASH"])',
                f"{MAXIMUM} (maximum: 1000, found: 10000000)",
            ],
            id="recorded-in-a-workshop-on-data-models-2",
        ),
        pytest.param(
            {"properties": {"q": {"minLength": 3}, "top_k": {"maximum": 10}}}, {"q": "hi", "top_k": 99},
            [
                'string "hi" is too short (length: 2, required minimum: 3)',
                f"{MAXIMUM} (maximum: 10, found: 99)",
            ],
            id="recorded-in-a-search-api",
        ),
        pytest.param(
            {"properties": {"a": {"type": "number"}}}, {"a": "x"},
            [NO_NUMBER],
            id="recorded-type",
        ),
        pytest.param(
            {"type": ["string", "null"]}, 1.5,
            ['instance type (number) does not match any allowed primitive type (allowed: ["null","string"])'],
            id="types",
        ),
        pytest.param({"minimum": 5}, 4, [f"{MINIMUM} (minimum: 5, found: 4)"], id="minimum"),
        pytest.param(
            {"minItems": 2}, [1], ["array is too short: must have at least 2 elements but instance has 1 elements"],
            id="minItems",
        ),
        pytest.param(
            {"maxItems": 1}, [1, 2], ["array is too long: must have at most 1 elements but instance has 2 elements"],
            id="maxItems",
        ),
        pytest.param({"uniqueItems": True}, [1, 1], ["array must not contain duplicate elements"], id="uniqueItems"),
        pytest.param(
            {"anyOf": [{"type": "string"}, {"type": "null"}]}, 1,
            ["instance failed to match at least one required schema among 2"], id="anyOf",
        ),
        pytest.param(
            {"oneOf": [{"type": "string"}, {"type": "null"}]}, 1,
            ["instance failed to match exactly one schema (matched 0 out of 2)"], id="oneOf-none",
        ),
        pytest.param(
            {"oneOf": [{}, {}]}, 1, ["instance failed to match exactly one schema (matched 2 out of 2)"],
            id="oneOf-both",
        ),
        pytest.param({"not": {}}, 1, ["instance matched a schema which it should not have"], id="not"),
        pytest.param({"multipleOf": 2}, 3, ["instance does not satisfy multipleOf"], id="other-keywords"),
        pytest.param(
            {"additionalProperties": False, "patternProperties": {"^x-": {}}, "properties": {"a": {}}},
            {"x-1": 1, "a": 1, "c": 1, "b": 1},
            ['object instance has properties which are not allowed by the schema: ["b","c"]'],
            id="patternProperties",
        ),
        pytest.param(
            {"required": ["a"], "properties": {"b": {"type": "string"}}}, {"b": 1},
            ['object has missing required properties (["a"])'], id="nothing-of-what-lies-in-what-failed",
        ),
        pytest.param({"type": "string", "format": "byte"}, "is random", [], id="format-is-not-validated"),
        pytest.param({"properties": {"$ref": {"type": "string"}}}, {"$ref": "x"}, [], id="a-property-named-ref"),
    ],
)  # fmt: skip
def test_errors(schema: Any, value: Any, expected: list[str]) -> None:
    assert errors(schema, value) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "#/components/schemas/Item",
        "#/definitions/Item",
        "https://apigateway.amazonaws.com/restapis/abc123/models/Item",
    ],
)
def test_models_refer_to_each_other(reference: str) -> None:
    item = {"required": ["a"], "properties": {"next": {"$ref": reference}}}
    assert errors({"items": {"$ref": reference}}, [{"a": 1, "next": {"a": 1}}], Item=item) == []
    assert errors({"items": {"$ref": reference}}, [{"a": 1, "next": {}}], Item=item) != []


def test_definitions_of_the_schema_itself_come_first() -> None:
    schema = {"definitions": {"Item": {"type": "null"}}, "anyOf": [{"$ref": "#/definitions/Item"}]}
    assert errors(schema, None, Item={"type": "string"}) == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json(body: bytes) -> None:
    assert model_errors(body, "Model", (("Model", "{}"),)) == [UNREADABLE]


def test_a_model_that_is_not_there_takes_every_json() -> None:
    assert model_errors(b"1", "Empty", ()) == []


def test_many_messages_are_in_the_order_of_a_larger_set() -> None:
    many = [f"m{number}" for number in range(40)]
    assert sorted(in_java_order(many)) == sorted(many)
    assert in_java_order([*many, *many]) == in_java_order(many)
