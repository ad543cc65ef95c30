"""URLs and their hosts as browsers parse them (WHATWG URL Standard), by Ada, the parser of Node.js and of
ClickHouse."""

import re
from dataclasses import dataclass
from functools import lru_cache

SPECIAL_SCHEMES = frozenset({"http", "https", "ws", "wss", "ftp"})
"""The special schemes (URL Standard 4.2), but for "file", whose URLs have no origin."""

_DECIMAL = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_PLAIN_HOST = re.compile(
    rf"(?:[a-z0-9_]+(?:-[a-z0-9_]+)*\.)*[a-z]+(?:-[a-z0-9_]+)*|{_DECIMAL}(?:\.{_DECIMAL}){{3}}"
).fullmatch
"""A domain, or an IPv4 address, that the host parser leaves as it is: there is no letter to lower, nothing to decode,
no number to write otherwise, no IDNA."""
_NO_HOST = re.compile(r"[/\\?#@\s]|:(?![^\[]*\])")
"""What ends a host in a URL, or comes before it, and so cannot be in one."""


@dataclass(frozen=True, slots=True)
class Url:
    """A URL record (URL Standard 4.1). `port` is None when it is the scheme's default, `query` and `fragment` when
    there is none. For a scheme that is not special, `host` is "" and `path` holds everything after the scheme.

    `origin` is serialized, "null" when the scheme has no tuple origin. `href` is serialized without the fragment, which
    is what the browser names in its messages; `address` is that without userinfo, which is what the browser asks for.
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
    href: str
    address: str

    @property
    def includes_credentials(self) -> bool:
        """Whether the URL has a user name or a password (URL Standard 4.2)."""
        return bool(self.username or self.password)

    @property
    def is_http(self) -> bool:
        """Whether the scheme is an HTTP(S) scheme (Fetch Standard 2.1)."""
        return self.scheme in {"http", "https"}

    @property
    def href_with_fragment(self) -> str:
        """The URL serialized with its fragment, as JavaScript's `URL.href` has it."""
        return self.href if self.fragment is None else f"{self.href}#{self.fragment}"


@lru_cache(maxsize=512)  # more than a page's calls have; each may be as long as a request's head
def parse_url(text: str, base: Url | None = None) -> Url | None:
    """Parse a URL, relative to `base` where there is one; None is failure."""
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
    """Parse the host of a special URL, and serialize it: a lower-case domain in ASCII, an IPv4 address in four
    decimals, an IPv6 address in brackets (URL Standard 3.5, host parser). None is failure."""
    if _PLAIN_HOST(text):
        return text
    url = None if not text or _NO_HOST.search(text) else parse_url(f"http://{text}/")
    return None if url is None else url.host


def is_valid_url(text: str) -> bool:
    """Tell whether `text` parses on its own."""
    return parse_url(text) is not None


def is_ip_address(host: str) -> bool:
    """Tell whether the serialized host of a parsed URL is an IP address, not a domain."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def is_loopback(host: str) -> bool:
    """Tell whether a serialized host stays on this machine: localhost, a name under it, or a loopback address (Secure
    Contexts 3.1)."""
    if host.startswith("["):
        return host == "[::1]"
    return host == "localhost" or host.endswith(".localhost") or (is_ip_address(host) and host.startswith("127."))
