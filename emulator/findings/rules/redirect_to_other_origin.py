"""The call is redirected to another origin, where the page arrives as `null`."""

from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.redirect import REDIRECT_STATUSES, location_url
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import Allowed
from emulator.findings.changes import MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

METHOD_KEPT = frozenset({307, 308})
"""The statuses that send the same request on, with its method and body (RFC 9110 15.4): no page is shown so."""

LED = "answer 401, or with the URL in the body, and let the page go there itself"
SENT_ON = "answer with the URL in the body, and let the page send its request there itself"


def find(case: Case) -> Found | None:
    """Fetch Standard 4.4, HTTP-redirect fetch: a call that leaves one foreign origin for another has a tainted origin,
    and each answer on the way is checked."""
    response, request = case.exchange.response, case.request
    current = parse_url(request.own_origin + request.target)
    if current is None or not isinstance(case.verdict, Allowed) or request.is_preflight:
        return None
    target = location_url(response, current, CHROMIUM)
    if response.status not in REDIRECT_STATUSES or not isinstance(target, Url) or target.origin == current.origin:
        return None
    needed = "`*` or `null`"
    if case.credentials is Credentials.INCLUDE:
        needed = "`null` by name and allows credentials, which nothing should"
    is_sent_on = response.status in METHOD_KEPT and request.method not in {"GET", "HEAD"}
    page = "" if is_sent_on else ": a page to be shown, such as a login's, is never shown so"
    return Found(
        case.exchange.layer,
        f"The browser follows to {target.origin} with `Origin: null`, and blocks the answer unless it allows "
        f"{needed}{page}.",
        (f"{response.status}, Location: {response.header('location')}",),
        Fix((MendHandler(case.function, SENT_ON if is_sent_on else LED),)),
    )


RULE = Rule("redirect-to-other-origin", Severity.WARNING, find)
