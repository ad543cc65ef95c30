"""A cookie that a page gets only because all ports of localhost are one site."""

from emulator.aws.product import Layer
from emulator.browser.cookies import SameSite
from emulator.browser.modes import Credentials
from emulator.browser.origin import is_same_site
from emulator.browser.url import is_loopback, parse_url
from emulator.findings.changes import DoByHand, MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.set_cookies import BY_OWN_NAME, set_cookies


def find(case: Case) -> Found | None:
    """HTML Standard, same site: ports do not count. The names that AWS gives to APIs and function URLs are sites of
    their own (publicsuffix.org: execute-api and lambda-url of each region)."""
    origin = case.request.dev_origin or case.origin  # where the browser has the page
    page = parse_url(origin)
    if page is None or not is_loopback(page.host) or not is_same_site(origin, case.request.own_origin):
        return None
    if case.credentials is not Credentials.INCLUDE and case.is_mode_shown:
        return None
    kept = [one for one in set_cookies(case) if one.stored is not None and one.stored.same_site is not SameSite.NONE]
    if not kept:
        return None
    names = ", ".join(one.name for one in kept)
    across = MendHandler(case.function, "set the cookie with `SameSite=None; Secure; Partitioned`")
    return Found(
        Layer.FUNCTION,
        f"The page gets the cookie {names} because all ports of this machine are one site. Deployed, page and API are "
        f"two sites by the names that AWS gives, and the browser refuses it.",
        tuple(f"Set-Cookie: {one.line}" for one in kept),
        Fix((across,), ((DoByHand(BY_OWN_NAME),),), given="If they are not to be of one site"),
    )


RULE = Rule("same-site-by-accident", Severity.NOTE, find)
