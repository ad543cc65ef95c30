"""The answer sets a cookie whose Path keeps it from the API's routes, or from some of them."""

import re
from collections.abc import Iterator

from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.deployment import base_path
from emulator.findings.changes import Fix, MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.set_cookies import SetCookie, set_cookies

HAS_PATH = re.compile(r";\s*path\s*=\s*/", re.IGNORECASE)
NAMED = 3
"""How many of the paths that miss the cookie are named."""


def find(case: Case) -> Found | None:
    """RFC 6265bis 5.1.4, path-match: a cookie without Path belongs to the folder of the URL that set it. One that no
    route gets is a warning; one that some get not may be meant so where it names its Path, else it is a note."""
    if case.credentials is not Credentials.INCLUDE and case.is_mode_shown:
        return None
    paths = tuple(dict.fromkeys(_paths(case)))
    for one in set_cookies(case):
        missing = _missing(one, paths)
        if missing and (len(missing) == len(paths) or not HAS_PATH.search(one.line)):
            return _found(case, one, missing, none_gets_it=len(missing) == len(paths))
    return None


def _found(case: Case, one: SetCookie, missing: tuple[str, ...], *, none_gets_it: bool) -> Found:
    path = "" if one.stored is None else one.stored.path
    more = ", ..." if len(missing) > NAMED else ""
    whom = f"to no route of '{case.api.name}'" if none_gets_it else f"not to {', '.join(missing[:NAMED])}{more}"
    why = "" if HAS_PATH.search(one.line) else ", as it names no Path and was set there"
    return Found(
        Layer.FUNCTION,
        f"The browser sends the cookie {one.name} {whom}: it belongs to {path} and what lies below{why}.",
        (f"Set-Cookie: {one.line}",),
        Fix((MendHandler(case.function, "set the cookie with `Path=/`"),)),
        Severity.WARNING if none_gets_it else Severity.NOTE,
    )


def _paths(case: Case) -> Iterator[str]:
    """Yield the path templates that pages call, with the stage before them."""
    for key in case.api.route_keys:
        method, _, template = key.partition(" ")
        if method != "OPTIONS":
            yield f"{base_path(case.api)}{template}" if template else "/{proxy+}"


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
