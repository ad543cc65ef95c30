"""The words every product (HTTP API, REST API, function URL) shares. No rule of any one product lives here."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.messages import Response


class Layer(StrEnum):
    """Who decided what the client sees."""

    GATEWAY = "gateway"
    AUTHORIZER = "authorizer"
    FUNCTION = "function"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Everything of one request that a clock or a random source gives, made once at the rim.

    `epoch_ms` is Unix time in milliseconds. `request_id` is a UUID: REST and function URL request id, and Lambda's
    own. `extended_request_id` is the short form ending in "=" (`apigw-requestid`, `x-amz-apigw-id`). `trace_root` is
    an X-Ray root without "Root=": `1-<8 hex>-<24 hex>`.
    """

    epoch_ms: int
    request_id: str
    extended_request_id: str
    trace_root: str


@dataclass(frozen=True, slots=True)
class Match:
    """The route a request selected and the integration behind it.

    `route_key` is the configured key ("GET /items/{id}", "ANY /x/{proxy+}", "$default"; on a REST API
    "<METHOD or ANY> <resource path>"); `resource` is its path part. `path_parameters` come decoded or raw as the
    product's event holds them. `timeout` is the integration timeout in seconds.
    """

    function: str
    route_key: str
    resource: str
    path_parameters: tuple[tuple[str, str], ...] = ()
    payload_format_version: str = "2.0"
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gateway's own "no": what goes on the wire, and the true reason, which AWS never tells the client.

    `outside_stage` marks the one refusal that carries no CORS headers even where CORS is configured: no stage matched,
    so no API's configuration applied.
    """

    response: Response
    reason: str
    layer: Layer = Layer.GATEWAY
    outside_stage: bool = False


@dataclass(frozen=True, slots=True)
class Preflight:
    """The gateway answered a CORS preflight itself; no function ran."""

    response: Response


class Fault(StrEnum):
    """Ways an integration fails to give a usable payload; each product words its own answer to each."""

    FUNCTION_ERROR = "function error"
    TIMEOUT = "integration timeout"
    THROTTLED = "throttled"
