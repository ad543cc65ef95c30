"""What stands behind a route, and the call it makes of a request."""

from dataclasses import dataclass

from emulator.aws.limits import HTTP_API_INTEGRATION_TIMEOUT_MS


@dataclass(frozen=True, slots=True)
class LambdaProxy:
    """A Lambda function that gets the request as an event and returns the response (AWS: Lambda proxy integrations).

    `payload_format_version` is "1.0" or "2.0"; `timeout_s` is the integration timeout in seconds.
    """

    function: str
    payload_format_version: str = "2.0"
    timeout_s: float = HTTP_API_INTEGRATION_TIMEOUT_MS / 1000


@dataclass(frozen=True, slots=True)
class LambdaCall:
    """An invocation to be made. `event` is JSON; `trace_id` is the X-Amzn-Trace-Id that Lambda is given; `timeout_s` is
    how long the gateway waits, in seconds."""

    function: str
    event: bytes
    trace_id: str
    timeout_s: float


Integration = LambdaProxy
"""Every kind of integration there is."""

Call = LambdaCall
"""Every kind of call an integration can make."""
