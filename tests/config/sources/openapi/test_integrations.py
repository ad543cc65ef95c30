"""What stands behind an operation, as each product reads it (AWS: x-amazon-apigateway-integration object)."""

from typing import Any

import pytest

from config.sources.openapi.documents import ARN, INTEGRATION, PROXY, node
from emulator.aws.integrations import (
    ContentHandling,
    IntegrationResponse,
    LambdaProxy,
    Mappings,
    Mock,
    NotEmulated,
    PassthroughBehavior,
)
from emulator.config.sources.openapi.integrations import Operation, http_integration, rest_integration
from emulator.config.sources.openapi.node import Notes

KEY = "GET /x"


def rest(integration: Any) -> tuple[Any, Notes]:
    notes = Notes()
    operation = Operation(node({INTEGRATION: integration}), KEY, {"fn": "orders"}, 29000, 29000)
    return rest_integration(operation, notes), notes


def http(integration: Any) -> tuple[Any, Notes]:
    notes = Notes()
    operation = Operation(node({INTEGRATION: integration}), KEY, {}, 30000, 30000)
    return http_integration(operation, notes), notes


def told(notes: Notes) -> list[str]:
    return [*(one.found for one in notes.complaints), *(what for _, what, _ in notes.not_emulated)]


def test_lambda_proxies() -> None:
    made, notes = rest({**PROXY, "timeoutInMillis": 5000, "type": "AWS_PROXY"})
    assert (made, told(notes)) == (LambdaProxy("items", "1.0", 5.0), [])
    made, notes = rest({**PROXY, "uri": ARN.format("${stageVariables.fn}"), "connectionType": "INTERNET"})
    assert (made, told(notes)) == (LambdaProxy("orders", "1.0", 29.0), [])
    made, notes = http({**PROXY, "payloadFormatVersion": "1.0"})
    assert (made, told(notes)) == (LambdaProxy("items", "1.0", 30.0), [])


def test_a_mock_with_all_it_can_have() -> None:
    response = {
        "statusCode": "204",
        "responseParameters": {"method.response.header.X": "'a'"},
        "responseTemplates": {"application/json": "{}"},
        "contentHandling": "convert_to_text",
    }
    made, notes = rest(
        {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 204}'},
            "requestParameters": {"integration.request.header.A": "'b'"},
            "passthroughBehavior": "when_no_templates",
            "contentHandling": "CONVERT_TO_BINARY",
            "responses": {"default": {"statusCode": 200}, "2\\d{2}": response},
        }
    )
    assert told(notes) == []
    assert made == Mock(
        Mappings(
            request_parameters=(("integration.request.header.A", "'b'"),),
            request_templates=(("application/json", '{"statusCode": 204}'),),
            passthrough_behavior=PassthroughBehavior.WHEN_NO_TEMPLATES,
            content_handling=ContentHandling.CONVERT_TO_BINARY,
            responses=(
                IntegrationResponse(200),
                IntegrationResponse(
                    204,
                    "2\\d{2}",
                    (("method.response.header.X", "'a'"),),
                    (("application/json", "{}"),),
                    ContentHandling.CONVERT_TO_TEXT,
                ),
            ),
        )
    )
    assert rest({"type": "mock"})[0] == Mock(Mappings())


HTTP = {"uri": "https://example.com", "httpMethod": "get"}
NOT_EMULATED = [
    ("custom", {**PROXY, "type": "aws"}, "a Lambda integration that is no proxy"),
    ("service", {"type": "aws", "uri": "arn:aws:apigateway:us-east-1:sqs:path/1/q"}, "the AWS service `sqs`"),
    ("http", {"type": "http", **HTTP}, "an HTTP integration"),
    ("http-proxy", {"type": "http_proxy", **HTTP}, "an HTTP proxy integration"),
]


@pytest.mark.parametrize(("integration", "what"), [pytest.param(*case, id=key) for key, *case in NOT_EMULATED])
def test_what_is_not_emulated_is_kept_and_told(integration: Any, what: str) -> None:
    made, notes = rest(integration)
    assert (made, told(notes)) == (NotEmulated(what), [what])
    assert [route for _, _, route in notes.not_emulated] == [KEY]


def test_what_is_not_emulated_of_an_http_api() -> None:
    made, notes = http({"type": "http_proxy", **HTTP})
    assert (made, told(notes)) == (NotEmulated("an HTTP proxy integration"), ["an HTTP proxy integration"])
    made, notes = http({"type": "aws_proxy", "integrationSubtype": "SQS-SendMessage"})
    what = "the AWS service integration `SQS-SendMessage`"
    assert (made, told(notes)) == (NotEmulated(what), [what])
    made, notes = http({**PROXY, "requestParameters": {"append:header.a": "b"}, "responseParameters": {}})
    assert (made, told(notes)) == (LambdaProxy("items", "2.0", 30.0), ["parameter mapping (`requestParameters`)"])
    made, notes = http({**PROXY, "uri": ARN.format("f").replace("/invocations", "/response-streaming-invocations")})
    assert (made, told(notes)) == (NotEmulated("response streaming"), ["response streaming"])


def test_what_a_sound_integration_has_besides() -> None:
    asynchronous = {
        "integration.request.header.X-Amz-Invocation-Type": "'Event'",
        "integration.request.header.a": "'b'",
    }
    made, notes = rest(
        {
            **PROXY,
            "connectionType": "VPC_LINK",
            "responseTransferMode": "STREAM",
            "tlsConfig": {"insecureSkipVerification": True},
            "requestParameters": asynchronous,
        }
    )
    assert made == LambdaProxy("items", "1.0", 29.0)
    assert told(notes) == ["a VPC link", "response streaming", "`tlsConfig`", "an asynchronous invocation"]


WRONG = [
    ("none", None, "no `x-amazon-apigateway-integration`"),
    ("text", "mock", "`mock`"),
    ("reference", {"$ref": "#/components/x"}, "the reference `#/components/x`, which leads nowhere"),
    ("no-type", {"uri": "x"}, "no `type`"),
    ("type", {"type": "lambda"}, "`lambda`"),
    ("no-uri", {"type": "aws_proxy"}, "no `uri`"),
    ("uri", {"type": "aws_proxy", "uri": "https://x"}, "`https://x`"),
    ("no-http-uri", {"type": "http", "httpMethod": "GET"}, "no `uri`"),
    ("no-http-method", {"type": "http", "uri": "https://x"}, "no `httpMethod`"),
    ("http-uri", {"type": "http", "httpMethod": "GET", "uri": ["x"]}, "a list"),
]


@pytest.mark.parametrize(("integration", "found"), [pytest.param(*case, id=key) for key, *case in WRONG])
def test_what_aws_does_not_take(integration: Any, found: str) -> None:
    made, notes = rest(integration)
    assert (made, told(notes)) == (None, [found])


@pytest.mark.parametrize(
    ("integration", "found"),
    [
        (None, "no `x-amazon-apigateway-integration`"),
        ({"type": "mock"}, "`mock`"),
        ({"type": "aws_proxy", "payloadFormatVersion": "2.0"}, "no `uri`"),
    ],
)
def test_what_an_http_api_does_not_take(integration: Any, found: str) -> None:
    made, notes = http(integration)
    assert (made, told(notes)) == (None, [found])


@pytest.mark.parametrize(
    ("integration", "found"),
    [
        ({**PROXY, "payloadFormatVersion": "3.0"}, "`3.0`"),
        ({"type": "aws_proxy", "uri": ARN.format("items")}, "no `payloadFormatVersion`"),
    ],
)
def test_versions_that_an_http_api_does_not_take(integration: Any, found: str) -> None:
    made, notes = http(integration)
    assert (made, told(notes)) == (LambdaProxy("items", "2.0", 30.0), [found])


def test_functions_are_invoked_by_post() -> None:
    for change, found in (({"httpMethod": "GET"}, "`GET`, with which"), ({"httpMethod": None}, "no `httpMethod`")):
        made, notes = rest({**PROXY, **change})
        assert made == LambdaProxy("items", "1.0", 29.0)
        assert [(one.found.startswith(found), one.is_warning) for one in notes.complaints] == [(True, True)]


def test_responses_have_a_status() -> None:
    made, notes = rest(
        {"type": "mock", "responses": {"default": {}, "4..": {"statusCode": "x"}, "5..": {"statusCode": 500}}}
    )
    assert (made, told(notes)) == (
        Mock(Mappings(responses=(IntegrationResponse(500, "5.."),))),
        ["no `statusCode`", "`x`"],
    )
