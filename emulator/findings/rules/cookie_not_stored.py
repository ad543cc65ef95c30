"""The answer sets a cookie, and the page's call has no credentials: the browser ignores it."""

import dataclasses

from emulator.aws.product import Layer
from emulator.browser.initiator import is_loaded
from emulator.browser.modes import Credentials
from emulator.findings.allowing import needed_with_credentials
from emulator.findings.changes import CallWithCredentials
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.set_cookies import set_cookies
from emulator.findings.unlistable_origin import is_listable


def find(case: Case) -> Found | None:
    """Fetch Standard, HTTP-network fetch: Set-Cookie counts only where the call includes credentials. A note where
    nothing shows the page's mode; nothing of what an element loads, which is seldom to log anybody in."""
    if case.credentials is Credentials.INCLUDE or not is_listable(case.origin) or is_loaded(case.request):
        return None
    set_ = [one for one in set_cookies(case) if one.stored is not None]
    if not set_:
        return None
    names = ", ".join(one.name for one in set_)
    message = f"The browser ignores the cookie {names}: across origins a call stores cookies only with credentials: "
    fix = Fix((CallWithCredentials(), *needed_with_credentials(case)))
    if case.is_mode_shown:
        return Found(Layer.BROWSER, f"{message}'include'.", tuple(f"Set-Cookie: {one.line}" for one in set_), fix)
    message = f"Nothing shows whether this page calls with credentials: 'include'. If not, it never gets {names}."
    given = dataclasses.replace(fix, given="If it does not")
    return Found(Layer.BROWSER, message, tuple(f"Set-Cookie: {one.line}" for one in set_), given, Severity.NOTE)


RULE = Rule("cookie-not-stored", Severity.WARNING, find)
