"""What is not CORS but is met beside it: it is named as a warning, and is never a verdict."""

from functools import lru_cache
from ipaddress import ip_address

from emulator.browser.header_list import get, split_list
from emulator.browser.origin import is_potentially_trustworthy
from emulator.browser.url import is_ip_address, is_loopback, parse_url
from emulator.browser.verdict import WarningName
from emulator.messages import Headers

_CACHING = frozenset({"cache-control", "expires", "last-modified"})
"""The headers without any of which a browser does not cache a response, in lower case."""


@lru_cache(maxsize=1024)
def request_warnings(page_origin: str, target_origin: str) -> tuple[WarningName, ...]:
    """Name what stands in a call's way before CORS: mixed content, Local Network Access (Chrome 142 and later)."""
    page, url = parse_url(page_origin), parse_url(target_origin)
    if page is None or url is None or not page.is_http or page.host == url.host:
        return ()
    warnings: tuple[WarningName, ...] = ()
    if page.scheme == "https" and not is_potentially_trustworthy(url):
        warnings += (WarningName.MIXED_CONTENT,)
    if _is_nearer(url.host, page.host):
        warnings += (WarningName.LOCAL_NETWORK_ACCESS,)
    return warnings


def response_warnings(headers: Headers) -> tuple[WarningName, ...]:
    """Name the trap of the HTTP cache: a cacheable response names one origin but does not vary by it."""
    if not _CACHING & {key.lower() for key, _ in headers} or not _is_cacheable(headers):
        return ()
    if get(headers, "access-control-allow-origin") in {None, "*"}:
        return ()
    varies = {name.lower() for name in split_list((get(headers, "vary") or "",))}
    return () if varies & {"origin", "*"} else (WarningName.VARY_ORIGIN_MISSING,)


def _is_cacheable(headers: Headers) -> bool:
    """Tell whether a response is explicitly fresh, or has a validator from which browsers guess a lifetime (RFC 9111
    4.2.2)."""
    directives = {item.lower() for item in split_list((get(headers, "cache-control") or "",))}
    if directives & {"no-store", "max-age=0"}:
        return False
    has_lifetime = any(item.startswith(("max-age=", "immutable")) for item in directives)
    return has_lifetime or get(headers, "expires") is not None or get(headers, "last-modified") is not None


def _is_nearer(target: str, page: str) -> bool:
    """Tell whether the target's address space is more private than the page's; names beyond localhost count as
    public."""
    return _distance(target) < _distance(page)


def _distance(host: str) -> int:
    """Measure how far a host is from this machine: 0 for loopback, 1 for a private address, 2 for everything else."""
    if is_loopback(host):
        return 0
    if not is_ip_address(host):
        return 2
    return 1 if ip_address(host.strip("[]")).is_private else 2
