"""The paths that AWS keeps for itself on every host of API Gateway: no API gets their requests."""

from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Request, Response

RESERVED_PATHS = frozenset({"/ping", "/sping"})
"""The root-level paths of the service's health check (AWS: Amazon API Gateway important notes)."""

HEALTHY = Response(200, (("content-type", "text/plain"),), b"Healthy Connection")
"""What the health check answers, without CORS headers and request ids: the body is recorded from AWS
(serverless/examples#667), the headers are uncertain."""


def reserved_refusal(request: Request) -> Refusal | None:
    """Refuse what the health check answers in the API's stead, whatever the method (uncertain for others than GET);
    None for every other path."""
    if request.raw_path not in RESERVED_PATHS:
        return None
    return Refusal(RefusalKind.RESERVED_PATH, f"API Gateway answers {request.raw_path} itself, for its health check")
