"""How changes are worded for an OpenAPI document, and where they are written."""

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.config.dialects.emulator_yaml import place_of, worded
from emulator.config.dialects.openapi import document_of, openapi_phrase
from emulator.deployment import DOCUMENT, Place
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    CorsField,
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
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import SetContentHandling

ORIGINS = CorsField.ALLOW_ORIGINS
A = "https://a.test"
HEADERS = (("Access-Control-Allow-Origin", A), ("Vary", "Origin"))
CHANGES = [
    (AddToCors("shop", ORIGINS, (A,), ("*",)), f'add {A} to `x-amazon-apigateway-cors: allowOrigins` (now ["*"])'),
    (ReplaceInCors("shop", ORIGINS, A, ()), f"remove '{A}' from `x-amazon-apigateway-cors: allowOrigins`"),
    (ReplaceInCors("shop", ORIGINS, "*", (A,)),
     f"write {A} instead of '*' in `x-amazon-apigateway-cors: allowOrigins`"),
    (SetCorsCredentials("shop", True), "set `allowCredentials: true` in `x-amazon-apigateway-cors`"),
    (SetCorsCredentials("shop", False), "drop `allowCredentials` of `x-amazon-apigateway-cors`"),
    (SetCorsMaxAge("shop", 60), "write `maxAge: 60` in `x-amazon-apigateway-cors`"),
    (AddCors("shop", CorsConfiguration((A,), ("GET",), allow_credentials=True)),
     (f"add `x-amazon-apigateway-cors: {{allowOrigins: [{A}], allowMethods: [GET], allowCredentials: true}}` to "
     "the document")),
    (AddCors("shop", CorsConfiguration(("https://*",))),
     'add `x-amazon-apigateway-cors: {allowOrigins: ["https://*"]}` to the document'),
    (RemoveCors("shop"), "remove `x-amazon-apigateway-cors`, and let the function answer preflights too"),
    (SetBinaryMediaTypes("shop", ("image/png", "*/*")),
     'set `x-amazon-apigateway-binary-media-types: [image/png, "*/*"]`'),
    (SetGatewayResponse("shop", "DEFAULT_4XX", HEADERS),
     (f"""write `gatewayresponse.header.Access-Control-Allow-Origin: "'{A}'"` and `gatewayresponse.header.Vary: """
     """"'Origin'"` under `x-amazon-apigateway-gateway-responses: DEFAULT_4XX: responseParameters`""")),
    (SetIntegration("shop", "GET /x", IntegrationField.PAYLOAD_FORMAT_VERSION, "1.0", "2.0"),
     'set `payloadFormatVersion: "1.0"` in the `x-amazon-apigateway-integration` of `paths: /x: get` (now 2.0)'),
    (SetIntegration("shop", "GET /x", IntegrationField.TIMEOUT_IN_MILLIS, "29000", "5000"),
     "set `timeoutInMillis: 29000` in the `x-amazon-apigateway-integration` of `paths: /x: get` (now 5000)"),
    (AddRoute("shop", "OPTIONS /x", HEADERS),
     ("add `paths: /x: options` with an `x-amazon-apigateway-integration`, of a function or `type: mock`, that answers "
     f"Access-Control-Allow-Origin: {A}, Vary: Origin")),
    (AddRoute("shop", "GET /x"),
     "add `paths: /x: get` with an `x-amazon-apigateway-integration`, of a function or `type: mock`"),
    (RemoveRoute("shop", "$default"), "remove `paths: /$default: x-amazon-apigateway-any-method`"),
    (ReplaceRoute("shop", "ANY /x", ("GET /x", "PUT /x")),
     ("write `paths: /x: get` and `paths: /x: put` instead of `paths: /x: x-amazon-apigateway-any-method`, with its "
     "`x-amazon-apigateway-integration`")),
    (SetContentHandling("shop", "OPTIONS /x", "CONVERT_TO_TEXT"),
     "set `contentHandling: CONVERT_TO_TEXT` in the integration of the route 'OPTIONS /x' of 'shop'"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "phrase"), CHANGES)
def test_wording(change, phrase):
    assert openapi_phrase(change) == phrase


PLACES = {
    ("api", "shop"): Place("emulator.yaml", 2),
    ("api", "shop", DOCUMENT): Place("api.yaml", 1),
    ("api", "shop", "route", "GET /x"): Place("api.yaml", 7),
    ("api", "admin"): Place("emulator.yaml", 9),
}


def test_it_is_written_in_the_document():
    add, remove = AddCors("shop", CorsConfiguration((A,))), RemoveRoute("shop", "GET /x")
    assert (place_of(add, PLACES), place_of(remove, PLACES)) == (Place("api.yaml", 1), Place("api.yaml", 7))
    text = f"Add `x-amazon-apigateway-cors: {{allowOrigins: [{A}]}}` to the document (api.yaml:1)."
    assert worded(Fix((add,)), PLACES) == text


def test_an_api_of_emulator_yaml_is_worded_as_before():
    change = RemoveRoute("admin", "GET /x")
    assert document_of("admin", PLACES) is None
    assert worded(Fix((change,)), PLACES) == "Remove the route 'GET /x' of 'admin' (emulator.yaml:9)."
