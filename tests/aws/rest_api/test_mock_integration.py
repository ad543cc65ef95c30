import pytest

from emulator.aws.integrations import IntegrationResponse, LambdaProxy, Mappings, Mock, Mocked, PassthroughBehavior
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.product import Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.mock_integration import mocked, status_code
from emulator.aws.rest_api.request_values import request_values
from emulator.aws.rest_api.transformation import Given
from emulator.messages import Request, Response
from products import STAMP

ROUTE = Route("OPTIONS /p", "/p", (), "/p", "", LambdaProxy("f", "1.0"))
ORIGIN = ("method.response.header.Access-Control-Allow-Origin", "'https://a.example'")
RESPONSES = (IntegrationResponse(204, "", (ORIGIN,)), IntegrationResponse(404, "4\\d{2}"))
JSON = (("Content-Type", "application/json"),)


def asked(template: str | None, mock: Mock | None = None, body: bytes = b"") -> Mocked | Refusal:
    request = Request("OPTIONS", "/dev/p", body=body)
    templates = () if template is None else (("application/json", template),)
    mock = mock or Mock(Mappings(request_templates=templates, responses=RESPONSES))
    return mocked(mock, Given(request, request_values(request, ROUTE, Stage("abc123", "dev"), STAMP)))


def test_the_status_selects_the_response() -> None:
    allowed = (*JSON, ("Access-Control-Allow-Origin", "https://a.example"))
    assert asked('{"statusCode": 200}') == Mocked(Response(204, allowed))
    assert asked('{"statusCode": 418}') == Mocked(Response(404, JSON), "4\\d{2}")


@pytest.mark.parametrize(
    ("template", "status"),
    [
        ('{"statusCode": 200}', 200),
        ('{\n  "statusCode" : 200\n}\n', 200),
        ("{statusCode: 200}", 200),
        ("{ statusCode: 200 }", 200),
        ("{statusCode:200}", 200),
        ("{'statusCode': 200}", 200),
        ('{"statusCode": 200,}', 200),
        ('{"statusCode": 999}', 999),
        ('{"statusCode": "200"}', None),
        ('{"statusCode": true}', None),
        ('{"statusCode": 200.5}', None),
        ("{}", None),
        ("[200]", None),
        ("", None),
        ("statusCode: 200", None),
    ],
)
def test_status_code(template: str, status: int | None) -> None:
    """localstack/localstack, test_mock_integration and test_integration_mock_with_path_param (validated on AWS); what
    the generators of CDK and the Serverless Framework write."""
    assert status_code(template.encode()) == status


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (None, 'the MOCK integration has no request template: write `{"statusCode": 200}` for application/json'),
        ("{}", "the request template made `{}`, which has no integer `statusCode`"),
        ("x" * 61, f"the request template made `{'x' * 57}...`, which has no integer `statusCode`"),
    ],
)
def test_without_a_status(template: str | None, reason: str) -> None:
    assert asked(template) == Refusal(RefusalKind.TRANSFORMATION_FAILED, reason)


def test_what_the_mappings_refuse_is_refused() -> None:
    never = Mock(Mappings(passthrough_behavior=PassthroughBehavior.NEVER))
    refused, unmatched = asked(None, never), asked(None, Mock(Mappings()), b'{"statusCode": 200}')
    assert isinstance(refused, Refusal)
    assert isinstance(unmatched, Refusal)
    assert (refused.kind, unmatched.kind) == (
        RefusalKind.UNSUPPORTED_MEDIA_TYPE,
        RefusalKind.API_CONFIGURATION_ERROR,
    )
