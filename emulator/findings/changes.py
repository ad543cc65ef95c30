"""What would mend a finding, as values: no word of any file's format. A dialect words them for the file that the user
edits, and a test makes them and asks again."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.findings.mapping_changes import MappingChange
from emulator.messages import Headers


class CorsField(StrEnum):
    """The fields of a CorsConfiguration that are lists, by AWS's names."""

    ALLOW_ORIGINS = "allowOrigins"
    ALLOW_METHODS = "allowMethods"
    ALLOW_HEADERS = "allowHeaders"
    EXPOSE_HEADERS = "exposeHeaders"


class IntegrationField(StrEnum):
    """The fields of a Lambda proxy integration that can be set for each route, by AWS's names."""

    PAYLOAD_FORMAT_VERSION = "payloadFormatVersion"
    TIMEOUT_IN_MILLIS = "timeoutInMillis"


class Answer(StrEnum):
    """Which of its answers a function is to change."""

    ANY = "any"
    PREFLIGHT = "preflight"
    ERROR = "error"


# Configuration of an API


@dataclass(frozen=True, slots=True)
class AddToCors:
    """Add `entries` to a list of the API's `cors`, which holds `now`."""

    api: str
    field: CorsField
    entries: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplaceInCors:
    """Write `entries` instead of the one entry `old` in a list of the API's `cors`; with none, `old` is removed."""

    api: str
    field: CorsField
    old: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetCorsCredentials:
    """Set allowCredentials of the API's `cors`."""

    api: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class AddCors:
    """Give the API, which has none, this CORS configuration."""

    api: str
    cors: CorsConfiguration


@dataclass(frozen=True, slots=True)
class RemoveCors:
    """Take the API's CORS configuration away, so that its functions speak alone."""

    api: str


@dataclass(frozen=True, slots=True)
class SetCorsMaxAge:
    """Set maxAge of the API's `cors`, in seconds."""

    api: str
    seconds: int


@dataclass(frozen=True, slots=True)
class AddRoute:
    """Add a route to a function of the user's choice, which answers with `headers` at least."""

    api: str
    key: str
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class RemoveRoute:
    """Remove the API's route that has this key."""

    api: str
    key: str


@dataclass(frozen=True, slots=True)
class ReplaceRoute:
    """Write the route keys `new` instead of `old`, each with the function that `old` has."""

    api: str
    old: str
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetBinaryMediaTypes:
    """Set the binary media types of a REST API."""

    api: str
    media_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetGatewayResponse:
    """Let the REST API's gateway response of this type add `headers`, each a text and whole, in place of what it has by
    those names; an entry that is not there yet is written."""

    api: str
    response_type: str
    headers: Headers


@dataclass(frozen=True, slots=True)
class SetIntegration:
    """Set a field of the integration behind the route of this key to `value`, in place of `now`: a payload format
    version, or a timeout in milliseconds."""

    api: str
    route: str
    field: IntegrationField
    value: str
    now: str


# Configuration of a function


@dataclass(frozen=True, slots=True)
class RaiseConcurrency:
    """Let more than `now` environments of the function run at a time."""

    function: str
    now: int | None = None


@dataclass(frozen=True, slots=True)
class SetConcurrencyWait:
    """Let requests wait for a free environment of the function: `seconds`, None for longer than now."""

    function: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class RaiseTimeout:
    """Let an invocation of the function take longer."""

    function: str


# A frontend


@dataclass(frozen=True, slots=True)
class DeclareFrontend:
    """Declare the origin as a frontend's, with its credentials mode or its dev origin where one is given."""

    origin: str
    credentials: str | None = None
    dev: str | None = None


# The code of a function


@dataclass(frozen=True, slots=True)
class ReturnHeaders:
    """Let the function return `headers`, each whole, in place of what it returns by those names now; with `status`
    where one is given."""

    function: str
    headers: Headers
    on: Answer = Answer.ANY
    status: int | None = None


@dataclass(frozen=True, slots=True)
class AddToHeader:
    """Let the function add `entries` to the list it returns in a header, which is `now`."""

    function: str
    header: str
    entries: tuple[str, ...]
    now: str
    on: Answer = Answer.ANY


@dataclass(frozen=True, slots=True)
class RemoveHeaders:
    """Let the function return no header whose name begins so."""

    function: str
    prefix: str


@dataclass(frozen=True, slots=True)
class CompareOrigin:
    """Let the function compare Origin with an allowlist before it returns it."""

    function: str


@dataclass(frozen=True, slots=True)
class SetBase64Flag:
    """Let the function return `isBase64Encoded: true` beside its body; with `coding`, after having compressed it so
    and encoded it."""

    function: str
    coding: str = ""


@dataclass(frozen=True, slots=True)
class MendHandler:
    """Let the function do what it failed to do: `what` as an imperative, "" where its own error says it."""

    function: str
    what: str = ""


# The page


@dataclass(frozen=True, slots=True)
class CallUrl:
    """Let the page call this URL."""

    url: str


@dataclass(frozen=True, slots=True)
class CallMethod:
    """Let the page call with one of these methods, best the first."""

    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallWithoutCredentials:
    """Let the page call without credentials."""


@dataclass(frozen=True, slots=True)
class CallWithCredentials:
    """Let the page call with credentials mode "include"."""


@dataclass(frozen=True, slots=True)
class LoadWithoutCors:
    """Let the page load it by an `element` without `crossorigin`: its tag, and where that is no way."""

    element: str


@dataclass(frozen=True, slots=True)
class ServePage:
    """Serve the page over http or https, so that it has an origin of its own that can be allowed."""


# Anything else


@dataclass(frozen=True, slots=True)
class DoByHand:
    """What only a person can do: an imperative sentence without its full stop."""

    what: str


ApiChange = (
    AddToCors
    | ReplaceInCors
    | SetCorsCredentials
    | AddCors
    | RemoveCors
    | SetCorsMaxAge
    | AddRoute
    | RemoveRoute
    | ReplaceRoute
    | SetBinaryMediaTypes
    | SetGatewayResponse
    | SetIntegration
)
FunctionChange = RaiseConcurrency | SetConcurrencyWait | RaiseTimeout
ConfigurationChange = ApiChange | MappingChange | FunctionChange | DeclareFrontend
"""Changes that are made in the file that declares the deployment."""
CodeChange = ReturnHeaders | AddToHeader | RemoveHeaders | CompareOrigin | SetBase64Flag | MendHandler
PageChange = CallUrl | CallMethod | CallWithoutCredentials | CallWithCredentials | LoadWithoutCors | ServePage
Change = ConfigurationChange | CodeChange | PageChange | DoByHand
