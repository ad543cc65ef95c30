"""Between the model's requests and httpx: every header that is sent is the browser's own, none is httpx's."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from emulator.browser.exchanged import Send
from emulator.browser.verdict import NetworkErrorName
from emulator.messages import Response

Http = httpx.Client | httpx.AsyncClient


def to_httpx(send: Send, http: Http) -> httpx.Request:
    """Make httpx's request of a Send, adding only the headers that are the transport's: Host, Connection,
    Content-Length, and an Accept-Encoding that names what httpx can decode."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in send.headers]
    headers.append((b"Accept-Encoding", http.headers["accept-encoding"].encode()))
    extensions = {"timeout": http.timeout.as_dict()}
    request = httpx.Request(send.method, send.url, headers=headers, content=send.body, extensions=extensions)
    request.method = send.method  # httpx would write "patch" in capitals; a browser does not
    return request


def from_httpx(response: httpx.Response, body: bytes) -> Response:
    """Make the model's response: the status, the header lines as they came, and the decoded `body`."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
    return Response(response.status_code, headers, body)


def undecodable(response: httpx.Response, error: httpx.DecodingError) -> str:
    """Say in a sentence why the body could not be read; httpx's own words come last."""
    coding = response.headers.get("content-encoding", "")
    return f"fetch() resolves with {response.status_code}, but the body is not {coding}, as its header says ({error})"


FAILURES = (httpx.RequestError, httpx.InvalidURL, UnicodeError)
"""What httpx raises where a browser would say that the connection failed; UnicodeError is for a host that is no IDN."""


_NAMES: dict[type[BaseException], NetworkErrorName] = {
    ssl.SSLCertVerificationError: NetworkErrorName.CERTIFICATE_REFUSED,
    ssl.SSLError: NetworkErrorName.TLS_FAILED,
    socket.gaierror: NetworkErrorName.NAME_NOT_RESOLVED,
    UnicodeError: NetworkErrorName.NAME_NOT_RESOLVED,
    ConnectionRefusedError: NetworkErrorName.CONNECTION_REFUSED,
}
"""The errors by which a failure is known, the more telling first."""


def failure_of(error: Exception) -> tuple[str, NetworkErrorName]:
    """Say in one line why the transport failed, and name it as far as httpx's error tells."""
    if isinstance(error, httpx.TimeoutException):
        return f"timed out ({type(error).__name__})", NetworkErrorName.TIMED_OUT
    # Of all errors only this one stands for several of the system's.
    causes = tuple(_causes(error)) if isinstance(error, httpx.ConnectError) else (error,)
    said = str(causes[-1] if isinstance(causes[-1], OSError) else error) or type(error).__name__
    for kind, name in _NAMES.items():
        if any(isinstance(cause, kind) for cause in causes):
            return said, name
    is_empty = isinstance(error, httpx.RemoteProtocolError) and "without sending a response" in said
    return said, NetworkErrorName.EMPTY_RESPONSE if is_empty else NetworkErrorName.CONNECTION_FAILED


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it; of several addresses that failed, each one's. httpcore raises its errors "from
    None", so what it handled counts; what others handled, like a caller its own error of before, does not."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        nested: tuple[BaseException | None, ...] = error.exceptions
    else:
        handled = error.__context__ if type(error).__module__.partition(".")[0] == "httpcore" else None
        nested = (error.__cause__ or handled,)
    for one in nested:
        if one is not None:
            yield from _causes(one)
