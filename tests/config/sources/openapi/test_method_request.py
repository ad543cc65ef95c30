"""What an operation asks by its validator: parameters, and a body of a model."""

import json
from typing import Any

import pytest

from config.sources.openapi.documents import OPERATION, node, of
from emulator.aws.rest_api.method_request import ASKS_NOTHING, MethodRequest, RequestValidator
from emulator.aws.rest_api.model import model_errors
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.sources.openapi.method_request import method_request, models_of
from emulator.config.sources.openapi.node import Notes

VALIDATOR, VALIDATORS = "x-amazon-apigateway-request-validator", "x-amazon-apigateway-request-validators"
DECLARED = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    "parameters": {"validateRequestBody": False, "validateRequestParameters": True},
    "none": {},
}
ITEM = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "maximum": 5, "minimum": "x"}}}
SCHEMAS = {"Item": ITEM, "Colour": {"enum": ["1", "red"], "type": "string", "pattern": "true"}}
REFERENCE = {"schema": {"$ref": "#/components/schemas/Item"}}


def asked(operation: dict[str, Any], **document: Any) -> tuple[MethodRequest, Notes]:
    notes = Notes()
    parameters = [{"in": "path", "name": "id", "required": True}, {"in": "cookie", "name": "c"}]
    root = node({VALIDATORS: DECLARED, "components": {"schemas": SCHEMAS}, "i": {"parameters": parameters}, **document,
                 "o": operation})  # fmt: skip
    item, found = root.get("i"), root.get("o")
    assert item is not None
    assert found is not None
    return method_request(root, item, found, "POST /x", notes), notes


PARAMETERS = (("method.request.path.id", True), ("method.request.querystring.q", False))


def test_parameters_and_body() -> None:
    operation = {
        VALIDATOR: "all",
        "parameters": [{"in": "query", "name": "q"}],
        "requestBody": {"content": {"application/json": REFERENCE, "text/plain": {}}},
    }
    found, notes = asked(operation)
    assert found == MethodRequest(PARAMETERS, (("application/json", "Item"),), RequestValidator("all", True, True))
    assert (notes.complaints, notes.not_emulated) == ([], [])


def test_a_validator_of_parameters_alone_is_the_documents() -> None:
    operation = {"parameters": [{"in": "query", "name": "q"}], "requestBody": {"content": {"a/b": REFERENCE}}}
    found, _ = asked(operation, **{VALIDATOR: "parameters"})
    assert found == MethodRequest(PARAMETERS, (), RequestValidator("parameters", False, True))


def test_the_body_of_swagger() -> None:
    body = {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/Item"}}
    found, _ = asked({VALIDATOR: "all", "parameters": [body]}, components=None, definitions=SCHEMAS)
    assert found.request_models == (("application/json", "Item"),)


@pytest.mark.parametrize("operation", [{}, {VALIDATOR: "none"}])
def test_without_a_validator_nothing_is_asked(operation: dict[str, Any]) -> None:
    assert asked(operation)[0] == ASKS_NOTHING


@pytest.mark.parametrize("document", [{}, {VALIDATORS: None}])
def test_validators_that_are_not_declared(document: dict[str, Any]) -> None:
    found, notes = asked({VALIDATOR: "some"}, **document)
    assert (found, [one.found for one in notes.complaints]) == (ASKS_NOTHING, ["`some`"])


def test_models_that_are_none_of_the_document() -> None:
    own, lost = {"schema": {"type": "object"}}, {"schema": {"$ref": "#/components/schemas/No"}}
    found, notes = asked({VALIDATOR: "all", "requestBody": {"content": {"a/b": own, "c/d": lost}}})
    assert found.request_models == ()
    assert [(what, route) for _, what, route in notes.not_emulated] == [("a model that has no name", "POST /x")]
    assert [one.found for one in notes.complaints] == ["the reference `#/components/schemas/No`, which leads nowhere"]


def test_schemas_have_the_types_of_json_schema() -> None:
    models = models_of(node({"components": {"schemas": SCHEMAS}}))
    schemas = {name: json.loads(text) for name, text in models}
    assert schemas["Item"] == ITEM
    assert schemas["Colour"] == SCHEMAS["Colour"]
    more = {"properties": {"maximum": {"type": "integer", "enum": [1, 2]}}, "additionalProperties": False, "x": [None]}
    assert [json.loads(text) for _, text in models_of(node({"definitions": {"A": more}}))] == [more]
    assert models_of(node({})) == ()


def test_a_body_is_held_against_its_model() -> None:
    item = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "maximum": 5}}}
    operation = {**OPERATION, VALIDATOR: "all", "requestBody": {"content": {"application/json": REFERENCE}}}
    found = of({VALIDATORS: DECLARED, "components": {"schemas": {"Item": item}}, "paths": {"/x": {"post": operation}}})
    assert found.problems == ()
    assert isinstance(found.api, RestApi)
    assert found.api.methods[0].request.validator == RequestValidator("all", True, True)
    assert model_errors(b'{"n": 3}', "Item", found.api.models) == []
    assert len(model_errors(b'{"n": 9}', "Item", found.api.models)) == 1
