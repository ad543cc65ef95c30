"""A cookie stays behind: an answer sets one whose Path keeps it from the API's routes, or a call came without one that
was set before."""

from collections.abc import Iterator
from dataclasses import replace

from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.exchange import MissingCookies, WithheldBy
from emulator.findings.allowing import needed_with_credentials
from emulator.findings.changes import CallWithCredentials, DoByHand, MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.set_cookies import BY_OWN_NAME, REFUSED, SetCookie, names_path, set_cookies

NAMED = 3
"""How many of the paths that miss the cookie are named."""

AT_ROOT = "set the cookie with `Path=/`"
ACROSS_SITES = "set the cookie with `SameSite=None; Secure`"
PARTITIONED = "set the cookie with `SameSite=None; Secure; Partitioned`"

WHY = {
    WithheldBy.PATH: "it belongs to {path} and what lies below.",
    WithheldBy.SAME_SITE: "its SameSite keeps it from the calls of other sites' pages.",
    WithheldBy.THIRD_PARTY: "the browser keeps the cookies of third parties back (Sec-Fetch-Storage-Access: {access}).",
    WithheldBy.MODE: "the call was made without credentials: 'include'.",
    WithheldBy.MODE_OR_GONE: "the call was made without credentials: 'include', or its browser has the cookie no more; "
    "a private window never had it.",
    WithheldBy.NEVER_KEPT: "one of the two calls was made without credentials: 'include', or the browser has the "
    "cookie no more; a private window never had it.",
}
"""Why a call came without a cookie."""

OF_THE_COOKIE = frozenset({WithheldBy.PATH, WithheldBy.SAME_SITE, WithheldBy.THIRD_PARTY})
"""The reasons that lie in how a cookie was set."""

CERTAIN = OF_THE_COOKIE | {WithheldBy.MODE}
"""The reasons that the exchanges show; of the others they show that one of several holds."""


def find(case: Case) -> Found | None:
    """RFC 6265bis 5.1.4, path-match: a cookie without Path belongs to the folder of the URL that set it. One that no
    route gets is a warning; one that some get not may be meant so where it names its Path, else it is a note."""
    earlier = case.exchange.earlier
    if earlier is not None and earlier.cookies is not None:
        return _missed(case, earlier.cookies)
    if case.credentials is not Credentials.INCLUDE and case.is_mode_shown:
        return None
    paths = tuple(dict.fromkeys(_paths(case)))
    for one in set_cookies(case):
        missing = _missing(one, paths)
        if missing and (len(missing) == len(paths) or not names_path(one.line)):
            return _found(case, one, missing, none_gets_it=len(missing) == len(paths))
    return None


def _missed(case: Case, cookies: MissingCookies) -> Found:
    """Say of a call that it lacks cookies. That it needs them shows where it was refused: a warning, where the reason
    shows too."""
    by, is_needed = cookies.withheld_by, case.status in REFUSED
    is_warning = is_needed and by in CERTAIN
    why = WHY[by].format(path=cookies.path, access=case.request.header("sec-fetch-storage-access"))
    fix = _fix_of(case, cookies)
    return Found(
        Layer.FUNCTION if by in OF_THE_COOKIE else Layer.BROWSER,
        f"This call came without the cookie {', '.join(cookies.names)}, which the answer to {cookies.set_by} sets: "
        f"{why}",
        (f"it was answered {case.status}" if is_needed else "whether it needs the cookie does not show",),
        fix if is_warning else replace(fix, given="If it needs the cookie"),
        Severity.WARNING if is_warning else Severity.NOTE,
    )


def _fix_of(case: Case, cookies: MissingCookies) -> Fix:
    """Mend it. Partitioned is no help to a cookie that a navigation sets: it would be of the API's own partition, and
    kept from the page's (CHIPS)."""
    own_name = DoByHand(BY_OWN_NAME)
    match cookies.withheld_by:
        case WithheldBy.PATH:
            return Fix((MendHandler(cookies.function, AT_ROOT),))
        case WithheldBy.SAME_SITE:
            return Fix((MendHandler(cookies.function, ACROSS_SITES),), ((own_name,),))
        case WithheldBy.THIRD_PARTY if cookies.is_of_page:
            return Fix((MendHandler(cookies.function, PARTITIONED),), ((own_name,),))
        case WithheldBy.THIRD_PARTY:
            return Fix((own_name,))
    return Fix((CallWithCredentials(), *needed_with_credentials(case)))


def _found(case: Case, one: SetCookie, missing: tuple[str, ...], *, none_gets_it: bool) -> Found:
    path = "" if one.stored is None else one.stored.path
    more = ", ..." if len(missing) > NAMED else ""
    whom = f"to no route of '{case.api.name}'" if none_gets_it else f"not to {', '.join(missing[:NAMED])}{more}"
    why = "" if names_path(one.line) else ", as it names no Path and was set there"
    return Found(
        Layer.FUNCTION,
        f"The browser sends the cookie {one.name} {whom}: it belongs to {path} and what lies below{why}.",
        (f"Set-Cookie: {one.line}",),
        Fix((MendHandler(case.function, AT_ROOT),)),
        Severity.WARNING if none_gets_it else Severity.NOTE,
    )


def _paths(case: Case) -> Iterator[str]:
    """Yield the path templates that pages call, with the stage before them."""
    for key in case.api.route_keys:
        method, _, template = key.partition(" ")
        if method != "OPTIONS":
            yield f"{case.api.base_path}{template}" if template else "/{proxy+}"


def _missing(one: SetCookie, paths: tuple[str, ...]) -> tuple[str, ...]:
    """List the paths that a stored cookie does not go to."""
    return () if one.stored is None else tuple(path for path in paths if not _goes_to(one.stored.path, path))


def _goes_to(cookie_path: str, template: str) -> bool:
    """Tell whether a cookie's path is one that the template takes, or a folder above such a one."""
    segments = [segment for segment in template.split("/") if segment]
    for index, folder in enumerate(filter(None, cookie_path.split("/"))):
        if index == len(segments):
            return False
        if segments[index].endswith("+}"):
            return True
        if not segments[index].startswith("{") and segments[index] != folder:
            return False
    return True


RULE = Rule("cookie-not-sent", Severity.WARNING, find)
