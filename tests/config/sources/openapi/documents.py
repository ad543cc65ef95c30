"""OpenAPI documents in few words."""

import json
from typing import Any

from emulator.config.openapi_documents import MOST_VALUES, TAGS
from emulator.config.sources.openapi.node import Node
from emulator.config.sources.openapi.read import read_openapi
from emulator.config.sources.openapi.settings import OpenApi, Settings
from emulator.config.yaml.document import read_document

ARN = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:{}/invocations"  # noqa: E501
INTEGRATION = "x-amazon-apigateway-integration"
PROXY = {"type": "aws_proxy", "httpMethod": "POST", "uri": ARN.format("items"), "payloadFormatVersion": "2.0"}
OPERATION = {INTEGRATION: PROXY}


def node(value: Any) -> Node:
    data = read_document(json.dumps(value), "api.json").data
    return Node(data, (), data)


def read(text: str, kind: str = "rest", **settings: Any) -> OpenApi:
    given = {"functions": ("items", "orders"), **settings}
    stage = "dev" if kind == "rest" else "$default"
    document = read_document(text, "api.yaml", tags=TAGS, most_values=MOST_VALUES)
    return read_openapi(document, Settings(kind, "shop", "abcdef1234", stage, **given))


def of(document: dict[str, Any], kind: str = "rest", **settings: Any) -> OpenApi:
    return read(json.dumps({"openapi": "3.0.1", **document}), kind, **settings)


def with_integration(
    integration: Any, kind: str = "rest", path: str = "/x", method: str = "get", **rest: Any
) -> OpenApi:
    return of({"paths": {path: {method: {INTEGRATION: integration, **rest}}}}, kind)


def said(read: OpenApi) -> list[str]:
    return [problem.found for problem in read.problems]
