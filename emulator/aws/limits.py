"""Sizes in bytes beyond which the gateways and Lambda refuse (AWS: API Gateway quotas; Lambda quotas)."""

from emulator.messages import Request

REQUEST_HEAD = 10_240
"""The request line and all headers of a request to an HTTP API or a REST API. That it counts so, and that the answer is
a 431 with these words, is uncertain: the quota is documented, its refusal is not."""

REQUEST_BODY = 10 * 1024 * 1024
"""A request body, at every product's front door."""

INVOCATION_PAYLOAD = 6 * 1024 * 1024
"""A synchronous invocation's event: "Request must be smaller than 6291456 bytes for the InvokeFunction operation"."""


def head_problem(request: Request) -> str | None:
    """Why a request's head is refused; None when it is not. What separates its parts is not counted."""
    own = len(request.method) + len(request.raw_path) + len(request.raw_query)
    size = own + sum([len(name) + len(value) for name, value in request.headers])
    if size <= REQUEST_HEAD:
        return None
    return f"request line and headers are {size} bytes; API Gateway takes {REQUEST_HEAD}"
