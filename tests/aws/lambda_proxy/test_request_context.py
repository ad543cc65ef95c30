import pytest

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.lambda_proxy.request_context import (
    Stage,
    common_log_time,
    context_v1,
    context_v2,
    domain_prefix,
)
from emulator.messages import Request
from products import STAMP

REQUEST = Request("GET", "/dev/a%20b", source_ip="10.0.0.9")


@pytest.mark.parametrize(
    ("epoch", "text"),
    [
        (1595907840, "28/Jul/2020:03:44:00 +0000"),
        (1783711145, "10/Jul/2026:19:19:05 +0000"),
        (0, "01/Jan/1970:00:00:00 +0000"),
    ],
)
def test_common_log_time(epoch: int, text: str) -> None:
    """AWS: HTTP API access logging variables, requestTime; hotsock/voker, vokerhttp/testdata."""
    assert common_log_time(epoch) == text


@pytest.mark.parametrize(
    ("host", "prefix"),
    [
        ("abc123.execute-api.us-east-1.amazonaws.com", "abc123"),
        ("localhost:3000", "localhost"),
        ("127.0.0.1:3000", "127"),
        ("", ""),
    ],
)
def test_domain_prefix(host: str, prefix: str) -> None:
    assert domain_prefix(host) == prefix


@pytest.mark.parametrize(
    ("mapping", "name"), [(None, "localhost:3000"), (ApiMapping("api.example.com"), "api.example.com")]
)
def test_domain_name(mapping: ApiMapping | None, name: str) -> None:
    assert Stage("abc123", "dev", mapping=mapping).domain_name("localhost:3000") == name


def test_context_v2() -> None:
    """Keys and order: aws/aws-lambda-dotnet, V2_SimpleGetRequest; hotsock/voker, apigwv2-request.json."""
    context = context_v2(
        REQUEST,
        STAMP,
        Stage("abc123", "dev"),
        account_id="anonymous",
        host="abc123.execute-api.localhost:3000",
        path="/dev/a b",
        request_id="ATfSmjLgPHcESJw=",
        route_key="GET /{x}",
        user_agent="",
    )
    assert context == {
        "accountId": "anonymous",
        "apiId": "abc123",
        "domainName": "abc123.execute-api.localhost:3000",
        "domainPrefix": "abc123",
        "http": {
            "method": "GET",
            "path": "/dev/a b",
            "protocol": "HTTP/1.1",
            "sourceIp": "10.0.0.9",
            "userAgent": "",
        },
        "requestId": "ATfSmjLgPHcESJw=",
        "routeKey": "GET /{x}",
        "stage": "dev",
        "time": "10/Jul/2026:19:19:05 +0000",
        "timeEpoch": 1783711145766,
    }
    assert list(context) == sorted(context)


def test_context_v1() -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    context = context_v1(
        REQUEST,
        STAMP,
        Stage("abc123", "dev"),
        host="abc123.execute-api.localhost:3000",
        method="PATCH",
        path="/dev/a%20b",
        request_id="id",
        resource_id="r1",
        resource_path="/{x}",
        user_agent="curl",
    )
    assert list(context) == sorted(context)
    identity = context.pop("identity")
    assert context == {
        "accountId": "123456789012",
        "apiId": "abc123",
        "domainName": "abc123.execute-api.localhost:3000",
        "domainPrefix": "abc123",
        "extendedRequestId": "ATfSmjLgPHcESJw=",
        "httpMethod": "PATCH",
        "path": "/dev/a%20b",
        "protocol": "HTTP/1.1",
        "requestId": "id",
        "requestTime": "10/Jul/2026:19:19:05 +0000",
        "requestTimeEpoch": 1783711145766,
        "resourceId": "r1",
        "resourcePath": "/{x}",
        "stage": "dev",
    }
    assert sorted(identity) == list(identity)
    known = {"sourceIp": "10.0.0.9", "userAgent": "curl"}
    assert identity == dict.fromkeys(
        (
            "accessKey", "accountId", "caller", "cognitoAuthenticationProvider", "cognitoAuthenticationType",
            "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "user", "userArn",
        )
    ) | known  # fmt: skip
