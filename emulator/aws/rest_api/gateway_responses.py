"""What a REST API says itself, by the kind of refusal (AWS: Gateway response types in API Gateway)."""

from base64 import b64encode
from hashlib import sha256

from emulator.aws import limits
from emulator.aws.product import Refusal, RefusalKind
from emulator.messages import Request, Response

_INTERNAL = '{"message": "Internal server error"}'
_INTERNAL_TYPE = "InternalServerErrorException"

WORDS: dict[RefusalKind, tuple[int, str, str]] = {
    RefusalKind.FUNCTION_ERROR: (502, _INTERNAL, _INTERNAL_TYPE),
    RefusalKind.FUNCTION_THROTTLED: (500, _INTERNAL, _INTERNAL_TYPE),
    RefusalKind.HEAD_TOO_LARGE: (
        431,
        '{"message":"Request Header Fields Too Large"}',
        "RequestHeaderFieldsTooLargeException",
    ),
    RefusalKind.INTEGRATION_TIMEOUT: (504, '{"message": "Endpoint request timed out"}', _INTERNAL_TYPE),
    RefusalKind.MALFORMED_RESPONSE: (502, _INTERNAL, _INTERNAL_TYPE),
    RefusalKind.MISSING_AUTHENTICATION_TOKEN: (
        403,
        '{"message":"Missing Authentication Token"}',
        "MissingAuthenticationTokenException",
    ),
    RefusalKind.OUTSIDE_STAGE: (403, '{"message":"Forbidden"}', "ForbiddenException"),
    RefusalKind.REQUEST_TOO_LARGE: (413, '{"message": "Request Too Long"}', "BadRequestException"),
    RefusalKind.UNDECODABLE_BODY: (500, _INTERNAL, _INTERNAL_TYPE),
}
"""The status, body and x-amzn-ErrorType that each kind of refusal is answered with, recorded from AWS but for the 431.
Errors of the integration phase have a space after the colon, those before it have none."""


def gateway_response(refusal: Refusal, request: Request) -> Response:
    """Word a refusal as the gateway answers it, before the ids are added."""
    if refusal.kind is RefusalKind.BODY_TOO_LARGE:
        body = f"HTTP content length exceeded {limits.REQUEST_BODY_BYTES} bytes.".encode()
        return Response(413, (("Content-Type", "text; charset=utf-8"),), body)
    if refusal.kind is RefusalKind.INCOMPLETE_SIGNATURE:
        return incomplete_signature(request.header("authorization") or "")
    status, body_text, error_type = WORDS[refusal.kind]
    headers = (("Content-Type", "application/json"), ("x-amzn-ErrorType", error_type))
    return Response(status, headers, body_text.encode())


def incomplete_signature(authorization: str) -> Response:
    """Complain of an Authorization header that is no signature (DataBiosphere/azul#7470); what exactly is hashed, and
    the wording for a token with "=", are uncertain."""
    digest = b64encode(sha256(authorization.encode("latin-1", "replace")).digest()).decode()
    body = (
        '{"message":"Invalid key=value pair (missing equal-sign) in Authorization header '
        f"(hashed with SHA-256 and encoded with Base64): '{digest}'.\"}}"
    )
    headers = (("Content-Type", "application/json"), ("x-amzn-ErrorType", "IncompleteSignatureException"))
    return Response(403, headers, body.encode())
