"""What guards a route or concerns the API and is not emulated is noted for the routes it concerns: nothing is open in
silence."""

from typing import Any

import pytest

from config.sources.openapi.documents import node
from emulator.config.sources.openapi.node import Notes
from emulator.config.sources.openapi.unemulated import note_api, note_operation, unknown_methods

AUTHORIZER = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authorizer": {"type": "token"},
}
SCHEMES = {
    "jwt": AUTHORIZER,
    "iam": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"},
    "key": {"type": "apiKey", "name": "X-API-Key", "in": "header"},
    "oauth": {"type": "oauth2"},
}


def of_operation(document: dict[str, Any], operation: dict[str, Any]) -> Notes:
    notes = Notes()
    root = node({**document, "o": operation})
    found = root.get("o")
    assert found is not None
    note_operation(root, found, "GET /x", notes)
    return notes


OPERATIONS = [
    ("authorizer", {"security": [{"jwt": []}]}, {}, "the authorizer `jwt`"),
    ("signature", {"security": [{"iam": []}]}, {}, "the authorizer `iam` (`awsSigv4`)"),
    ("api-key", {"security": [{"key": []}]}, {}, "the API key `key`"),
    ("of-the-document", {}, {"security": [{"jwt": []}]}, "the authorizer `jwt`"),
    ("of-sam", {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}, {}, "authorization by AWS_IAM"),
    ("policy", {"x-amazon-apigateway-policy": {}}, {}, "the resource policy"),
]


@pytest.mark.parametrize(("operation", "document", "what"), [pytest.param(*case, id=key) for key, *case in OPERATIONS])
def test_what_guards_a_route(operation: dict[str, Any], document: dict[str, Any], what: str) -> None:
    notes = of_operation({"components": {"securitySchemes": SCHEMES}, **document}, operation)
    assert [(what, route) for _, what, route in notes.not_emulated] == [(what, "GET /x")]
    assert notes.complaints == []


def test_schemes_of_swagger() -> None:
    notes = of_operation({"securityDefinitions": SCHEMES}, {"security": [{"jwt": []}]})
    assert [(path, what) for path, what, _ in notes.not_emulated] == [
        (("securityDefinitions", "jwt"), "the authorizer `jwt`")
    ]


@pytest.mark.parametrize(
    ("operation", "document"),
    [
        ({"security": []}, {"security": [{"jwt": []}]}),
        ({"security": [{"NONE": []}]}, {"security": [{"jwt": []}]}),
        ({"x-amazon-apigateway-auth": {"type": "NONE"}}, {}),
        ({"x-own": 1, "x-amazon-apigateway-tag-value": "a"}, {}),
        ({}, {}),
    ],
)
def test_what_guards_nothing(operation: dict[str, Any], document: dict[str, Any]) -> None:
    notes = of_operation({"components": {"securitySchemes": SCHEMES}, **document}, operation)
    assert (notes.not_emulated, notes.complaints) == ([], [])


WRONG = [
    ("scheme-that-aws-ignores", {"security": [{"oauth": []}]}, {}, "the security scheme `oauth`, for which", True),
    ("unknown-scheme", {"security": [{"other": []}]}, {}, "the security scheme `other`", False),
    ("near-extension", {"x-amazon-apigateway-integrations-": {}}, {}, "the extension", False),
    ("unknown-extension", {"x-amazon-apigateway-zzz": {}}, {}, "the extension", False),
]


@pytest.mark.parametrize(
    ("operation", "document", "found", "warns"), [pytest.param(*case, id=key) for key, *case in WRONG]
)
def test_what_is_wrong(operation: dict[str, Any], document: dict[str, Any], found: str, warns: bool) -> None:
    notes = of_operation({"components": {"securitySchemes": SCHEMES}, **document}, operation)
    assert [(one.found.startswith(found), one.is_warning) for one in notes.complaints] == [(True, warns)]
    assert notes.not_emulated == []


def test_schemes_that_no_document_declares() -> None:
    notes = of_operation({}, {"security": [{"other": []}]})
    assert [one.found for one in notes.complaints] == ["the security scheme `other`"]


ENDPOINT = "x-amazon-apigateway-endpoint-configuration"
OF_APIS = [
    ({ENDPOINT: {"types": ["PRIVATE"]}}, ["a private endpoint"]),
    ({ENDPOINT: {"vpcEndpointIds": ["vpce-1"]}}, ["a private endpoint"]),
    ({ENDPOINT: {"disableExecuteApiEndpoint": True}}, ["an endpoint that is disabled"]),
    ({ENDPOINT: {"types": ["REGIONAL"], "disableExecuteApiEndpoint": False}}, []),
    ({"x-amazon-apigateway-api-key-source": "AUTHORIZER"}, ["API keys that an authorizer gives"]),
    ({"x-amazon-apigateway-api-key-source": "HEADER"}, []),
    ({"x-amazon-apigateway-minimum-compression-size": 0}, ["compression of answers"]),
    ({"x-amazon-apigateway-importexport-version": "1.0"}, []),
]


@pytest.mark.parametrize(("document", "expected"), OF_APIS)
def test_what_concerns_every_route(document: dict[str, Any], expected: list[str]) -> None:
    notes = Notes()
    note_api(node(document), notes)
    assert [(what, route) for _, what, route in notes.not_emulated] == [(what, "") for what in expected]
    assert notes.complaints == []


def test_methods_that_there_are_not() -> None:
    item = node({"get": {}, "fetch": {}, "trace": {}, "parameters": [], "x-own": 1})
    assert [name for name, _ in unknown_methods(item, frozenset({"get"}))] == ["fetch", "trace"]
