"""The cookies that browsers were given by earlier answers, and why a page's later call came without one, as far as it
shows: one browser is told from another by its user agent, its windows are not."""

import dataclasses

from emulator.browser.cookie_jar import CookieContext, CookieJar
from emulator.browser.cookies import Cookie, CookieReason, domain_matches, path_matches
from emulator.browser.header_list import get_all
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.url import Url, parse_url
from emulator.deployment import Frontend
from emulator.exchange import Earlier, Exchange, MissingCookies, WithheldBy
from emulator.findings.review import shown_mode
from emulator.findings.set_cookies import REFUSED, name_of, names_path
from emulator.messages import Request

STORAGE_ACCESS = "sec-fetch-storage-access"
"""The header that Chromium and Firefox send across sites with credentials only; its value tells whether a third party's
cookies that are not partitioned go along (Storage Access Headers)."""

OF_SAME_SITE = frozenset(
    {
        CookieReason.SAME_SITE_STRICT,
        CookieReason.SAME_SITE_LAX,
        CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX,
    }
)
LONGEST = 80
"""Characters of a path that are told of a call by which cookies were set."""

BROWSERS = 8
COOKIES = 180
"""How many browsers are remembered, and cookies of each, expired ones too: as many as Chromium keeps of one domain."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Setter:
    """The call that a cookie was set by, who answered it, whether a page of another origin made it, whether it is
    certain that the browser took the cookie, and whether its line named a Path."""

    call: str
    function: str
    is_of_page: bool
    is_certain: bool
    names_path: bool


class _Browser:
    """One browser: its jar as Chromium would fill it, were no third party kept back; who set what; whose absence has
    been told of; whether it sends STORAGE_ACCESS."""

    __slots__ = ("jar", "sends_storage_access", "setters", "told")

    def __init__(self) -> None:
        self.jar = CookieJar(CHROMIUM, blocks_third_party=False)
        self.setters: dict[str, _Setter] = {}
        self.told: set[str] = set()
        self.sends_storage_access = False


class EarlierCookies:
    """Remembers what browsers were given. Its methods get the exchanges in the order in which they were answered."""

    def __init__(self) -> None:
        self._browsers: dict[str, _Browser] = {}

    def with_cookies(self, exchange: Exchange, frontends: tuple[Frontend, ...]) -> Exchange:
        """Record in a page's call which cookies it came without that were set before, and remember those that its
        answer sets. A call that was not refused is told of once."""
        request = exchange.request
        if not request.is_from_browser or request.is_preflight:
            return exchange
        browser = self._browsers.get(request.header("user-agent") or "")
        sets = exchange.response.header("set-cookie") is not None
        url = parse_url(request.own_origin + request.target) if sets or browser is not None else None
        if url is None:
            return exchange
        missing = None
        if browser is not None and _is_cors_call(request):
            missing = _missing(browser, exchange, url, shown_mode(request, exchange.api, frontends))
        if sets:
            self._take(exchange, url, _mode_of_setting(exchange, frontends))
        if missing is None:
            return exchange
        earlier = dataclasses.replace(exchange.earlier or Earlier(), cookies=missing)
        return dataclasses.replace(exchange, earlier=earlier)

    def tell_again(self) -> None:
        """Have the absence of cookies told again that has been told once."""
        for browser in self._browsers.values():
            browser.told.clear()

    def _take(self, exchange: Exchange, url: Url, mode: Credentials | None) -> None:
        """Store what an answer sets to a call of this mode, None where nothing shows it."""
        if mode not in (None, Credentials.INCLUDE):
            return
        request, name = exchange.request, exchange.request.header("user-agent") or ""
        if name not in self._browsers or len(self._browsers[name].setters) > COOKIES:
            self._browsers[name] = _Browser()
        if len(self._browsers) > BROWSERS:
            del self._browsers[next(iter(self._browsers))]
        browser = self._browsers[name]
        browser.sends_storage_access |= request.header(STORAGE_ACCESS) is not None
        for line in get_all(exchange.response.headers, "set-cookie"):
            named = name_of(line)
            if not named:
                continue  # it could be told only by its value
            browser.jar.store((line,), url, _context(request, url), exchange.stamp.epoch_ms / 1000)
            call, by = f"{request.method} {request.raw_path[:LONGEST]}", exchange.function or ""
            is_of_page, is_certain = _is_cors_call(request), mode is not None
            browser.setters[named] = _Setter(call, by, is_of_page, is_certain, names_path(line))
            browser.told.discard(named)


def _is_cors_call(request: Request) -> bool:
    """Tell whether a page of another origin called with fetch's mode cors."""
    return request.is_cross_origin and request.header("sec-fetch-mode") in (None, "cors")


def _mode_of_setting(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Credentials | None:
    """Tell with which credentials mode an answer that sets cookies was asked for: cookies belong to a top-level
    navigation and to a call of the API's own page in any case, and are not looked at in frames, behind a proxy and
    with no-cors."""
    request = exchange.request
    if _is_cors_call(request):
        return shown_mode(request, exchange.api, frontends)
    is_own = request.header("sec-fetch-site") == "same-origin" and not request.is_proxied
    return Credentials.INCLUDE if is_own or request.header("sec-fetch-dest") == "document" else Credentials.OMIT


def _context(request: Request, url: Url) -> CookieContext:
    """Tell who asks: the page where it really is, or, of a navigation, the answer's own origin (RFC 6265bis 5.2)."""
    page = (request.dev_origin or request.origin) if _is_cors_call(request) else None
    return CookieContext(page or url.origin, page or url.origin)


def _missing(browser: _Browser, exchange: Exchange, url: Url, mode: Credentials | None) -> MissingCookies | None:
    """Tell which cookies a call came without, and why; nothing of one that is declared to have no credentials."""
    request = exchange.request
    carried = _names(request.header("cookie") or "")
    for name in browser.setters.keys() & carried:
        browser.setters[name] = dataclasses.replace(browser.setters[name], is_certain=True)
    browser.sends_storage_access |= request.header(STORAGE_ACCESS) is not None
    if mode not in (None, Credentials.INCLUDE):
        return None
    kept = _kept_back(browser, exchange, url, carried)
    if kept is None:
        return None
    names, withheld_by = kept
    if exchange.response.status not in REFUSED and browser.told.issuperset(names):
        return None
    browser.told.update(names)
    setter = browser.setters[names[0]]
    path = next(one.path for one in browser.jar.cookies if one.name == names[0])
    return MissingCookies(names, withheld_by, setter.call, setter.function, setter.is_of_page, path)


def _kept_back(
    browser: _Browser, exchange: Exchange, url: Url, carried: frozenset[str]
) -> tuple[tuple[str, ...], WithheldBy] | None:
    request, now = exchange.request, exchange.stamp.epoch_ms / 1000
    context = _context(request, url)
    sent = browser.jar.cookies_for(url, context, now)
    of_site = tuple(one.cookie for one in sent.withheld if one.reason in OF_SAME_SITE and one.cookie not in carried)
    if of_site:
        return of_site, WithheldBy.SAME_SITE
    due = tuple(pair.partition("=")[0] for pair in sent.header.split("; ") if "=" in pair)
    if not due:
        below = _below(browser, url, now) - carried if exchange.response.status in REFUSED else frozenset()
        return (tuple(sorted(below)), WithheldBy.PATH) if below else None
    if request.header("cookie") is not None:
        return None  # it has credentials, and the browser that cookie no more
    withheld_by = _by_mode(browser, due, request.header(STORAGE_ACCESS), is_same_site=context.is_same_site(url))
    if withheld_by is WithheldBy.THIRD_PARTY and not sent.has_third_party:
        return None
    return None if withheld_by is None else (due, withheld_by)


def _by_mode(browser: _Browser, due: tuple[str, ...], access: str | None, *, is_same_site: bool) -> WithheldBy | None:
    """Tell why a call has no Cookie at all. With STORAGE_ACCESS it has credentials."""
    if access is not None:
        return WithheldBy.THIRD_PARTY if access in ("none", "inactive") else None
    if browser.sends_storage_access and not is_same_site:
        return WithheldBy.MODE
    is_certain = all(browser.setters[name].is_certain for name in due)
    return WithheldBy.MODE_OR_GONE if is_certain else WithheldBy.NEVER_KEPT


def _below(browser: _Browser, url: Url, now: float) -> frozenset[str]:
    """Name the cookies of a host that belong to another folder because their lines named no Path."""
    return frozenset(
        one.name
        for one in browser.jar.cookies
        if _is_of_host(one, url.host)
        and not path_matches(url.path, one.path)
        and now < one.expires
        and not browser.setters[one.name].names_path
    )


def _is_of_host(cookie: Cookie, host: str) -> bool:
    return host == cookie.domain if cookie.host_only else domain_matches(host, cookie.domain)


def _names(header: str) -> frozenset[str]:
    return frozenset(pair.partition("=")[0].strip() for pair in header.split(";"))
