"""The types of a REST API's own errors: status, words and family, and which of them each refusal is."""

import json

import pytest

from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.response_types import DEFAULTS, RESPONSE_TYPES, GatewayError, error_of
from emulator.messages import Request

REQUEST = Request("GET", "/")
CRUD = "localstack/localstack, test_gateway_response_crud"
PAGE = "AWS: Gateway response types for API Gateway"
TYPES = [
    ("ACCESS_DENIED", 403, '{"Message":"User is not authorized to access this resource"}', "AccessDeniedException"),
    ("API_CONFIGURATION_ERROR", 500, '{"message": "Internal server error"}', "InternalServerErrorException"),
    ("AUTHORIZER_CONFIGURATION_ERROR", 500, '{"message":null}', "AuthorizerConfigurationException"),
    ("AUTHORIZER_FAILURE", 500, '{"message":null}', "AuthorizerFailureException"),
    ("BAD_REQUEST_BODY", 400, '{"message": "Invalid request body"}', "BadRequestException"),
    ("BAD_REQUEST_PARAMETERS", 400, '{"message": "Missing required request parameters"}', "BadRequestException"),
    ("EXPIRED_TOKEN", 403, '{"message":"The security token included in the request is expired"}',
     "ExpiredTokenException"),
    ("INTEGRATION_FAILURE", 504, '{"message": "Internal server error"}', "InternalServerErrorException"),
    ("INTEGRATION_TIMEOUT", 504, '{"message": "Endpoint request timed out"}', "InternalServerErrorException"),
    ("INVALID_API_KEY", 403, '{"message":"Forbidden"}', "ForbiddenException"),
    ("INVALID_SIGNATURE", 403,
     '{"message":"The request signature we calculated does not match the signature you provided."}',
     "InvalidSignatureException"),
    ("MISSING_AUTHENTICATION_TOKEN", 403, '{"message":"Missing Authentication Token"}',
     "MissingAuthenticationTokenException"),
    ("QUOTA_EXCEEDED", 429, '{"message":"Limit Exceeded"}', "LimitExceededException"),
    ("REQUEST_TOO_LARGE", 413, '{"message": "Request Too Long"}', "BadRequestException"),
    ("RESOURCE_NOT_FOUND", 404, '{"message":"Not Found"}', "ResourceNotFoundException"),
    ("THROTTLED", 429, '{"message":"Too Many Requests"}', "TooManyRequestsException"),
    ("UNAUTHORIZED", 401, '{"message":"Unauthorized"}', "UnauthorizedException"),
    ("UNSUPPORTED_MEDIA_TYPE", 415, '{"message": "Unsupported Media Type"}', "BadRequestException"),
    ("WAF_FILTERED", 403, '{"message":"Forbidden"}', "ForbiddenException"),
]  # fmt: skip
"""The statuses are recorded (CRUD), the types AWS's own (PAGE); the messages of EXPIRED_TOKEN, INVALID_SIGNATURE,
RESOURCE_NOT_FOUND and AUTHORIZER_FAILURE are uncertain."""


@pytest.mark.parametrize(
    ("name", "status", "body", "error_type"), [pytest.param(*row, id=f"{row[0]} ({CRUD}; {PAGE})") for row in TYPES]
)
def test_defaults(name: str, status: int, body: str, error_type: str) -> None:
    error = DEFAULTS[name]
    assert (error.response_type, error.status, error.body, error.error_type) == (name, status, body, error_type)
    assert error.family == ("DEFAULT_5XX" if status >= 500 else "DEFAULT_4XX")
    assert json.loads(error.message_string) == error.message


def test_aws_has_21_types() -> None:
    """localstack/localstack, test_gateway_response_crud, recorded from AWS."""
    assert sorted(RESPONSE_TYPES) == sorted([*(row[0] for row in TYPES), "DEFAULT_4XX", "DEFAULT_5XX"])
    assert len(RESPONSE_TYPES) == 21


@pytest.mark.parametrize(
    ("kind", "response_type", "status"),
    [
        (RefusalKind.INTEGRATION_TIMEOUT, "INTEGRATION_TIMEOUT", 504),
        (RefusalKind.MISSING_AUTHENTICATION_TOKEN, "MISSING_AUTHENTICATION_TOKEN", 403),
        (RefusalKind.REQUEST_TOO_LARGE, "REQUEST_TOO_LARGE", 413),
        (RefusalKind.FUNCTION_ERROR, "DEFAULT_5XX", 502),
        (RefusalKind.FUNCTION_THROTTLED, "DEFAULT_5XX", 500),
        (RefusalKind.MALFORMED_RESPONSE, "DEFAULT_5XX", 502),
        (RefusalKind.UNDECODABLE_BODY, "DEFAULT_5XX", 500),
        (RefusalKind.INCOMPLETE_SIGNATURE, "DEFAULT_4XX", 403),
    ],
)
def test_a_refusal_is_an_error_of_a_type(kind: RefusalKind, response_type: str, status: int) -> None:
    error = error_of(Refusal(kind, "why"), REQUEST)
    assert error is not None
    assert (error.response_type, error.status) == (response_type, status)


@pytest.mark.parametrize(
    "kind",
    [RefusalKind.BODY_TOO_LARGE, RefusalKind.HEAD_TOO_LARGE, RefusalKind.OUTSIDE_STAGE, RefusalKind.RESERVED_PATH],
)
def test_what_is_refused_before_the_api_is_of_no_type(kind: RefusalKind) -> None:
    """Above 10 MB no gateway response applies (koki-develop/lgtm-generator#10); the others are uncertain."""
    assert error_of(Refusal(kind, "why"), REQUEST) is None


@pytest.mark.parametrize(
    ("authorization", "digest"),
    [
        pytest.param("token", "PEaenWxYddN6Q/NT1PiOYfz4EsZu7jRXRlpAsNpBU+A=", id="token"),
        pytest.param("\u00e9", "3i4zHYka4menAJy0W06IMPFw4Mk3KI6icxoZQcelOw0=", id="latin-1"),
        pytest.param(None, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", id="none"),
    ],
)
def test_incomplete_signature(authorization: str | None, digest: str) -> None:
    """DataBiosphere/azul#7470; what is hashed is uncertain."""
    headers = () if authorization is None else (("Authorization", authorization),)
    message = (
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        f"(hashed with SHA-256 and encoded with Base64): '{digest}'."
    )
    error = error_of(Refusal(RefusalKind.INCOMPLETE_SIGNATURE, "why"), Request("GET", "/", headers=headers))
    assert error == GatewayError("DEFAULT_4XX", 403, message, "IncompleteSignatureException")


def test_a_refusal_says_what_its_kind_does_not() -> None:
    error = error_of(Refusal(RefusalKind.BAD_REQUEST_PARAMETERS, "why", "Missing: [a]"), REQUEST)
    assert error is not None
    assert error.body == '{"message": "Missing: [a]"}'
