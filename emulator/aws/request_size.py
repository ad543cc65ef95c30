"""Which requests an HTTP API and a REST API refuse for their size, before they look at anything else."""

from emulator.aws.limits import REQUEST_BODY_BYTES, REQUEST_HEAD_BYTES
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Request


def size_refusal(request: Request) -> Refusal | None:
    """Refuse a body above its quota, else a head above its own; None when both fit."""
    if len(request.body) > REQUEST_BODY_BYTES:
        return Refusal(RefusalKind.BODY_TOO_LARGE, "the request body is larger than 10 MB")
    size = head_size(request)
    if size > REQUEST_HEAD_BYTES:
        reason = f"request line and headers are {size} bytes; API Gateway takes {REQUEST_HEAD_BYTES}"
        return Refusal(RefusalKind.HEAD_TOO_LARGE, reason)
    return None


def head_size(request: Request) -> int:
    """Count the bytes of a request line and of its headers, without what separates their parts."""
    own = len(request.method) + len(request.raw_path) + len(request.raw_query)
    return own + sum([len(name) + len(value) for name, value in request.headers])
