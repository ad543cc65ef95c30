"""What goes over the wire in one fetch: requests to send, and each with its answer."""

from dataclasses import dataclass

from emulator.browser.cookie_jar import Withheld
from emulator.messages import Headers, Response, get_header


@dataclass(frozen=True, slots=True)
class Send:
    """A request to send as it is: `url` is absolute, without fragment and userinfo; `headers` are all that the page and
    the browser put in, but for those of the transport (Host, Connection, Content-Length, Accept-Encoding).

    `hop` counts the redirects followed before it. `cookies_withheld` are those the browser kept back, and why.
    """

    method: str
    url: str
    headers: Headers
    body: bytes = b""
    is_preflight: bool = False
    hop: int = 0
    cookies_withheld: tuple[Withheld, ...] = ()

    def header(self, name: str) -> str | None:
        """Look up one header's combined value, None when it is absent; `name` may be in any case."""
        return get_header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A request and its response; None when none came. `cookies_refused` are Set-Cookie lines the browser refused."""

    request: Send
    response: Response | None
    cookies_refused: tuple[Withheld, ...] = ()
