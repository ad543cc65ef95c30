"""What a browser does with one exchange that a server saw on the wire, told without knowing the page's call."""

from emulator.browser.console_text import Scene
from emulator.browser.content_coding import body_of, undecodable_coding
from emulator.browser.cors_check import cors_check
from emulator.browser.filtering import cors_filtered
from emulator.browser.initiator import initiator_of
from emulator.browser.modes import Credentials, ResponseType
from emulator.browser.preflight import PreflightQuestion, preflight_check, preflight_warnings
from emulator.browser.rejections import blocked, blocked_by_preflight, network_error
from emulator.browser.verdict import Allowed, Blocked, Failure, NetworkError, NetworkErrorName
from emulator.browser.warnings import response_warnings
from emulator.messages import Request, Response

_NOT_CORS_MODES = frozenset({"no-cors", "navigate", "same-origin", "websocket"})
"""Values of Sec-Fetch-Mode with which a browser says that no CORS applies to a request."""


def judge(request: Request, response: Response, credentials: Credentials) -> Allowed | Blocked | NetworkError | None:
    """Give Chromium's verdict on one exchange; `credentials` is the mode that the page is taken to have called fetch
    with.

    The verdict is None when CORS does not apply: no Origin, the API's own, a WebSocket handshake, or a request whose
    Sec-Fetch-Mode says that it is not of fetch's cors mode (Fetch Standard 4.1). A preflight is judged by what its
    Access-Control-Request headers ask for.
    """
    if not _is_checked(request):
        return None
    failure = _failure(request, response, credentials)
    if request.is_preflight:
        return _judged_preflight(request, response, credentials, failure)
    if failure is not None:
        return blocked(failure, _scene(request, response), response)
    coding = undecodable_coding(response.headers, body_of(response, request.method))
    if coding is not None:
        reason = f"the body is not {coding}, as its Content-Encoding says"
        return network_error(NetworkErrorName.CONTENT_DECODING_FAILED, _scene(request, response), response, reason)
    readable = cors_filtered(response.headers, credentials)
    return Allowed(ResponseType.CORS, response.status, readable, response_warnings(response.headers))


def is_blocked(request: Request, response: Response, credentials: Credentials) -> bool:
    """Tell whether `judge` says Blocked, at a quarter of its cost."""
    return _is_checked(request) and _failure(request, response, credentials) is not None


def asked_by(request: Request, credentials: Credentials) -> PreflightQuestion:
    """Read what a preflight seen on the wire asks for; `credentials` is the mode of the request it asks for."""
    names = (request.header("access-control-request-headers") or "").split(",")
    return PreflightQuestion(
        origin=request.origin or "",
        credentials=credentials,
        method=request.header("access-control-request-method") or "",
        header_names=tuple(sorted({name.strip().lower() for name in names} - {""})),
    )


def _is_checked(request: Request) -> bool:
    """Tell whether CORS applies to a request."""
    is_of_cors_mode = request.is_cross_origin and request.header("sec-fetch-mode") not in _NOT_CORS_MODES
    return is_of_cors_mode and not request.is_websocket_handshake


def _failure(request: Request, response: Response, credentials: Credentials) -> Failure | None:
    """Name the rule that an exchange breaks to which CORS applies; None when it breaks none."""
    if request.is_preflight:
        return preflight_check(asked_by(request, credentials), response)
    if _is_answered_by_browser(request, response):
        return None
    return cors_check(request.origin or "", credentials, response.headers)


def _is_answered_by_browser(request: Request, response: Response) -> bool:
    """Tell whether a response never reaches the CORS check, because the browser answers it itself: that of its own
    revalidation, and a proxy's challenge (Fetch Standard 4.3, note). A client that is no browser revalidates as a page
    that sets If-None-Match by itself, which gets the 304."""
    return response.status == 407 or (response.status == 304 and request.is_from_browser)


def _judged_preflight(
    request: Request, response: Response, credentials: Credentials, failure: Failure | None
) -> Allowed | Blocked:
    question = asked_by(request, credentials)
    if failure is None:
        return Allowed(ResponseType.CORS, response.status, warnings=preflight_warnings(question, response))
    return blocked_by_preflight(failure, question, response, _scene(request, response))


def _scene(request: Request, response: Response) -> Scene:
    url, origin = request.own_origin + request.target, request.origin or ""
    return Scene(url, origin, response.status, initiator=initiator_of(request))
