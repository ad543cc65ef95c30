"""The cookies that an answer sets, and what becomes of each in the page's browser."""

import re
from dataclasses import dataclass

from emulator.browser.cookie_jar import CookieContext, CookieJar
from emulator.browser.cookies import Cookie, CookieReason
from emulator.browser.header_list import get_all
from emulator.browser.profiles import CHROMIUM
from emulator.browser.url import Url, is_loopback, parse_url
from emulator.browser.verdict import Allowed
from emulator.findings.finding import Case

REFUSED = (401, 403)
"""The statuses of a call that needed a cookie and came without."""

BY_OWN_NAME = "let the page call the API by a name of its own site, such as api.example.com for shop.example.com"
"""What makes a page and its API one site, as an imperative."""

_HAS_PATH = re.compile(r";\s*path\s*=\s*/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SetCookie:
    """One Set-Cookie line of an answer, without the cookie's value, which may be all that a session needs; the cookie's
    `name`, and the `stored` cookie of a call with credentials; else why the browser refuses it."""

    line: str
    name: str
    stored: Cookie | None = None
    refused: CookieReason | None = None


def set_cookies(case: Case) -> tuple[SetCookie, ...]:
    """Read what the answer to an allowed call sets, by Chromium's rules (RFC 6265bis 5.7); a line that only deletes is
    left out. That a third party's cookies may be kept back altogether is another matter (third_party_cookies.py)."""
    url = parse_url(case.request.own_origin + case.request.target)
    if url is None or case.request.is_preflight or not isinstance(case.verdict, Allowed):
        return ()
    lines = get_all(case.exchange.response.headers, "set-cookie")
    return tuple(one for line in lines if (one := _set(line, url, case)) is not None)


def _set(line: str, url: Url, case: Case) -> SetCookie | None:
    jar = CookieJar(CHROMIUM, blocks_third_party=False)
    origin = _asking(case.origin, url)
    refused = jar.store((line,), url, CookieContext(origin, origin), case.exchange.stamp.epoch_ms / 1000)
    name, shown = without_value(line)
    if refused:
        return SetCookie(shown, name, refused=refused[0].reason)
    return next((SetCookie(shown, name, one) for one in jar.cookies), None)


def without_value(line: str) -> tuple[str, str]:
    """Return a cookie's name, and its Set-Cookie line with `...` for its value (RFC 6265bis 5.6: without "=" it is all
    value)."""
    pair, semicolon, attributes = line.partition(";")
    named = name_of(line)
    return named or "without a name", f"{named}{'=' if '=' in pair else ''}...{semicolon}{attributes}"


def name_of(line: str) -> str:
    """Read the name of the cookie in a Set-Cookie line, "" where it has none."""
    name, equals, _ = line.partition(";")[0].partition("=")
    return name.strip() if equals else ""


def names_path(line: str) -> bool:
    """Tell whether a Set-Cookie line has a Path that counts (RFC 6265bis 5.6.4: one that begins with "/")."""
    return _HAS_PATH.search(line) is not None


def _asking(origin: str, url: Url) -> str:
    """Take a page that is deployed elsewhere for one of the API's own site: an address of this machine does not tell on
    which site the API will be."""
    page = parse_url(origin)
    is_deployed = page is not None and page.is_http and not is_loopback(page.host)
    return url.origin if is_deployed and is_loopback(url.host) else origin
