"""Sizes in bytes beyond which the gateways and Lambda refuse (AWS: API Gateway quotas; Lambda quotas)."""

REQUEST_BODY = 10 * 1024 * 1024
"""A request body, at every product's front door."""

INVOCATION_PAYLOAD = 6 * 1024 * 1024
"""A synchronous invocation's event: "Request must be smaller than 6291456 bytes for the InvokeFunction operation"."""
