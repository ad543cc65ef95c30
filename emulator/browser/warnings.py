"""What is not CORS but is met beside it: it is named as a warning, and is never a verdict."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

from emulator.browser.header_list import get, split_list
from emulator.browser.origin import is_potentially_trustworthy
from emulator.browser.url import is_ip_address, is_loopback, parse_url
from emulator.browser.verdict import WarningName
from emulator.messages import Headers

_CACHING = frozenset({"cache-control", "expires", "last-modified"})
"""The headers without any of which a browser does not cache a response, in lower case."""


@dataclass(frozen=True, slots=True)
class WarningWords:
    """What a warning means, as sentences; and how what it warns of is avoided, as an imperative without a full
    stop."""

    meaning: str
    remedy: str


WORDS = {
    WarningName.AUTHORIZATION_COVERED_BY_WILDCARD: WarningWords(
        "Only `*` in Access-Control-Allow-Headers covers Authorization. The Fetch Standard says it does not; browsers "
        "still let it pass and announce that they will stop.",
        "name authorization in Access-Control-Allow-Headers",
    ),
    WarningName.VARY_ORIGIN_MISSING: WarningWords(
        "This answer may be cached and names one origin, without `Vary: Origin`: where other requests get another "
        "answer, a page that finds the wrong one in the HTTP cache is blocked, with no request to be seen anywhere.",
        "send `Vary: Origin` with it, or `Cache-Control: no-store`",
    ),
    WarningName.MIXED_CONTENT: WarningWords(
        "A page on https calls plain http: browsers block that before CORS comes up, but for loopback addresses.",
        "call the API by https",
    ),
    WarningName.LOCAL_NETWORK_ACCESS: WarningWords(
        "A page from elsewhere calls an address of this machine or network: Chromium asks the user first, before CORS.",
        "deploy the API beside the page, or allow the page's origin in the browser for local development",
    ),
    WarningName.THIRD_PARTY_COOKIES: WarningWords(
        "Cookies went to another site than the page's: Safari, private windows and soon others keep them back.",
        "serve page and API from one site, or set the cookie with `SameSite=None; Secure; Partitioned`",
    ),
}


OF_ADDRESS = frozenset({WarningName.MIXED_CONTENT, WarningName.LOCAL_NETWORK_ACCESS, WarningName.THIRD_PARTY_COOKIES})
"""The warnings that come of where the API is reached: they may not hold where it is deployed."""


def finding_name(warning: WarningName) -> str:
    """Give the name under which it is found: `VaryOriginMissing` is "vary-origin-missing"."""
    return re.sub("(?<!^)([A-Z])", r"-\1", warning).lower()


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
    if not is_reused_for_any_origin(headers) or get(headers, "access-control-allow-origin") in {None, "*"}:
        return ()
    return (WarningName.VARY_ORIGIN_MISSING,)


def is_reused_for_any_origin(headers: Headers) -> bool:
    """Tell whether a browser answers later requests for the URL with this response, whatever their Origin and without
    asking (RFC 9111 4.1 and 4.2)."""
    if not _CACHING & {key.lower() for key, _ in headers} or not _is_cacheable(headers):
        return False
    varies = {name.lower() for name in split_list((get(headers, "vary") or "",))}
    return not varies & {"origin", "*"}


def _is_cacheable(headers: Headers) -> bool:
    """Tell whether a response is explicitly fresh, or has a validator from which browsers guess a lifetime (RFC 9111
    4.2.2)."""
    directives = {item.lower() for item in split_list((get(headers, "cache-control") or "",))}
    if directives & {"no-store", "no-cache", "max-age=0"}:
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
