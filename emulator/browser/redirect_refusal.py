"""Redirects a browser does not follow (Fetch Standard 4.4, steps 6 to 11)."""

from emulator.browser.departures import Profile
from emulator.browser.hop import Hop
from emulator.browser.modes import Mode, Redirect, ResponseType
from emulator.browser.origin import is_same_origin
from emulator.browser.url import Url
from emulator.browser.verdict import CorsErrorName, Failure, NetworkErrorName

MAX_REDIRECTS = 20


def refuse_redirect(hop: Hop, status: int, location: Url, profile: Profile) -> Failure | NetworkErrorName | None:
    """None when it is followed. In Chromium's order: the Standard's errors have no names to tell them apart."""
    request = hop.request
    is_cross_origin = not is_same_origin(hop.page.origin, location)
    is_cors = request.mode is Mode.CORS and (is_cross_origin or hop.tainting is ResponseType.CORS)
    if len(hop.urls) > MAX_REDIRECTS:
        return NetworkErrorName.TOO_MANY_REDIRECTS
    if location.includes_credentials and is_cors:
        return Failure(CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS, "Location", (location.href,))
    if location.scheme in profile.unsafe_redirect_schemes:
        return NetworkErrorName.UNSAFE_REDIRECT
    if request.redirect is Redirect.ERROR:
        return NetworkErrorName.REDIRECT_MODE_ERROR
    if request.mode is Mode.SAME_ORIGIN and is_cross_origin:
        return NetworkErrorName.REDIRECT_NOT_SAME_ORIGIN
    if location.includes_credentials and profile.refuses_credentials_in_any_redirect:
        return NetworkErrorName.REDIRECT_CONTAINS_CREDENTIALS
    if not location.is_http:
        if is_cors and profile.names_disabled_redirect_scheme:
            return Failure(CorsErrorName.CORS_DISABLED_SCHEME, "Location", (location.href,), location.scheme)
        return NetworkErrorName.UNKNOWN_SCHEME
    if status != 303 and request.body is not None and request.body.is_stream:
        return NetworkErrorName.STREAM_REDIRECTED
    return None
