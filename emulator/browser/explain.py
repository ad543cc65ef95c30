"""Why CORS blocked a call, and what would have to change, in sentences for a person who knows no more of the API."""

from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.modes import Credentials
from emulator.browser.origin import OPAQUE
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.remedy import OF_CREDENTIALS, REASONS, needed_by_check, needed_by_preflight
from emulator.browser.verdict import Blocked, CorsErrorName
from emulator.messages import Response

_OF_THE_CALL = {
    CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS: "Leave user name and password out of the redirect's Location.",
    CorsErrorName.CORS_DISABLED_SCHEME: "Only http and https URLs can be fetched across origins.",
    CorsErrorName.DISALLOWED_BY_MODE: 'Call with `mode: "cors"`, or from a page of the same origin.',
    CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW: 'With `mode: "no-cors"`, leave `redirect` at "follow".',
}
"""What no answer could mend."""
_OPAQUE_FIX = (
    "Call from a page served over http or https, or send `Access-Control-Allow-Origin: *` and call without "
    "credentials. Never allow null by name: every file and every sandboxed frame has that origin."
)


def fix_for(blocked: Blocked, exchanged: tuple[Exchanged, ...]) -> str:
    """Say what to change in the answer that was refused, the last of `exchanged`, in a sentence or two."""
    if blocked.error in _OF_THE_CALL or blocked.response is None or not exchanged:
        return _OF_THE_CALL.get(blocked.error, "Answer with the CORS headers that the call needs.")
    request, response, error = exchanged[-1].request, blocked.response, blocked.error.plain
    if request.header("origin") == OPAQUE and blocked.error.is_of_cors_check:
        return _OPAQUE_FIX
    lines = _needed(request, response, error)
    if request.is_preflight and not 200 <= response.status <= 299:
        lines.insert(0, "a status from 200 to 299, without authorization")
    whole = ", ".join(lines)
    said = [
        f"Answer OPTIONS with {whole}." if request.is_preflight else f"Send {whole} with this response, errors too."
    ]
    if error in OF_CREDENTIALS:
        said.append('Or call without `credentials: "include"`.')
    return " ".join([*said, *([REASONS[error]] if error in REASONS else [])])


def _needed(request: Send, response: Response, error: CorsErrorName) -> list[str]:
    """List every header line that the answer lacks."""
    origin = request.header("origin") or ""
    mode = Credentials.INCLUDE if error in OF_CREDENTIALS else Credentials.SAME_ORIGIN
    if not request.is_preflight:
        needed = needed_by_check(origin, mode, response.headers)
    else:
        names = (request.header("access-control-request-headers") or "").split(",")
        method = request.header("access-control-request-method") or ""
        needed = needed_by_preflight(PreflightQuestion(origin, mode, method, tuple(filter(None, names))), response)
    return [f"`{one.name}: {one.value}`" for one in needed]


def explain(blocked: Blocked, exchanged: tuple[Exchanged, ...]) -> str:
    """Several lines: Chromium's console text, the exchange at fault, what its header held, and what to change."""
    lines = [blocked.message]
    if exchanged and blocked.response is not None:
        request = exchanged[-1].request
        kind = "The preflight" if request.is_preflight else "The request"
        lines.append(f"{kind} {request.method} {request.url} was answered with status {blocked.response.status}.")
    if blocked.header is not None:
        held = "was not there" if blocked.value is None else f"held {blocked.value!r}"
        lines.append(f"{blocked.header} {held}.")
    return "\n".join([*lines, fix_for(blocked, exchanged)])
