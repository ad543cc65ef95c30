"""Between the model's requests and httpx: every header that is sent is the browser's own, none is httpx's."""

import httpx

from emulator.browser.exchanged import Send
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


def reason_of(error: Exception) -> str:
    """Say in one line why the transport failed."""
    if isinstance(error, httpx.TimeoutException):
        return f"timed out ({type(error).__name__})"
    return str(error) or type(error).__name__
