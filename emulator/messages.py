"""HTTP messages as a socket carries them: header pairs in order, raw path and query. Knows nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Headers = tuple[tuple[str, str], ...]
"""Header pairs in the order of the wire, names in the case of the wire, values decoded as latin-1."""

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What a method and a header's name are made of (RFC 9110, 5.6.2: token)."""

_OF_A_PAGE = frozenset({"origin", "sec-fetch-site", "upgrade"})


_ALIKE = 64
"""How many lists of headers are remembered by their combined values: a client sends the same again and again."""


def header_values(headers: Headers, name: str) -> list[str]:
    """Return every value of one header, in order; `name` may have any case."""
    lowered = name.lower()
    return [value for key, value in headers if key.lower() == lowered]


def get_header(headers: Headers, name: str) -> str | None:
    """Return the header's combined value, or None when it is absent (Fetch Standard: header list "get")."""
    values = header_values(headers, name)
    return ", ".join(values) if values else None


@lru_cache(_ALIKE)
def _combined(headers: Headers) -> Mapping[str, str]:
    """Combine the values of each header, by its lower-case name (Fetch Standard: header list "get")."""
    combined: dict[str, str] = {}
    for name, value in headers:
        lowered = name.lower()
        combined[lowered] = f"{combined[lowered]}, {value}" if lowered in combined else value
    return combined


def without_headers(headers: Headers, names: frozenset[str]) -> Headers:
    """Return the pairs whose lower-cased name is not in `names`."""
    return tuple([pair for pair in headers if pair[0].lower() not in names])


def origin_of(url: str | None) -> str | None:
    """Return scheme, host and port of an absolute http or https URL as a browser writes them; None for anything
    else."""
    scheme, separator, rest = (url or "").partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if separator and scheme in ("http", "https") else None


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in.

    `raw_path` starts with "/" and is still percent-encoded; `raw_query` has no "?" and is "" when there is none.
    `scheme` and `port` are those the client connected with: the Host header's port where it names one. `dev_origin` is
    where the page really is, when Origin names the production origin that it stands in for; else None.
    """

    method: str
    raw_path: str
    raw_query: str = ""
    headers: Headers = ()
    body: bytes = b""
    scheme: str = "http"
    port: int = 80
    source_ip: str = "127.0.0.1"
    dev_origin: str | None = None
    _combined: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_combined", _combined(self.headers))

    def with_body(self, body: bytes) -> "Request":
        """Return the same request with its body, which comes later than the head. dataclasses.replace would read the
        headers again."""
        whole = object.__new__(Request)
        for name in Request.__slots__:
            object.__setattr__(whole, name, getattr(self, name))
        object.__setattr__(whole, "body", body)
        return whole

    def header(self, name: str) -> str | None:
        """Return the combined value of one header, None when it is absent; `name` may have any case."""
        return self._combined.get(name.lower())

    @property
    def origin(self) -> str | None:
        return self._combined.get("origin")

    @property
    def host(self) -> str:
        """The Host header: name and port as sent, "" when the client sent none."""
        return self._combined.get("host", "")

    @property
    def target(self) -> str:
        """Path and query as the request line has them (RFC 9112, 3.2.1: origin-form)."""
        return f"{self.raw_path}?{self.raw_query}" if self.raw_query else self.raw_path

    @property
    def own_origin(self) -> str:
        """The origin this API has for the client that sent the request."""
        return f"{self.scheme}://{self.host}"

    @property
    def is_cross_origin(self) -> bool:
        """Whether a page of another origin sent this. A browser's own `Sec-Fetch-Site: same-origin` (Fetch Metadata
        Request Headers, 2.3) ends the matter: a page behind a proxy that rewrites Host is of one origin with it."""
        sent = self._combined  # asked several times an exchange: without a call for each header
        origin = sent.get("origin")
        if origin is None or sent.get("sec-fetch-site") == "same-origin":
            return False
        return origin != f"{self.scheme}://{sent.get('host', '')}"

    @property
    def may_be_of_a_page(self) -> bool:
        """Whether a page of another origin, a proxy's page or a WebSocket may have sent this. False, for most requests
        of other clients, is told at a tenth of the cost of the properties that tell for sure."""
        return not _OF_A_PAGE.isdisjoint(self._combined)

    @property
    def page_origin(self) -> str | None:
        """The origin of the page that sent this: Origin, which a browser leaves out of its same-origin GET, else that
        of the Referer."""
        return self.origin or origin_of(self.header("referer"))

    @property
    def is_proxied(self) -> bool:
        """Whether a page reached this API through a proxy of the page's own origin, a development server's."""
        if self._combined.get("sec-fetch-site") != "same-origin":
            return False
        page = self.page_origin
        return page is not None and page != self.own_origin

    @property
    def is_websocket_handshake(self) -> bool:
        """Whether a page opens a WebSocket (RFC 6455, 4.1). That is checked by its Origin alone, never by CORS (Fetch
        Standard 3.2, note on Origin)."""
        upgrade = self._combined.get("upgrade")
        return upgrade is not None and upgrade.lower() == "websocket" and self.method == "GET"

    @property
    def is_preflight(self) -> bool:
        """Whether this is a CORS-preflight request (Fetch Standard): OPTIONS with Origin and
        Access-Control-Request-Method."""
        return (
            self.method == "OPTIONS"
            and "origin" in self._combined
            and "access-control-request-method" in self._combined
        )

    @property
    def is_from_browser(self) -> bool:
        """Whether a page sent this, and not curl or a server-side fetch.

        Browsers leave the Sec-Fetch headers out on plain-http LAN and container addresses, so the user agent counts
        too; Node's fetch sends Sec-Fetch-Mode alone, so only Sec-Fetch-Site does.
        """
        sent = self._combined
        return "sec-fetch-site" in sent or sent.get("user-agent", "").startswith("Mozilla/5.0")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. Its `headers` hold neither Content-Length nor Date, which the server adds."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the combined value of one header, None when it is absent."""
        return get_header(self.headers, name)
