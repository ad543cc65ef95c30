"""Where a document declares what is served."""

from config.sources.openapi.documents import read
from emulator.deployment import DOCUMENT, Place, nearest_place

SHARED = """
openapi: 3.0.1
paths:
  /x:
    get: &shared
      x-amazon-apigateway-integration:
        $ref: "#/components/x-amazon-apigateway-integrations/mock"
  /y:
    $ref: "#/components/pathItems/y"
  /z:
    $ref: "#/components/pathItems/y"
  /w:
    get: *shared
components:
  x-amazon-apigateway-integrations:
    mock: {type: mock}
  pathItems:
    y:
      x-amazon-apigateway-any-method:
        x-amazon-apigateway-integration:
          type: mock
x-amazon-apigateway-binary-media-types:
  - image/png
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    responseParameters:
      gatewayresponse.header.A: "'b'"
"""


def test_places_of_a_rest_api() -> None:
    found = read(SHARED)
    api = ("api", "shop")
    places = {key: place.line for key, place in found.places.items()}
    assert found.api.route_keys == ("GET /x", "ANY /y", "ANY /z", "GET /w")
    assert places[*api, DOCUMENT] == 2
    assert places[*api, "routes"] == 3
    assert places[*api, "route", "GET /x"] == 5
    assert places[*api, "route", "GET /x", "integration"] == 6
    assert places[*api, "route", "ANY /y"] == places[*api, "route", "ANY /z"] == 19
    assert places[*api, "route", "ANY /z", "integration", "type"] == 21
    assert places[*api, "binaryMediaTypes", 0] == 23
    name = (*api, "gatewayResponses", "DEFAULT_4XX", "responseParameters", "gatewayresponse.header.A")
    place = nearest_place(found.places, (*name, "x"))
    assert place == Place("api.yaml", 27)
    assert place is not None
    written = 'x-amazon-apigateway-gateway-responses.DEFAULT_4XX.responseParameters["gatewayresponse.header.A"]'
    assert place.path == written
    assert api not in places


OF_HTTP = """
openapi: 3.0.1
paths:
  /$default:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: '2.0', uri: '${items.Arn}'}
x-amazon-apigateway-cors:
  allowOrigins:
    - https://a.test
  maxAge: 5
"""


def test_places_of_an_http_api() -> None:
    found = read(OF_HTTP, "http")
    assert found.problems == ()
    places = {key[2:]: place.line for key, place in found.places.items()}
    assert found.api.route_keys == ("$default",)
    assert places["route", "$default"] == 5
    assert places["cors",] == 7
    assert places["cors", "allowOrigins", 0] == places["cors", "allowOrigins", "https://a.test"] == 9
    assert places["cors", "maxAge"] == 10
