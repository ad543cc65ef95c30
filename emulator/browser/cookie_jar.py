"""The cookies of one browser profile: which of them a call sends, and which it may set (RFC 6265bis 5.7, 5.8; CHIPS).

CORS decides none of this; it decides only whether a call has credentials at all.
"""

from dataclasses import dataclass, replace

from emulator.browser.cookies import Cookie, CookieReason, SameSite, domain_matches, parse_set_cookie, path_matches
from emulator.browser.departures import Profile
from emulator.browser.origin import is_same_site, site
from emulator.browser.url import Url, is_loopback


@dataclass(frozen=True, slots=True)
class Withheld:
    """A cookie that was not sent, or not stored, and why. `cookie` is its name, or the whole Set-Cookie line where it
    has none."""

    cookie: str
    reason: CookieReason


@dataclass(frozen=True, slots=True)
class Sent:
    """What of the jar goes with a request: `header` is the Cookie header's value, "" for none; `withheld` are the
    cookies that stayed behind; `has_third_party` tells whether an unpartitioned cookie of a third party went along."""

    header: str = ""
    withheld: tuple[Withheld, ...] = ()
    has_third_party: bool = False


@dataclass(frozen=True, slots=True)
class CookieContext:
    """Who asks for cookies: the page's origin and that of the top-level page, which differ in frames only."""

    origin: str
    top_level_origin: str

    def is_same_site(self, url: Url) -> bool:
        """Tell whether `url` is of one site with every page up to the top, which is what SameSite means for a fetch."""
        return is_same_site(self.top_level_origin, url.origin) and is_same_site(self.origin, url.origin)


class CookieJar:
    """The cookies of one browser profile, in the order they were first set. `blocks_third_party` overrides the
    profile's own habit where it is not None."""

    def __init__(self, profile: Profile, blocks_third_party: bool | None = None) -> None:
        self._profile = profile
        self._blocks = profile.blocks_third_party_cookies if blocks_third_party is None else blocks_third_party
        self._cookies: dict[tuple[str, str, bool, str, str], Cookie] = {}

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """All cookies of the jar, those that have expired too."""
        return tuple(self._cookies.values())

    def cookies_for(self, url: Url, context: CookieContext, now: float) -> Sent:
        """Select what a credentialed request to `url` carries, longest path first; `now` is Unix time in seconds."""
        sent: list[Cookie] = []
        withheld: list[Withheld] = []
        is_third_party = not context.is_same_site(url)
        for cookie in self._cookies.values():
            if not self._concerns(cookie, url, context, now):
                continue
            reason = self._reason_not_to_send(cookie, url, context)
            if reason is None:
                sent.append(cookie)
            else:
                withheld.append(Withheld(cookie.name or cookie.value, reason))
        sent.sort(key=lambda cookie: -len(cookie.path))
        has_common = is_third_party and any(not cookie.partition for cookie in sent)
        return Sent("; ".join(cookie.pair for cookie in sent), tuple(withheld), has_common)

    def store(self, lines: tuple[str, ...], url: Url, context: CookieContext, now: float) -> tuple[Withheld, ...]:
        """Take in the Set-Cookie `lines` of a response from `url`, and return those that were refused; `now` is Unix
        time in seconds."""
        refused: list[Withheld] = []
        for line in lines:
            cookie = parse_set_cookie(line, url, now, self._profile)
            name = line.partition("=")[0].strip() if "=" in line.partition(";")[0] else line
            if isinstance(cookie, CookieReason):
                refused.append(Withheld(name, cookie))
                continue
            cookie = replace(cookie, partition=self._partition_of(cookie, url, context))
            reason = self._reason_not_to_store(cookie, url, context)
            if reason is not None:
                refused.append(Withheld(name, reason))
            else:
                self._put(cookie, now)
        return tuple(refused)

    def _concerns(self, cookie: Cookie, url: Url, context: CookieContext, now: float) -> bool:
        """Tell whether a cookie's domain, path, partition and age let it concern this request; one that fails here is
        not even withheld."""
        is_host = url.host == cookie.domain if cookie.host_only else domain_matches(url.host, cookie.domain)
        return (
            is_host
            and path_matches(url.path, cookie.path)
            and now < cookie.expires
            and cookie.partition == self._partition_of(cookie, url, context)
        )

    def _partition_of(self, cookie: Cookie, url: Url, context: CookieContext) -> str:
        """Name the partition a cookie is in when this page sets or sends it: a top-level site, or "" for the common
        one."""
        is_apart = self._profile.partitions_third_party_cookies and not context.is_same_site(url)
        return site(context.top_level_origin) if cookie.partitioned or is_apart else ""

    def _reason_not_to_send(self, cookie: Cookie, url: Url, context: CookieContext) -> CookieReason | None:
        if cookie.secure and not self._is_secure(url):
            return CookieReason.SECURE_ONLY
        return self._reason_across_sites(cookie, url, context)

    def _reason_not_to_store(self, cookie: Cookie, url: Url, context: CookieContext) -> CookieReason | None:
        if not self._is_secure(url):
            if cookie.secure:
                return CookieReason.SECURE_ONLY
            if any(self._overlays(cookie, other) for other in self._cookies.values()):
                return CookieReason.OVERWRITE_SECURE
        return self._reason_across_sites(cookie, url, context)

    def _reason_across_sites(self, cookie: Cookie, url: Url, context: CookieContext) -> CookieReason | None:
        if context.is_same_site(url):
            return None
        match cookie.same_site:
            case SameSite.STRICT:
                return CookieReason.SAME_SITE_STRICT
            case SameSite.LAX:
                return CookieReason.SAME_SITE_LAX
            case SameSite.UNSPECIFIED if self._profile.unspecified_same_site_is_lax:
                return CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX
            case _:
                return CookieReason.THIRD_PARTY_BLOCKED if self._blocks and not cookie.partition else None

    def _is_secure(self, url: Url) -> bool:
        return url.scheme == "https" or (self._profile.loopback_is_secure_for_cookies and is_loopback(url.host))

    def _overlays(self, cookie: Cookie, other: Cookie) -> bool:
        """Tell whether plain http would shadow a Secure cookie, which it may not (RFC 6265bis 5.7, step 16)."""
        return (
            other.secure
            and other.name == cookie.name
            and (domain_matches(other.domain, cookie.domain) or domain_matches(cookie.domain, other.domain))
            and path_matches(cookie.path, other.path)
        )

    def _put(self, cookie: Cookie, now: float) -> None:
        key = (cookie.name, cookie.domain, cookie.host_only, cookie.path, cookie.partition)
        if cookie.expires <= now:
            self._cookies.pop(key, None)
        else:
            earlier = self._cookies.get(key)
            if earlier is not None and earlier.value != cookie.value and self._profile.changed_cookies_count_as_new:
                del self._cookies[key]
            self._cookies[key] = cookie
