"""One cookie: how a Set-Cookie line is read (RFC 6265bis 5.6), and which rules refuse it.

The reasons are Chromium's (DevTools protocol: `Network.SetCookieBlockedReason`, `Network.CookieBlockedReason`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from emulator.browser.cookie_date import parse_cookie_date
from emulator.browser.departures import Profile
from emulator.browser.origin import is_public_suffix
from emulator.browser.url import Url, is_ip_address

_MAX_PAIR, _MAX_ATTRIBUTE = 4096, 1024
"""The most bytes that a name and its value have together, and the value of an attribute has (RFC 6265bis 5.6): a longer
pair is refused, a longer attribute is ignored."""
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]").search
_SECONDS = re.compile(r"-?\d+").fullmatch
_SIGNED = re.compile(r"[+-]?\d+").fullmatch
FOREVER = float("inf")
"""When a session cookie expires: never, by the clock."""


class SameSite(StrEnum):
    """A cookie's same-site-flag (RFC 6265bis 5.6.7). What UNSPECIFIED means differs by browser."""

    STRICT = "Strict"
    LAX = "Lax"
    NONE = "None"
    UNSPECIFIED = ""


class CookieReason(StrEnum):
    """Why a browser did not store a cookie, or did not send one. Values are the DevTools protocol's."""

    SYNTAX_ERROR = "SyntaxError"
    DISALLOWED_CHARACTER = "DisallowedCharacter"
    NAME_VALUE_PAIR_EXCEEDS_MAX_SIZE = "NameValuePairExceedsMaxSize"
    INVALID_DOMAIN = "InvalidDomain"
    INVALID_PREFIX = "InvalidPrefix"
    SECURE_ONLY = "SecureOnly"
    OVERWRITE_SECURE = "OverwriteSecure"
    SAME_SITE_STRICT = "SameSiteStrict"
    SAME_SITE_LAX = "SameSiteLax"
    SAME_SITE_UNSPECIFIED_TREATED_AS_LAX = "SameSiteUnspecifiedTreatedAsLax"
    SAME_SITE_NONE_INSECURE = "SameSiteNoneInsecure"
    THIRD_PARTY_BLOCKED = "UserPreferences"
    PARTITIONED_INSECURE = "PartitionedInsecure"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A stored cookie. `domain` has no leading dot. `partition` is the top-level site that a partitioned cookie belongs
    to, "" for a cookie of the common jar. `expires` is Unix time in seconds."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: SameSite
    partitioned: bool
    partition: str
    expires: float

    @property
    def pair(self) -> str:
        """The cookie as the Cookie header has it."""
        return f"{self.name}={self.value}" if self.name else self.value


def parse_set_cookie(line: str, url: Url, now: float, profile: Profile) -> Cookie | CookieReason:
    """Read one Set-Cookie line of a response from `url`, and judge it by every rule that needs no look at the jar or
    the page. `now` is Unix time in seconds."""
    if _CONTROL(line):
        return CookieReason.DISALLOWED_CHARACTER
    first, _, rest = line.partition(";")
    name, equals, value = first.partition("=")
    name, value = (name.strip(" \t"), value.strip(" \t")) if equals else ("", first.strip(" \t"))
    if profile.refuses_cookies_without_name and not name:
        if equals:
            return CookieReason.SYNTAX_ERROR
        name, value = value, ""
    # A second "=" would let such a cookie pass for another (refused by Chromium and Firefox; observed).
    if not name and (not value or "=" in value):
        return CookieReason.SYNTAX_ERROR
    if len(name) + len(value) > _MAX_PAIR:
        return CookieReason.NAME_VALUE_PAIR_EXCEEDS_MAX_SIZE
    attributes = _attributes(rest)
    domain = _domain(attributes.get("domain", ""), url.host)
    if domain is None:
        return CookieReason.INVALID_DOMAIN
    cookie = Cookie(
        name=name,
        value=value,
        domain=domain or url.host,
        host_only=not domain,
        path=_path(attributes.get("path", ""), url.path),
        secure="secure" in attributes,
        http_only="httponly" in attributes,
        same_site=_same_site(attributes.get("samesite", "")),
        partitioned="partitioned" in attributes,
        partition="",
        expires=_expires(attributes, now, profile),
    )
    return _check(cookie, "path" in attributes, profile) or cookie


def _attributes(text: str) -> dict[str, str]:
    """Read the attributes of a Set-Cookie line, names in lower case. Of equal names the last counts, and a value that
    is too long counts as if it were not there."""
    attributes: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        trimmed = value.strip(" \t")
        if len(trimmed) <= _MAX_ATTRIBUTE:
            attributes[name.strip(" \t").lower()] = trimmed
    return attributes


def _domain(attribute: str, host: str) -> str | None:
    """Read the domain to store: "" makes a host-only cookie, None means that the host may not set it."""
    domain = attribute.removeprefix(".").lower()
    if not domain or domain == host:
        # An address, and a suffix that is itself a host, can only be named for itself alone.
        return "" if not domain or is_ip_address(host) or is_public_suffix(host) else domain
    if not domain_matches(host, domain) or is_public_suffix(domain):
        return None
    return domain


def domain_matches(host: str, domain: str) -> bool:
    """Tell whether a host is `domain` or lies below it (RFC 6265bis 5.1.3, domain-match)."""
    return host == domain or (host.endswith(f".{domain}") and not is_ip_address(host))


def path_matches(path: str, cookie_path: str) -> bool:
    """Tell whether a request's path is a cookie's path or lies below it (RFC 6265bis 5.1.4, path-match)."""
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )


def _path(attribute: str, url_path: str) -> str:
    return attribute if attribute.startswith("/") else url_path.rpartition("/")[0] or "/"


def _same_site(attribute: str) -> SameSite:
    try:
        return SameSite(attribute.capitalize())
    except ValueError:
        return SameSite.UNSPECIFIED


def _expires(attributes: dict[str, str], now: float, profile: Profile) -> float:
    expires: float = FOREVER
    max_age = attributes.get("max-age", "")
    is_number = _SIGNED if profile.cookie_age_may_have_plus else _SECONDS
    if is_number(max_age):
        expires = now + max(0, int(max_age))
    elif (date := parse_cookie_date(attributes.get("expires", ""))) is not None:
        expires = date
    cap = profile.cookie_lifetime_cap
    return expires if cap is None or expires == FOREVER else min(expires, now + cap)


def _check(cookie: Cookie, has_path: bool, profile: Profile) -> CookieReason | None:
    lowered = cookie.name.lower() or cookie.value.lower()
    is_host_prefixed = lowered.startswith("__host-")
    if (is_host_prefixed or lowered.startswith("__secure-")) and (not cookie.secure or not cookie.name):
        return CookieReason.INVALID_PREFIX
    if is_host_prefixed and not (cookie.host_only and cookie.path == "/" and has_path):
        return CookieReason.INVALID_PREFIX
    if cookie.same_site is SameSite.NONE and not cookie.secure and profile.same_site_none_needs_secure:
        return CookieReason.SAME_SITE_NONE_INSECURE
    if cookie.partitioned and not cookie.secure:
        return CookieReason.PARTITIONED_INSECURE
    return None
