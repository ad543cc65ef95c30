"""Network errors that are not CORS's: what happened in a sentence, and what the browsers write to their consoles."""

from emulator.browser.console_text import Scene
from emulator.browser.verdict import ConsoleTexts, NetworkError, NetworkErrorName
from emulator.messages import Response

_REASONS = {
    NetworkErrorName.UNKNOWN_SCHEME: "only http and https are modelled",
    NetworkErrorName.INVALID_REDIRECT: "the redirect's Location is not a URL",
    NetworkErrorName.DIFFERENT_LOCATIONS: "the redirect has several Location headers that differ",
    NetworkErrorName.UNSAFE_REDIRECT: "the redirect leads to a scheme browsers do not follow",
    NetworkErrorName.TOO_MANY_REDIRECTS: "more than 20 redirects",
    NetworkErrorName.REDIRECT_MODE_ERROR: 'the response is a redirect and the redirect mode is "error"',
    NetworkErrorName.REDIRECT_CONTAINS_CREDENTIALS: "the redirect's Location contains a user name or password",
    NetworkErrorName.REDIRECT_NOT_SAME_ORIGIN: 'the redirect leads to another origin and the mode is "same-origin"',
    NetworkErrorName.STREAM_REDIRECTED: "a stream as body cannot be sent again after a redirect",
    NetworkErrorName.RESOURCE_POLICY: "Cross-Origin-Resource-Policy keeps the response from this origin",
}
_CHROMIUM_CODES = {
    NetworkErrorName.CONTENT_DECODING_FAILED: "net::ERR_CONTENT_DECODING_FAILED",
    NetworkErrorName.CONNECTION_FAILED: "net::ERR_CONNECTION_FAILED",
    NetworkErrorName.UNKNOWN_SCHEME: "net::ERR_UNKNOWN_URL_SCHEME",
    NetworkErrorName.INVALID_REDIRECT: "net::ERR_INVALID_REDIRECT",
    NetworkErrorName.DIFFERENT_LOCATIONS: "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
    NetworkErrorName.UNSAFE_REDIRECT: "net::ERR_UNSAFE_REDIRECT",
    NetworkErrorName.TOO_MANY_REDIRECTS: "net::ERR_TOO_MANY_REDIRECTS",
    NetworkErrorName.STREAM_REDIRECTED: "net::ERR_INVALID_ARGUMENT",
    NetworkErrorName.RESOURCE_POLICY: "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
}
_FIREFOX_CROSS_ORIGIN = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. "
    "(Reason: CORS request did not succeed). Status code: (null)."
)
_NOT_DECODED = ("TypeError: Decoding failed.", "Failed to load resource: cannot decode raw data")
"""What Firefox's TypeError says (observed), and Safari's console (NSURLErrorCannotDecodeRawData; uncertain)."""


def network_error(
    error: NetworkErrorName, scene: Scene, response: Response | None = None, reason: str = ""
) -> NetworkError:
    """`reason` is needed for CONNECTION_FAILED and CONTENT_DECODING_FAILED only, where the transport knows it. Where a
    browser logs nothing, its text is the TypeError's that JavaScript gets."""
    code = _CHROMIUM_CODES.get(error, "net::ERR_FAILED")
    if error is NetworkErrorName.CONTENT_DECODING_FAILED:
        return NetworkError(error, reason, ConsoleTexts(f"Failed to load resource: {code}", *_NOT_DECODED), response)
    texts = ConsoleTexts(
        chromium=f"Failed to load resource: {code}",
        firefox=_FIREFOX_CROSS_ORIGIN.format(url=scene.url),
        safari=f"Fetch API cannot load {scene.url} due to access control checks.",
    )
    return NetworkError(error, reason or _REASONS.get(error, ""), texts, response)
