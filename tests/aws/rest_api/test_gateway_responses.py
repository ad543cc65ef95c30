"""What a REST API says itself. Recorded from AWS, to the space after the colon; the 431 is uncertain."""

import json

import pytest

from emulator.aws.product import Refusal, RefusalKind
from emulator.aws.rest_api.gateway_responses import gateway_response
from emulator.messages import Request, Response

SERVER_ERROR = '{"message": "Internal server error"}'


@pytest.mark.parametrize(
    ("kind", "status", "body", "error_type"),
    [
        (RefusalKind.FUNCTION_ERROR, 502, SERVER_ERROR, "InternalServerErrorException"),
        (RefusalKind.FUNCTION_THROTTLED, 500, SERVER_ERROR, "InternalServerErrorException"),
        (
            RefusalKind.HEAD_TOO_LARGE,
            431,
            '{"message":"Request Header Fields Too Large"}',
            "RequestHeaderFieldsTooLargeException",
        ),
        (
            RefusalKind.INTEGRATION_TIMEOUT,
            504,
            '{"message": "Endpoint request timed out"}',
            "InternalServerErrorException",
        ),
        (RefusalKind.MALFORMED_RESPONSE, 502, SERVER_ERROR, "InternalServerErrorException"),
        (
            RefusalKind.MISSING_AUTHENTICATION_TOKEN,
            403,
            '{"message":"Missing Authentication Token"}',
            "MissingAuthenticationTokenException",
        ),
        (RefusalKind.OUTSIDE_STAGE, 403, '{"message":"Forbidden"}', "ForbiddenException"),
        (RefusalKind.REQUEST_TOO_LARGE, 413, '{"message": "Request Too Long"}', "BadRequestException"),
        (RefusalKind.UNDECODABLE_BODY, 500, SERVER_ERROR, "InternalServerErrorException"),
    ],
)
def test_words(kind: RefusalKind, status: int, body: str, error_type: str) -> None:
    headers = (("Content-Type", "application/json"), ("x-amzn-ErrorType", error_type))
    assert gateway_response(Refusal(kind, "why"), Request("GET", "/")) == Response(status, headers, body.encode())


def test_a_body_above_10_mb_is_refused_in_plain_text() -> None:
    """koki-develop/lgtm-generator#10, recorded from AWS."""
    answer = gateway_response(Refusal(RefusalKind.BODY_TOO_LARGE, "why"), Request("GET", "/"))
    body = b"HTTP content length exceeded 10485760 bytes."
    assert answer == Response(413, (("Content-Type", "text; charset=utf-8"),), body)


@pytest.mark.parametrize(
    ("authorization", "digest"),
    [
        pytest.param("token", "PEaenWxYddN6Q/NT1PiOYfz4EsZu7jRXRlpAsNpBU+A=", id="token"),
        pytest.param("\u00e9", "3i4zHYka4menAJy0W06IMPFw4Mk3KI6icxoZQcelOw0=", id="latin-1"),
    ],
)
def test_incomplete_signature(authorization: str, digest: str) -> None:
    """DataBiosphere/azul#7470; what is hashed is uncertain."""
    answer = gateway_response(
        Refusal(RefusalKind.INCOMPLETE_SIGNATURE, "why"),
        Request("GET", "/", headers=(("Authorization", authorization),)),
    )
    assert json.loads(answer.body)["message"] == (
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        f"(hashed with SHA-256 and encoded with Base64): '{digest}'."
    )
    assert (answer.status, answer.header("x-amzn-errortype")) == (403, "IncompleteSignatureException")
