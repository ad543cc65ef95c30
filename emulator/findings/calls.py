"""What a preflight and the request that it asks for have in common."""

from collections.abc import Hashable

from emulator.messages import Request


def call_of(request: Request) -> Hashable:
    """Make a key that a preflight and its request have in common: origin, target, method."""
    method = request.header("access-control-request-method") if request.is_preflight else request.method
    return request.origin, request.host, request.raw_path, request.raw_query, method
