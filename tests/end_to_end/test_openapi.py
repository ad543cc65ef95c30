"""An API that an OpenAPI document declares, through the whole of `emulate serve`: a MOCK preflight, a Lambda proxy, and
saves of the document."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from serving.emulate import PATIENCE, Served, get, serve, until

CONFIG = """
apis:
  shop: {type: rest, port: 0, openapi: api.yaml, unsupported: warn}
functions:
  Items: {handler: items.handler}
"""
HANDLER = """
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": event["resource"]}
"""
DOCUMENT = """
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /items/{id}:
    put:
      x-amazon-apigateway-integration: &proxy
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations
    get:
      security: [{token: []}]
      x-amazon-apigateway-integration: *proxy
    options:
      responses:
        "204":
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Methods: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 204}'}
        responses:
          default:
            statusCode: "204"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://shop.example.com'"
              method.response.header.Access-Control-Allow-Methods: "'PUT'"
components:
  securitySchemes:
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authorizer: {type: token}}
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "items.py").write_text(HANDLER)
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    with serve(tmp_path) as running:
        yield running


def preflight(url: str) -> httpx.Response:
    sent = {"Origin": "https://shop.example.com", "Access-Control-Request-Method": "PUT"}
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        return client.options(url, headers={**sent, "Sec-Fetch-Site": "cross-site"})


def test_what_a_document_declares_is_served_and_saves_of_it_are(served: Served, tmp_path: Path) -> None:
    url = served.urls["shop"] + "/items/1"
    answer = preflight(url)
    assert (answer.status_code, answer.headers["access-control-allow-methods"]) == (204, "PUT")
    line = DOCUMENT.splitlines().index("  securitySchemes:") + 2
    served.wait_for(f"api.yaml:{line}: warning: components.securitySchemes.token: the authorizer `token`")
    assert get(url).text == "/items/{id}"
    served.wait_for("not-emulated")
    document = tmp_path / "api.yaml"
    document.write_text(DOCUMENT.replace("/items/{id}", "/items/{id}/all"))
    until(lambda: get(f"{url}/all").status_code, lambda status: status == 200)
    document.write_text(DOCUMENT.replace("${Items.Arn}", "${Itms.Arn}"))
    served.wait_for("The configuration served before stays in place")
    assert "the function `Itms`, which is not declared" in served.console
    assert get(f"{url}/all").text == "/items/{id}/all"
    document.write_text(DOCUMENT)
    until(lambda: get(url).status_code, lambda status: status == 200)
