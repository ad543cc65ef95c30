"""URLs as browsers parse them (WHATWG URL Standard), by Ada, the parser of Node.js and of ClickHouse."""

import re
from dataclasses import dataclass
from functools import lru_cache

SPECIAL_SCHEMES = frozenset({"http", "https", "ws", "wss", "ftp"})
"""The special schemes (URL Standard 4.2), but for "file", whose URLs have no origin."""


_PLAIN_HOST = re.compile(r"(?:[a-z0-9_]+(?:-[a-z0-9_]+)*\.)*[a-z]+(?:-[a-z0-9_]+)*").fullmatch
"""A domain that the host parser leaves as it is: no letter to lower, nothing to decode, no address, no IDNA."""
_NO_HOST = re.compile(r"[/\\?#@\s]|:(?![^\[]*\])")
"""What ends a host, or comes before it, in a URL."""


@dataclass(frozen=True, slots=True)
class Url:
    """A URL record. `port` is None when it is the scheme's default, `query` and `fragment` when there is none.

    For a scheme that is not special, `host` is "" and `path` holds everything after the scheme.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None
    username: str
    password: str
    origin: str
    """Serialized; "null" when the scheme has no tuple origin."""
    href: str
    """Serialized without the fragment: what the browser names in its messages."""
    address: str
    """Serialized without fragment and userinfo: what the browser asks for."""

    @property
    def includes_credentials(self) -> bool:
        return bool(self.username or self.password)

    @property
    def is_http(self) -> bool:
        """An HTTP(S) scheme (Fetch Standard)."""
        return self.scheme in {"http", "https"}

    @property
    def href_with_fragment(self) -> str:
        return self.href if self.fragment is None else f"{self.href}#{self.fragment}"


@lru_cache(maxsize=512)  # more than a page's calls have; each may be as long as a request's head
def parse_url(text: str, base: Url | None = None) -> Url | None:
    """The URL parser; None is failure."""
    import ada_url  # 10 ms that only a cross-origin call has to pay

    # The standard's input consists of scalar values: a lone surrogate becomes U+FFFD (Infra Standard, "convert").
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    try:
        parsed = ada_url.URL(text, None if base is None else base.href_with_fragment)
    except ValueError:
        return None
    href, has_fragment, fragment = parsed.href.partition("#")
    _, has_query, query = href.partition("?")
    userinfo = f":{parsed.password}" if parsed.password else ""
    userinfo = f"{parsed.username}{userinfo}@" if parsed.username or userinfo else ""
    return Url(
        scheme=parsed.protocol.removesuffix(":"),
        host=parsed.hostname,
        port=int(parsed.port) if parsed.port else None,
        path=parsed.pathname,
        query=query if has_query else None,
        fragment=fragment if has_fragment else None,
        username=parsed.username,
        password=parsed.password,
        origin=parsed.origin,
        href=href,
        address=href.replace(f"//{userinfo}", "//", 1) if userinfo else href,
    )


def parse_host(text: str) -> str | None:
    """The host of a special URL, serialized: a lower-case domain in ASCII, an IPv4 address in four decimals, an IPv6
    address in brackets (URL Standard, host parser). None is failure."""
    if _PLAIN_HOST(text):
        return text
    url = None if not text or _NO_HOST.search(text) else parse_url(f"http://{text}/")
    return None if url is None else url.host


def is_valid_url(text: str) -> bool:
    """Whether `text` parses on its own."""
    return parse_url(text) is not None


def is_ip_address(host: str) -> bool:
    """True for the serialized host of a parsed URL that is an IP address, not a domain."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def is_loopback(host: str) -> bool:
    """True for localhost, names under it, and the loopback addresses (Secure Contexts 3.1)."""
    if host.startswith("["):
        return host == "[::1]"
    return host == "localhost" or host.endswith(".localhost") or (is_ip_address(host) and host.startswith("127."))
