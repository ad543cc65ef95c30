"""What stands behind a route, the call it makes of a request, and the ways a call is answered.

The fields of the integrations are those of AWS's Integration and IntegrationResponse (Amazon API Gateway REST API
reference), with its names.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from emulator.aws.limits import HTTP_API_INTEGRATION_TIMEOUT_MS, REST_API_INTEGRATION_TIMEOUT_MS
from emulator.aws.refusal import Refusal
from emulator.messages import Headers, Response

REST_API_TIMEOUT_S = REST_API_INTEGRATION_TIMEOUT_MS / 1000


class PassthroughBehavior(StrEnum):
    """What becomes of a request body that no request template is for (AWS: Method request behavior for payloads without
    mapping templates for REST APIs)."""

    WHEN_NO_MATCH = "WHEN_NO_MATCH"
    WHEN_NO_TEMPLATES = "WHEN_NO_TEMPLATES"
    NEVER = "NEVER"


class ContentHandling(StrEnum):
    """How a payload is converted on its way (AWS: Content type conversions in API Gateway)."""

    CONVERT_TO_BINARY = "CONVERT_TO_BINARY"
    CONVERT_TO_TEXT = "CONVERT_TO_TEXT"


@dataclass(frozen=True, slots=True)
class IntegrationResponse:
    """What one kind of answer becomes. `selection_pattern` "" makes it the default; `response_parameters` map
    `method.response.header.NAME` to a literal in single quotes or to the name of a value, and `response_templates`
    media types to templates."""

    status_code: int
    selection_pattern: str = ""
    response_parameters: tuple[tuple[str, str], ...] = ()
    response_templates: tuple[tuple[str, str], ...] = ()
    content_handling: ContentHandling | None = None


@dataclass(frozen=True, slots=True)
class Mappings:
    """What a non-proxy integration makes of a request and of its answer. `request_parameters` map
    `integration.request.header|querystring|path.NAME` to a literal in single quotes or to the name of a value."""

    request_parameters: tuple[tuple[str, str], ...] = ()
    request_templates: tuple[tuple[str, str], ...] = ()
    passthrough_behavior: PassthroughBehavior = PassthroughBehavior.WHEN_NO_MATCH
    content_handling: ContentHandling | None = None
    responses: tuple[IntegrationResponse, ...] = ()


@dataclass(frozen=True, slots=True)
class LambdaProxy:
    """A Lambda function that gets the request as an event and returns the response (AWS: Lambda proxy integrations).

    `payload_format_version` is "1.0" or "2.0"; `timeout_s` is the integration timeout in seconds.
    """

    function: str
    payload_format_version: str = "2.0"
    timeout_s: float = HTTP_API_INTEGRATION_TIMEOUT_MS / 1000


@dataclass(frozen=True, slots=True)
class LambdaCustom:
    """A Lambda function that gets what the request template makes of a request (AWS: Lambda custom integrations)."""

    function: str
    mappings: Mappings = field(default_factory=Mappings)
    timeout_s: float = REST_API_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class HttpProxy:
    """An HTTP endpoint that gets the request as it is (AWS: HTTP proxy integrations). `uri` may hold `{name}` of
    `integration.request.path.name` and `${stageVariables.name}`; `http_method` "ANY" keeps the request's."""

    http_method: str
    uri: str
    request_parameters: tuple[tuple[str, str], ...] = ()
    timeout_s: float = REST_API_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class HttpCustom:
    """An HTTP endpoint that gets and gives what the mappings say (AWS: HTTP custom integrations)."""

    http_method: str
    uri: str
    mappings: Mappings = field(default_factory=Mappings)
    timeout_s: float = REST_API_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class Mock:
    """The gateway answers by itself (AWS: Mock integrations for REST APIs): the request template makes the status by
    which one of the responses is chosen."""

    mappings: Mappings = field(default_factory=Mappings)


@dataclass(frozen=True, slots=True)
class NotEmulated:
    """What stands behind a route on AWS and not here, in a few words: nothing answers."""

    what: str


Integration = LambdaProxy | LambdaCustom | HttpProxy | HttpCustom | Mock | NotEmulated
"""Every kind of integration there is."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What a function returned, byte for byte."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class ErrorObject:
    """What a function that failed left behind: Lambda's JSON object with `errorMessage` and `errorType`, and the truth
    in one line."""

    payload: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What an HTTP endpoint answered, its body decoded from any transfer encoding."""

    status: int
    headers: Headers
    body: bytes


Answer = Payload | ErrorObject | HttpAnswer
"""What comes back from behind the gateway."""


class Transformation(Protocol):
    """What becomes of the answer to a call that is not a Lambda proxy's."""

    def read(self, answer: Answer) -> Response | Refusal:
        """Make the response of it; a Refusal where the mappings fail."""


@dataclass(frozen=True, slots=True)
class LambdaCall:
    """An invocation to be made. `event` is JSON; `trace_id` is the X-Amzn-Trace-Id that Lambda is given; `timeout_s` is
    how long the gateway waits, in seconds. `transformation` None leaves the answer to the product's own rules for a
    proxy."""

    function: str
    event: bytes
    trace_id: str
    timeout_s: float
    transformation: Transformation | None = None


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A request to be sent to an HTTP endpoint; `timeout_s` is how long the gateway waits, in seconds."""

    method: str
    url: str
    headers: Headers
    body: bytes
    timeout_s: float
    transformation: Transformation


Call = LambdaCall
"""Every kind of call an integration can make."""


@dataclass(frozen=True, slots=True)
class Mocked:
    """What a MOCK integration answers: the gateway's own doing, as the developer wrote it down. `response` comes
    without ids, which `finish` adds; `selected` is the pattern of the integration response that it is, "" the
    default's."""

    response: Response
    selected: str = ""
