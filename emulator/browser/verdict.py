"""What a browser decides: the names of its errors, one broken rule, and the verdict on a fetch."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.browser.modes import ResponseType
from emulator.messages import Headers, Response


class CorsErrorName(StrEnum):
    """Why CORS blocked a response: the names of Chromium's DevTools protocol (`Network.CorsError`)."""

    DISALLOWED_BY_MODE = "DisallowedByMode"
    INVALID_RESPONSE = "InvalidResponse"
    WILDCARD_ORIGIN_NOT_ALLOWED = "WildcardOriginNotAllowed"
    MISSING_ALLOW_ORIGIN_HEADER = "MissingAllowOriginHeader"
    MULTIPLE_ALLOW_ORIGIN_VALUES = "MultipleAllowOriginValues"
    INVALID_ALLOW_ORIGIN_VALUE = "InvalidAllowOriginValue"
    ALLOW_ORIGIN_MISMATCH = "AllowOriginMismatch"
    INVALID_ALLOW_CREDENTIALS = "InvalidAllowCredentials"
    CORS_DISABLED_SCHEME = "CorsDisabledScheme"
    PREFLIGHT_INVALID_STATUS = "PreflightInvalidStatus"
    PREFLIGHT_DISALLOWED_REDIRECT = "PreflightDisallowedRedirect"
    PREFLIGHT_WILDCARD_ORIGIN_NOT_ALLOWED = "PreflightWildcardOriginNotAllowed"
    PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER = "PreflightMissingAllowOriginHeader"
    PREFLIGHT_MULTIPLE_ALLOW_ORIGIN_VALUES = "PreflightMultipleAllowOriginValues"
    PREFLIGHT_INVALID_ALLOW_ORIGIN_VALUE = "PreflightInvalidAllowOriginValue"
    PREFLIGHT_ALLOW_ORIGIN_MISMATCH = "PreflightAllowOriginMismatch"
    PREFLIGHT_INVALID_ALLOW_CREDENTIALS = "PreflightInvalidAllowCredentials"
    INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE = "InvalidAllowMethodsPreflightResponse"
    INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE = "InvalidAllowHeadersPreflightResponse"
    METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE = "MethodDisallowedByPreflightResponse"
    HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE = "HeaderDisallowedByPreflightResponse"
    REDIRECT_CONTAINS_CREDENTIALS = "RedirectContainsCredentials"
    NO_CORS_REDIRECT_MODE_NOT_FOLLOW = "NoCorsRedirectModeNotFollow"

    @property
    def is_preflight(self) -> bool:
        """Whether the answer to the preflight is at fault, so that the actual request is never sent."""
        return self in _PREFLIGHT

    @property
    def is_of_cors_check(self) -> bool:
        """Whether the CORS check failed, of a preflight's response or of another."""
        return self in _OF_CORS_CHECK

    @property
    def plain(self) -> "CorsErrorName":
        """The name that a failed CORS check of a preflight has on another response; every other name itself."""
        return CorsErrorName(self.removeprefix("Preflight")) if self.is_of_cors_check else self


OF_PREFLIGHT = {
    name: CorsErrorName["PREFLIGHT_" + name.name]
    for name in CorsErrorName
    if "PREFLIGHT_" + name.name in CorsErrorName.__members__
}
"""Failure of the CORS check -> the name it has when the response was a preflight's."""
_OF_CORS_CHECK = {*OF_PREFLIGHT, *OF_PREFLIGHT.values()}
_PREFLIGHT = {name for name in CorsErrorName if "Preflight" in name}


class NetworkErrorName(StrEnum):
    """Why fetch rejects although CORS blocked nothing."""

    CONNECTION_FAILED = "ConnectionFailed"
    """No response came, for a reason that has no name of its own."""
    CONNECTION_REFUSED = "ConnectionRefused"
    NAME_NOT_RESOLVED = "NameNotResolved"
    TIMED_OUT = "TimedOut"
    EMPTY_RESPONSE = "EmptyResponse"
    """The server closed the connection without an answer."""
    CERTIFICATE_REFUSED = "CertificateRefused"
    TLS_FAILED = "TlsFailed"
    """There was no TLS handshake, as when a server that speaks plain HTTP is called by https."""
    UNKNOWN_SCHEME = "UnknownScheme"
    INVALID_REDIRECT = "InvalidRedirect"
    DIFFERENT_LOCATIONS = "DifferentLocations"
    UNSAFE_REDIRECT = "UnsafeRedirect"
    TOO_MANY_REDIRECTS = "TooManyRedirects"
    REDIRECT_MODE_ERROR = "RedirectModeError"
    REDIRECT_CONTAINS_CREDENTIALS = "RedirectContainsCredentials"
    REDIRECT_NOT_SAME_ORIGIN = "RedirectNotSameOrigin"
    STREAM_REDIRECTED = "StreamRedirected"
    RESOURCE_POLICY = "ResourcePolicy"
    CONTENT_DECODING_FAILED = "ContentDecodingFailed"
    """Here fetch() itself resolves; the TypeError comes when the page reads the body."""


class RequestErrorName(StrEnum):
    """What the `Request` constructor throws a TypeError for, before anything is sent."""

    INVALID_URL = "invalid URL"
    URL_WITH_CREDENTIALS = "URL with credentials"
    NAVIGATE_MODE = "mode navigate"
    INVALID_METHOD = "not a method"
    FORBIDDEN_METHOD = "forbidden method"
    METHOD_IN_NO_CORS = "method not allowed in no-cors"
    INVALID_HEADER_NAME = "not a header name"
    INVALID_HEADER_VALUE = "not a header value"
    NOT_A_BYTE_STRING = "not a ByteString"
    BODY_WITH_GET_OR_HEAD = "GET or HEAD with a body"


class WarningName(StrEnum):
    """What does not decide this call, but can surprise in the next, in another browser or in another setting."""

    AUTHORIZATION_COVERED_BY_WILDCARD = "AuthorizationCoveredByWildcard"
    """Only `*` covers Authorization: browsers announce that they will stop allowing it."""
    VARY_ORIGIN_MISSING = "VaryOriginMissing"
    """A cacheable response names one origin without `Vary: Origin`: from the HTTP cache, another page gets it too."""
    MIXED_CONTENT = "MixedContent"
    """A page on https calls plain http: browsers block that before CORS, but for loopback."""
    LOCAL_NETWORK_ACCESS = "LocalNetworkAccess"
    """A page from elsewhere calls loopback or a private address: Chromium asks the user first, before CORS."""
    THIRD_PARTY_COOKIES = "ThirdPartyCookies"
    """A third party's unpartitioned cookies were sent: other browsers, and private windows, keep them back."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One broken rule, before any browser has put it into words.

    `header` is the response header that would have to change and `values` are what it held, one item per line (empty
    when the header was absent). `parameter` is the method, header name or token that the browsers' texts name.
    `is_repeated`: more than one line had the header's name in exactly this case, which is when Firefox counts them.
    `disallowed` lists every method or header name that was refused, in lower case and sorted for headers; browsers name
    one.
    """

    error: CorsErrorName
    header: str | None = None
    values: tuple[str, ...] = ()
    parameter: str = ""
    disallowed: tuple[str, ...] = ()
    is_repeated: bool = False

    @property
    def value(self) -> str | None:
        """The header's combined value, None when it was absent."""
        return ", ".join(self.values) if self.values else None


@dataclass(frozen=True, slots=True)
class ConsoleTexts:
    """The line each browser writes to its console."""

    chromium: str
    firefox: str
    safari: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """The page gets a response. `headers` are those that JavaScript can read: lower-case, sorted, values combined.

    `url` is the last hop's, without fragment; "" where the browser hides it. Opaque responses have status 0, no headers
    and no body.
    """

    type: ResponseType
    status: int
    headers: Headers = ()
    warnings: tuple[WarningName, ...] = ()
    url: str = ""
    redirected: bool = False
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Blocked:
    """CORS keeps the response from the page, which gets a TypeError.

    `header` is the response header that would have to change and `value` what it held (None when it was absent; both
    None when no header is at fault, as with a preflight's status). `disallowed` lists every refused header name, or
    the method. `response` is the one that caused it, None when nothing was sent.
    """

    error: CorsErrorName
    messages: ConsoleTexts
    header: str | None = None
    value: str | None = None
    disallowed: tuple[str, ...] = ()
    warnings: tuple[WarningName, ...] = ()
    response: Response | None = None

    @property
    def message(self) -> str:
        """Chromium's console text, whole."""
        return self.messages.chromium


@dataclass(frozen=True, slots=True)
class NetworkError:
    """The call of `fetch` rejects for a reason that is not CORS; `reason` says it in a sentence. `response` is the one
    at fault, None where none came."""

    error: NetworkErrorName
    reason: str
    messages: ConsoleTexts
    response: Response | None = None

    @property
    def message(self) -> str:
        """Chromium's console text, whole."""
        return self.messages.chromium


@dataclass(frozen=True, slots=True)
class RequestError:
    """The call itself is wrong, and throws a TypeError before anything is sent. `messages` are the TypeErrors' own."""

    error: RequestErrorName
    messages: ConsoleTexts

    @property
    def message(self) -> str:
        """The message of Chromium's TypeError."""
        return self.messages.chromium


Done = Allowed | Blocked | NetworkError | RequestError
"""The ways a fetch ends."""
