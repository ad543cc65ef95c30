"""Why CORS blocked a call, and what would have to change, in sentences for a person."""

from emulator.browser.exchanged import Exchanged
from emulator.browser.origin import OPAQUE
from emulator.browser.verdict import Blocked, CorsErrorName

_ORIGIN_FIX = "Send `Access-Control-Allow-Origin: {origin}` with this response, errors included."
_FIXES = {
    CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER: _ORIGIN_FIX,
    CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: _ORIGIN_FIX
    + " Only one value, from one place: the gateway or the code.",
    CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: _ORIGIN_FIX + " No pattern, list or missing scheme counts.",
    CorsErrorName.ALLOW_ORIGIN_MISMATCH: _ORIGIN_FIX + " It is compared byte for byte: no slash at the end.",
    CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: _ORIGIN_FIX + " `*` does not serve calls with credentials.",
    CorsErrorName.INVALID_ALLOW_CREDENTIALS: (
        'Send `Access-Control-Allow-Credentials: true`, or call without `credentials: "include"`.'
    ),
    CorsErrorName.PREFLIGHT_INVALID_STATUS: "Answer OPTIONS with a status from 200 to 299, without authorization.",
    CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: "Call the URL the redirect leads to: preflights are never redirected.",
    CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: "Send method names with commas between them.",
    CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: "Send header names with commas between them.",
    CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: "Add to it: {disallowed}. Case counts.",
    CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: "Add to it: {disallowed}.",
    CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS: "Leave user name and password out of the redirect's Location.",
    CorsErrorName.CORS_DISABLED_SCHEME: "Only http and https URLs can be fetched across origins.",
    CorsErrorName.DISALLOWED_BY_MODE: 'Call with `mode: "cors"`, or from a page of the same origin.',
    CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW: 'With `mode: "no-cors"`, leave `redirect` at "follow".',
}
_BARE = {error: CorsErrorName(error.removeprefix("Preflight")) for error in CorsErrorName if error.is_of_cors_check}


_OPAQUE_FIX = (
    "Call from a page served over http or https, or send `Access-Control-Allow-Origin: *` and call without "
    "credentials. Never allow null by name: every file and every sandboxed frame has that origin."
)


def fix_for(blocked: Blocked, origin: str) -> str:
    """What to change, in a sentence or two. `origin` is the one the request named."""
    if origin == OPAQUE and blocked.error.is_of_cors_check:
        return _OPAQUE_FIX
    fix = _FIXES[_BARE.get(blocked.error, blocked.error)]
    return fix.format(origin=origin, disallowed=", ".join(blocked.disallowed))


def explain(blocked: Blocked, exchanged: tuple[Exchanged, ...]) -> str:
    """Several lines: Chromium's console text, the exchange at fault, what its header held, and what to change."""
    lines = [blocked.message]
    origin = ""
    if exchanged and blocked.response is not None:
        request = exchanged[-1].request
        origin = request.header("origin") or ""
        kind = "The preflight" if request.is_preflight else "The request"
        lines.append(f"{kind} {request.method} {request.url} was answered with status {blocked.response.status}.")
    if blocked.header is not None:
        held = "was not there" if blocked.value is None else f"held {blocked.value!r}"
        lines.append(f"{blocked.header} {held}.")
    return "\n".join([*lines, fix_for(blocked, origin)])
