"""Origins, sites and trust: how they compare, and what has which (HTML Standard: origins and sites; Secure
Contexts)."""

import re
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from emulator.browser.url import SPECIAL_SCHEMES, Url, is_ip_address, is_loopback, parse_url

OPAQUE = "null"
"""How an opaque origin is serialized: that of a sandboxed frame, of a data: document, of a request tainted by
redirects."""

FILES = "file://"
"""How a web view serializes the origin of its files where it lets them read each other (Blink,
SecurityOrigin::ToString; Android: setAllowFileAccessFromFileURLs); elsewhere theirs is opaque."""

_OTHER_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?").fullmatch
"""An origin whose scheme the URL Standard does not call special: a web view's (capacitor://localhost,
ionic://localhost, tauri://localhost) or an extension's (chrome-extension://<id>). Browsers send it as it is."""


def is_serialized_origin(text: str) -> bool:
    """Tell whether a browser could send `text` as Origin."""
    url = parse_url(text)
    if text in (OPAQUE, FILES) or (url is not None and url.origin == text):
        return True
    other = _OTHER_ORIGIN(text)
    return other is not None and other[1] not in SPECIAL_SCHEMES


def is_potentially_trustworthy(url: Url) -> bool:
    """Tell whether nobody on the way can read or change what goes to a URL: https, wss, and plain http to loopback
    (Secure Contexts 3.1)."""
    return url.scheme in {"https", "wss"} or is_loopback(url.host)


def is_same_origin(page_origin: str, url: Url) -> bool:
    """Tell whether a URL is of the page's origin; nothing is of an opaque one."""
    return page_origin == url.origin != OPAQUE


@lru_cache(maxsize=4096)
def is_same_site(origin: str, other: str) -> bool:
    """Tell whether two origins are same site (HTML Standard): their schemes and their registrable domains are equal;
    ports do not count. An opaque origin is same site with nothing."""
    ours, theirs = parse_url(origin), parse_url(other)
    if ours is None or theirs is None or OPAQUE in (origin, other):
        return False
    return ours.scheme == theirs.scheme and is_schemelessly_same_site(ours.host, theirs.host)


def is_schemelessly_same_site(host: str, other: str) -> bool:
    """Tell whether the registrable domains of two hosts are equal or, where there is none (IP addresses, localhost),
    the hosts themselves."""
    if host == other:
        return True
    domain = registrable_domain(host)
    return domain is not None and domain == registrable_domain(other)


@lru_cache(maxsize=4096)
def site(origin: str) -> str:
    """Name the site of a tuple origin: its scheme and registrable domain, without the port."""
    url = parse_url(origin)
    return origin if url is None else f"{url.scheme}://{registrable_domain(url.host) or url.host}"


def registrable_domain(host: str) -> str | None:
    """Return the public suffix of a host and one label more (publicsuffix.org); None for IP addresses and for suffixes
    themselves."""
    return None if is_ip_address(host) else _suffixes().privatesuffix(host.removesuffix("."))


def is_public_suffix(host: str) -> bool:
    """Tell whether anybody may register names under a domain, as under "com", "co.uk" and "github.io"."""
    return not is_ip_address(host) and _suffixes().publicsuffix(host) == host


@cache
def _suffixes() -> PublicSuffixList:
    # Reading the list takes 50 ms, which only callers with two different hosts have to pay.
    return PublicSuffixList()
