"""How long a browser keeps the result of a preflight, and how to change it."""

from emulator.browser.departures import Profile
from emulator.browser.preflight_cache import max_age
from emulator.browser.profiles import CHROMIUM, FIREFOX, WEBKIT
from emulator.browser.verdict import Allowed
from emulator.findings.changes import Answer, Change, ReturnHeaders, SetCorsMaxAge
from emulator.findings.facts import lets_in
from emulator.findings.finding import Case

MAX_AGE = "Access-Control-Max-Age"
BROWSERS: tuple[tuple[str, Profile], ...] = (("Chromium", CHROMIUM), ("Safari", WEBKIT), ("Firefox", FIREFOX))
LONGEST_S = CHROMIUM.cache_cap


def kept_s(case: Case) -> int | None:
    """Tell for how many seconds Chromium keeps what a preflight allowed; None for anything else than such an answer."""
    if not case.request.is_preflight or not isinstance(case.verdict, Allowed):
        return None
    return max_age(case.exchange.response, CHROMIUM)


def keep_for(case: Case, seconds: int) -> Change:
    """Let the preflight's answer be kept for so many seconds."""
    if case.cors is not None and lets_in(case):
        return SetCorsMaxAge(case.api.name, seconds)
    return ReturnHeaders(case.function, ((MAX_AGE, str(seconds)),), Answer.PREFLIGHT)
