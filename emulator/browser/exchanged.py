"""What goes over the wire in one fetch: the requests to send, and each of them with its answer."""

from dataclasses import dataclass

from emulator.browser.cookie_jar import Withheld
from emulator.messages import Headers, Response, get_header


@dataclass(frozen=True, slots=True)
class Send:
    """A request that is to be sent as it is. `url` is absolute, without fragment and userinfo; `headers` are all that
    the page and the browser put in, but for those of the transport (Host, Connection, Content-Length, Accept-Encoding).

    `hop` counts the redirects that were followed before it. `cookies_withheld` are those that the browser kept back,
    and why.
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
    """A request that was sent and its response, None when none came. `cookies_refused` are the Set-Cookie lines that
    the browser refused, and why."""

    request: Send
    response: Response | None
    cookies_refused: tuple[Withheld, ...] = ()
