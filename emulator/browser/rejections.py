"""How the fetch of a sound call rejects: from a broken rule, or a failure, to the verdict in each browser's words."""

from emulator.browser.console_text import (
    Scene,
    chromium_text,
    console_texts,
    firefox_text,
    network_error_texts,
    safari_text,
)
from emulator.browser.preflight import PreflightQuestion, preflight_check
from emulator.browser.profiles import FIREFOX, WEBKIT
from emulator.browser.verdict import Blocked, ConsoleTexts, Failure, NetworkError, NetworkErrorName
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
"""What each network error means, in a sentence; the transport says it of those that are not here."""


def blocked(failure: Failure, scene: Scene, response: Response | None = None) -> Blocked:
    """Make the verdict on a failure that every browser finds. `response` is the one at fault, None where none came."""
    return _blocked(failure, console_texts(failure, scene), response)


def blocked_by_preflight(failure: Failure, question: PreflightQuestion, response: Response, scene: Scene) -> Blocked:
    """Make the verdict on a preflight's response. `failure` is the one it names; Firefox's and Safari's texts tell of
    the failure that each of them comes upon first."""
    firefox = preflight_check(question, response, FIREFOX) or failure
    webkit = preflight_check(question, response, WEBKIT) or failure
    texts = ConsoleTexts(chromium_text(failure, scene), firefox_text(firefox, scene), safari_text(webkit, scene))
    return _blocked(failure, texts, response)


def network_error(
    error: NetworkErrorName, scene: Scene, response: Response | None = None, reason: str = ""
) -> NetworkError:
    """Make the verdict on a failure that is not CORS's. `reason` says it in a sentence; it is needed only
    where the transport knows it: when no response came, and for CONTENT_DECODING_FAILED."""
    return NetworkError(error, reason or _REASONS.get(error, ""), network_error_texts(error, scene), response)


def _blocked(failure: Failure, texts: ConsoleTexts, response: Response | None) -> Blocked:
    return Blocked(failure.error, texts, failure.header, failure.value, failure.disallowed, response=response)
