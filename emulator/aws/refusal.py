"""The gateway's own "no", and the kinds of it."""

from dataclasses import dataclass
from enum import StrEnum


class RefusalKind(StrEnum):
    """Why a gateway answers in the integration's stead.

    A value in capitals is the gateway response type that AWS names (AWS: Gateway response types in API Gateway). For
    the others AWS has no type of their own: a REST API answers those marked DEFAULT_4XX or DEFAULT_5XX by that family,
    and the rest before any gateway response applies.
    """

    ACCESS_DENIED = "ACCESS_DENIED"
    """An authorizer knows who calls, and does not let them in here."""
    API_CONFIGURATION_ERROR = "API_CONFIGURATION_ERROR"
    """No integration response takes what came back."""
    BAD_REQUEST_BODY = "BAD_REQUEST_BODY"
    """The body is not of the model that a request validator holds it against."""
    BAD_REQUEST_PARAMETERS = "BAD_REQUEST_PARAMETERS"
    """A request validator misses a header, a query string parameter or a path parameter."""
    INTEGRATION_TIMEOUT = "INTEGRATION_TIMEOUT"
    INVALID_API_KEY = "INVALID_API_KEY"
    """The method requires an API key, and none came that is of a usage plan for the stage."""
    MISSING_AUTHENTICATION_TOKEN = "MISSING_AUTHENTICATION_TOKEN"  # noqa: S105  AWS's name, no secret
    """No resource of a REST API has the method."""
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    """The API key has used up what its usage plan lets it make in a period."""
    REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE"
    """The event is larger than Lambda takes."""
    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"
    """No route of an HTTP API matches."""
    THROTTLED = "THROTTLED"
    """The API key calls faster than its usage plan lets it."""
    UNAUTHORIZED = "UNAUTHORIZED"
    """An authorizer was given nothing by which it knows who calls."""
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    """No request template is for the Content-Type, and the body may not pass as it is."""

    INCOMPLETE_SIGNATURE = "incomplete signature"
    """DEFAULT_4XX: no resource has the method, and the Authorization header was taken for a signature."""
    FUNCTION_ERROR = "function error"
    """DEFAULT_5XX: the function raised, timed out, or its process ended."""
    MALFORMED_RESPONSE = "malformed function response"
    """DEFAULT_5XX: what the function returned breaks the product's rules."""
    UNDECODABLE_BODY = "undecodable function response"
    """DEFAULT_5XX: the function's body says that it is base64 and is not."""
    FUNCTION_THROTTLED = "function throttled"
    """DEFAULT_5XX: no execution environment was free."""

    TRANSFORMATION_FAILED = "transformation failed"
    """DEFAULT_5XX: a mapping template failed, or made nothing that its integration can use."""
    NOT_EMULATED = "not emulated"
    """DEFAULT_5XX: something stands behind the route on AWS that is not emulated."""

    BODY_TOO_LARGE = "request body too large"
    HEAD_TOO_LARGE = "request head too large"
    INVALID_PATH = "invalid path"
    RESERVED_PATH = "reserved path"
    """API Gateway answers the path itself, in no API's name."""
    OUTSIDE_STAGE = "outside the stage"
    """The path is of no stage, so no API's configuration applied, CORS neither."""


NO_ROUTE = frozenset(
    {
        RefusalKind.INCOMPLETE_SIGNATURE,
        RefusalKind.MISSING_AUTHENTICATION_TOKEN,
        RefusalKind.RESOURCE_NOT_FOUND,
    }
)
"""The kinds that say that no route takes the request's path and method."""


OF_AN_AUTHORIZER = frozenset({RefusalKind.ACCESS_DENIED, RefusalKind.UNAUTHORIZED})
"""The kinds in which an authorizer speaks."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gateway's own "no". `kind` decides what goes on the wire; `reason` is the truth, which AWS never tells.

    `message` is what the client is told where the kind alone does not say it, and `validation_error` what a gateway
    response can name as `$context.error.validationErrorString`; `challenge` is the value of www-authenticate. None
    where there is none.
    """

    kind: RefusalKind
    reason: str
    message: str | None = None
    validation_error: str | None = None
    challenge: str | None = None
