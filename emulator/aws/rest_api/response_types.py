"""The gateway response types of a REST API, what each says by default, and which of them a refusal is.

Statuses are AWS's own (localstack/localstack, test_gateway_response_crud, recorded from AWS; AWS: Gateway response
types for API Gateway). Knows nothing of what an API makes of a type: gateway_responses.py.
"""

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from hashlib import sha256

from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Request

DEFAULT_4XX, DEFAULT_5XX = "DEFAULT_4XX", "DEFAULT_5XX"
"""The two families: what has an error's status and no entry of its own takes that of its family."""

HEADER = "gatewayresponse.header."
"""What the name of each header stands behind, among the responseParameters of a gateway response."""

_PLAIN, _SPACED = '{"message":', '{"message": '
"""How a default body begins: errors of the integration phase have a space after the colon, those before it have none
(recorded from AWS)."""

_INTERNAL, _INTERNAL_TYPE = "Internal server error", "InternalServerErrorException"


@dataclass(frozen=True, slots=True)
class GatewayError:
    """An error as the gateway says it before an API customises anything.

    `response_type` is AWS's name of it, `error_type` what `x-amzn-ErrorType` holds, and `opening` what stands in the
    default body before the message. `message` None is JSON's null.
    """

    response_type: str
    status: int
    message: str | None
    error_type: str
    opening: str = _PLAIN

    @property
    def message_string(self) -> str:
        """The message as JSON has it: in quotes, or null."""
        return json.dumps(self.message)

    @property
    def body(self) -> str:
        return f"{self.opening}{self.message_string}}}"

    @property
    def family(self) -> str:
        return DEFAULT_4XX if self.status < 500 else DEFAULT_5XX


DEFAULTS = {
    error.response_type: error
    for error in (
        GatewayError(
            "ACCESS_DENIED",
            403,
            "User is not authorized to access this resource",
            "AccessDeniedException",
            '{"Message":',
        ),
        GatewayError("API_CONFIGURATION_ERROR", 500, _INTERNAL, _INTERNAL_TYPE, _SPACED),
        GatewayError("AUTHORIZER_CONFIGURATION_ERROR", 500, None, "AuthorizerConfigurationException"),
        GatewayError("AUTHORIZER_FAILURE", 500, None, "AuthorizerFailureException"),
        GatewayError("BAD_REQUEST_BODY", 400, "Invalid request body", "BadRequestException", _SPACED),
        GatewayError(
            "BAD_REQUEST_PARAMETERS", 400, "Missing required request parameters", "BadRequestException", _SPACED
        ),
        GatewayError(
            "EXPIRED_TOKEN", 403, "The security token included in the request is expired", "ExpiredTokenException"
        ),
        GatewayError("INTEGRATION_FAILURE", 504, _INTERNAL, _INTERNAL_TYPE, _SPACED),
        GatewayError("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out", _INTERNAL_TYPE, _SPACED),
        GatewayError("INVALID_API_KEY", 403, "Forbidden", "ForbiddenException"),
        GatewayError(
            "INVALID_SIGNATURE",
            403,
            "The request signature we calculated does not match the signature you provided.",
            "InvalidSignatureException",
        ),
        GatewayError(
            "MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token", "MissingAuthenticationTokenException"
        ),
        GatewayError("QUOTA_EXCEEDED", 429, "Limit Exceeded", "LimitExceededException"),
        GatewayError("REQUEST_TOO_LARGE", 413, "Request Too Long", "BadRequestException", _SPACED),
        GatewayError("RESOURCE_NOT_FOUND", 404, "Not Found", "ResourceNotFoundException"),
        GatewayError("THROTTLED", 429, "Too Many Requests", "TooManyRequestsException"),
        GatewayError("UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException"),
        GatewayError("UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported Media Type", "BadRequestException", _SPACED),
        GatewayError("WAF_FILTERED", 403, "Forbidden", "ForbiddenException"),
    )
}
"""Every type but the families, by its name. Recorded: the statuses, and the words of what can occur here. Uncertain:
messages and error types of AUTHORIZER_FAILURE, EXPIRED_TOKEN, INVALID_SIGNATURE and RESOURCE_NOT_FOUND, and the space
in what no refusal is yet."""

RESPONSE_TYPES = (*DEFAULTS, DEFAULT_4XX, DEFAULT_5XX)
"""All that can be customised, by AWS's names."""

_OF_A_FAMILY = {
    RefusalKind.FUNCTION_ERROR: GatewayError(DEFAULT_5XX, 502, _INTERNAL, _INTERNAL_TYPE, _SPACED),
    RefusalKind.FUNCTION_THROTTLED: GatewayError(DEFAULT_5XX, 500, _INTERNAL, _INTERNAL_TYPE, _SPACED),
    RefusalKind.MALFORMED_RESPONSE: GatewayError(DEFAULT_5XX, 502, _INTERNAL, _INTERNAL_TYPE, _SPACED),
    RefusalKind.TRANSFORMATION_FAILED: GatewayError(DEFAULT_5XX, 500, _INTERNAL, _INTERNAL_TYPE, _SPACED),
    RefusalKind.NOT_EMULATED: GatewayError(DEFAULT_5XX, 500, _INTERNAL, _INTERNAL_TYPE, _SPACED),
    RefusalKind.UNDECODABLE_BODY: GatewayError(DEFAULT_5XX, 500, _INTERNAL, _INTERNAL_TYPE, _SPACED),
}
"""The errors that have no type of their own and the status of their cause."""


def error_of(refusal: Refusal, request: Request) -> GatewayError | None:
    """Return the error that a refusal is to the API's gateway responses; None where it is made before any of them
    applies: above 10 MB, for its head's size, outside the stage, or of a reserved path."""
    if refusal.kind is RefusalKind.INCOMPLETE_SIGNATURE:
        return _incomplete_signature(request.header("authorization") or "")
    error = DEFAULTS.get(refusal.kind.value) or _OF_A_FAMILY.get(refusal.kind)
    return error if error is None or refusal.message is None else replace(error, message=refusal.message)


def _incomplete_signature(authorization: str) -> GatewayError:
    """Complain of an Authorization header that is no signature (DataBiosphere/azul#7470: DEFAULT_4XX); what exactly is
    hashed, and the wording for a token with "=", are uncertain."""
    digest = b64encode(sha256(authorization.encode("latin-1", "replace")).digest()).decode()
    message = (
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        f"(hashed with SHA-256 and encoded with Base64): '{digest}'."
    )
    return GatewayError(DEFAULT_4XX, 403, message, "IncompleteSignatureException")
