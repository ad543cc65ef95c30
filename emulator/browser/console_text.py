"""The line each browser writes to its console when a fetch rejects, because CORS blocks the response or for another
reason.

Chromium's and Firefox's texts are as the browsers print them (Chromium 156, Firefox 153); Safari's are as WebKit's
source has them (CrossOriginAccessControl.cpp, CrossOriginPreflightResultCache.cpp).
"""

import re
from dataclasses import dataclass, replace

from emulator.browser.initiator import Initiator
from emulator.browser.verdict import OF_PREFLIGHT, ConsoleTexts, CorsErrorName, Failure, NetworkErrorName


def _and_preflight(texts: dict[CorsErrorName, str], prefix: str = "") -> dict[CorsErrorName, str]:
    """Add to `texts` what is said when the same CORS check fails on a preflight's response: `prefix`, then the same
    text."""
    return texts | {OF_PREFLIGHT[error]: prefix + text for error, text in texts.items() if error in OF_PREFLIGHT}


# Chromium shows what is not printable ASCII in a header's value as an escape.
_NOT_PRINTABLE = re.compile(r"[^\x20-\x7e]")
_VALID_VALUE = " Have the server send the header with a valid value."
_CHROMIUM_PREFLIGHT = "Response to preflight request doesn't pass access control check: "

_CHROMIUM_OWN_SENTENCE = {
    CorsErrorName.DISALLOWED_BY_MODE: (
        'Fetch API cannot load {url}. Request mode is "same-origin" but the URL\'s origin is not same as the request '
        "origin {origin}."
    ),
    CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW: (
        'Fetch API cannot load {url}. Request mode is "no-cors" but the redirect mode is not "follow".'
    ),
    CorsErrorName.CORS_DISABLED_SCHEME: 'Fetch API cannot load {url}. URL scheme "{parameter}" is not supported.',
}
"""Chromium's whole line for errors of the call itself, which have no "Access to fetch at" before them."""

_CHROMIUM_WITH_CREDENTIALS = (
    " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
)
_OF_CREDENTIALS = frozenset({CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED, CorsErrorName.INVALID_ALLOW_CREDENTIALS})
"""The errors to which Chromium adds that sentence where the call was XMLHttpRequest's."""

_CHROMIUM = _and_preflight(
    {
        # Only after a redirect: a call to such a URL has a sentence of its own.
        CorsErrorName.CORS_DISABLED_SCHEME: (
            "Cross origin requests are only supported for protocol schemes: chrome, "
            "chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, "
            "isolated-app."
        ),
        CorsErrorName.INVALID_RESPONSE: "The response is invalid.",
        CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER: (
            "No 'Access-Control-Allow-Origin' header is present on the requested resource."
        ),
        CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: (
            "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' "
            "when the request's credentials mode is 'include'."
        ),
        CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: (
            "The 'Access-Control-Allow-Origin' header contains multiple values '{parameter}', but only one is "
            "allowed." + _VALID_VALUE
        ),
        CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: (
            "The 'Access-Control-Allow-Origin' header contains the invalid value '{parameter}'." + _VALID_VALUE
        ),
        CorsErrorName.ALLOW_ORIGIN_MISMATCH: (
            "The 'Access-Control-Allow-Origin' header has a value '{parameter}' that is not equal to the supplied "
            "origin." + _VALID_VALUE
        ),
        CorsErrorName.INVALID_ALLOW_CREDENTIALS: (
            "The value of the 'Access-Control-Allow-Credentials' header in the response is '{parameter}' which must "
            "be 'true' when the request's credentials mode is 'include'."
        ),
        CorsErrorName.PREFLIGHT_INVALID_STATUS: _CHROMIUM_PREFLIGHT + "It does not have HTTP ok status.",
        CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: (
            _CHROMIUM_PREFLIGHT + "Redirect is not allowed for a preflight request."
        ),
        CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: (
            "Cannot parse Access-Control-Allow-Methods response header field in preflight response."
        ),
        CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: (
            "Cannot parse Access-Control-Allow-Headers response header field in preflight response."
        ),
        CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "Method {parameter} is not allowed by Access-Control-Allow-Methods in preflight response."
        ),
        CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "Request header field {parameter} is not allowed by Access-Control-Allow-Headers in preflight response."
        ),
        # Chromium means to name the location between the quotes, but always leaves it empty.
        CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS: (
            "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."
        ),
    },
    prefix=_CHROMIUM_PREFLIGHT,
)

_FIREFOX = _and_preflight(
    {
        CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER: (
            "{url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: {status}."
        ),
        CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: (
            "‘{url}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."
        ),
        CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: (
            "{url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘{parameter}’)."
        ),
        CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: (
            "{url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘{parameter}’)."
        ),
        CorsErrorName.ALLOW_ORIGIN_MISMATCH: (
            "{url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘{parameter}’)."
        ),
        CorsErrorName.INVALID_ALLOW_CREDENTIALS: (
            "{url}. (Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)."
        ),
        CorsErrorName.PREFLIGHT_INVALID_STATUS: (
            "{url}. (Reason: CORS preflight response did not succeed). Status code: {status}."
        ),
        CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: "{url}. (Reason: CORS request external redirect not allowed).",
        CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: (
            "{url}. (Reason: invalid token ‘{parameter}’ in CORS header ‘Access-Control-Allow-Methods’)."
        ),
        CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: (
            "{url}. (Reason: invalid token ‘{parameter}’ in CORS header ‘Access-Control-Allow-Headers’)."
        ),
        CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "{url}. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’)."
        ),
        CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "{url}. (Reason: header ‘{parameter}’ is not allowed according to header ‘Access-Control-Allow-Headers’ "
            "from CORS preflight response)."
        ),
        CorsErrorName.CORS_DISABLED_SCHEME: "{url}. (Reason: CORS request not http).",
    }
)
_FIREFOX_PREFIX = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
_FIREFOX_MULTIPLE = "{url}. (Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed)."
_FIREFOX_OTHERWISE = "{url}. (Reason: CORS request did not succeed). Status code: (null)."
"""What Firefox says of every failure that it has no text of its own for, CORS's or not."""

_SAFARI_ORIGIN = "Origin {sent_origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"
_SAFARI = _and_preflight(
    {
        CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER: _SAFARI_ORIGIN,
        CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: (
            "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."
        ),
        CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: _SAFARI_ORIGIN,
        CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: _SAFARI_ORIGIN,
        CorsErrorName.ALLOW_ORIGIN_MISMATCH: _SAFARI_ORIGIN,
        CorsErrorName.INVALID_ALLOW_CREDENTIALS: (
            'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'
        ),
        CorsErrorName.PREFLIGHT_INVALID_STATUS: "Preflight response is not successful. Status code: {status}",
        CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: "Preflight response is not successful. Status code: {status}",
        CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: (
            "Header Access-Control-Allow-Methods has an invalid value: {value}"
        ),
        CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: (
            "Header Access-Control-Allow-Headers has an invalid value: {value}"
        ),
        CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "Method {parameter} is not allowed by Access-Control-Allow-Methods."
        ),
        CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
            "Request header field {parameter} is not allowed by Access-Control-Allow-Headers."
        ),
    }
)
_SAFARI_MULTIPLE = "Access-Control-Allow-Origin cannot contain more than one origin."
_SAFARI_OTHERWISE = "Fetch API cannot load {url} due to access control checks."
"""What Safari says of every failure that it has no text of its own for, CORS's or not."""

_CHROMIUM_CODES = {
    NetworkErrorName.CONTENT_DECODING_FAILED: "net::ERR_CONTENT_DECODING_FAILED",
    NetworkErrorName.CONNECTION_FAILED: "net::ERR_CONNECTION_FAILED",
    NetworkErrorName.CONNECTION_REFUSED: "net::ERR_CONNECTION_REFUSED",
    NetworkErrorName.NAME_NOT_RESOLVED: "net::ERR_NAME_NOT_RESOLVED",
    NetworkErrorName.TIMED_OUT: "net::ERR_TIMED_OUT",
    NetworkErrorName.EMPTY_RESPONSE: "net::ERR_EMPTY_RESPONSE",
    NetworkErrorName.CERTIFICATE_REFUSED: "net::ERR_CERT_AUTHORITY_INVALID",
    NetworkErrorName.TLS_FAILED: "net::ERR_SSL_PROTOCOL_ERROR",
    NetworkErrorName.UNKNOWN_SCHEME: "net::ERR_UNKNOWN_URL_SCHEME",
    NetworkErrorName.INVALID_REDIRECT: "net::ERR_INVALID_REDIRECT",
    NetworkErrorName.DIFFERENT_LOCATIONS: "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
    NetworkErrorName.UNSAFE_REDIRECT: "net::ERR_UNSAFE_REDIRECT",
    NetworkErrorName.TOO_MANY_REDIRECTS: "net::ERR_TOO_MANY_REDIRECTS",
    NetworkErrorName.STREAM_REDIRECTED: "net::ERR_INVALID_ARGUMENT",
    NetworkErrorName.RESOURCE_POLICY: "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
}
"""The code of Chromium's network stack (net/base/net_error_list.h) that its console names for each error."""
_CHROMIUM_CODE_OTHERWISE = "net::ERR_FAILED"
_NOT_DECODED = ("TypeError: Decoding failed.", "Failed to load resource: cannot decode raw data")
"""The words for a body that cannot be decoded: Firefox's TypeError says the first (observed), Safari's console the
second (NSURLErrorCannotDecodeRawData; uncertain)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a failure happened, as far as the browsers' texts tell of it.

    `url` is the one whose response failed, `redirected_from` the one the page asked for when redirects led elsewhere.
    `origin` is the page's; `sent_origin` is what the request named, when redirects made that "null", else empty.
    `status` is the response's, 0 when there was none. `initiator` is what Chromium says access was wanted to.
    """

    url: str
    origin: str
    status: int = 0
    redirected_from: str | None = None
    sent_origin: str = ""
    initiator: Initiator = Initiator.FETCH


def console_texts(failure: Failure, scene: Scene) -> ConsoleTexts:
    """Put one failure that every browser finds into all three browsers' words."""
    return ConsoleTexts(chromium_text(failure, scene), firefox_text(failure, scene), safari_text(failure, scene))


def network_error_texts(error: NetworkErrorName, scene: Scene) -> ConsoleTexts:
    """Put an error that is not CORS's into all three browsers' words. Where a browser logs nothing, its text is that of
    the TypeError that JavaScript gets."""
    chromium = f"Failed to load resource: {_CHROMIUM_CODES.get(error, _CHROMIUM_CODE_OTHERWISE)}"
    if error is NetworkErrorName.CONTENT_DECODING_FAILED:
        return ConsoleTexts(chromium, *_NOT_DECODED)
    firefox, safari = _FIREFOX_PREFIX + _FIREFOX_OTHERWISE, _SAFARI_OTHERWISE
    return ConsoleTexts(chromium, firefox.format(url=scene.url), safari.format(url=scene.url))


def chromium_text(failure: Failure, scene: Scene) -> str:
    """Write Chromium's console line, whole (blink/renderer/platform/loader/cors/cors_error_string.cc)."""
    if not failure.parameter.isprintable() or not failure.parameter.isascii():
        escaped = _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", failure.parameter)
        failure = replace(failure, parameter=escaped)
    own = _CHROMIUM_OWN_SENTENCE.get(failure.error)
    if own is not None and scene.redirected_from is None:
        return _fill(own, failure, scene)
    redirected = f"(redirected from '{scene.redirected_from}') " if scene.redirected_from else ""
    is_explained = scene.initiator is Initiator.XML_HTTP_REQUEST and failure.error.plain in _OF_CREDENTIALS
    return (
        f"Access to {scene.initiator} at '{scene.url}' {redirected}from origin '{scene.origin}' has been blocked by "
        f"CORS policy: {_fill(_CHROMIUM[failure.error], failure, scene)}"
        f"{_CHROMIUM_WITH_CREDENTIALS if is_explained else ''}"
    )


def firefox_text(failure: Failure, scene: Scene) -> str:
    """Write Firefox's console line, whole (dom/locales/en-US/chrome/security/security.properties)."""
    if not failure.parameter.isascii():
        # Firefox takes header bytes for UTF-8 here, which they seldom are.
        shown = failure.parameter.encode("latin-1", "replace").decode("utf-8", "replace")
        failure = replace(failure, parameter=shown)
    template = _FIREFOX.get(failure.error, _FIREFOX_OTHERWISE)
    if failure.is_repeated:
        template = _FIREFOX_MULTIPLE
    return _FIREFOX_PREFIX + _fill(template, failure, scene)


def safari_text(failure: Failure, scene: Scene) -> str:
    """Write Safari's console line, whole."""
    template = _SAFARI.get(failure.error, _SAFARI_OTHERWISE)
    if "," in failure.parameter and failure.error.endswith("MultipleAllowOriginValues"):
        template = _SAFARI_MULTIPLE
    return _fill(template, failure, scene)


def _fill(template: str, failure: Failure, scene: Scene) -> str:
    return template.format(
        url=scene.url,
        origin=scene.origin,
        sent_origin=scene.sent_origin or scene.origin,
        status=scene.status,
        parameter=failure.parameter,
        value=failure.value,
    )
