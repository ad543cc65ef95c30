"""What a browser remembers between calls: its preflight cache and its cookies."""

from collections.abc import Callable

from emulator.browser.cookie_jar import CookieJar
from emulator.browser.departures import Profile
from emulator.browser.preflight_cache import preflight_cache
from emulator.browser.profiles import CHROMIUM


def _timeless() -> float:
    return 0.0


class UserAgent:
    """One browser with one user profile, which remembers cookies and preflight results. `clock` gives Unix time in
    seconds; without one, nothing ever expires. `blocks_third_party_cookies` overrides the browser's own habit."""

    def __init__(
        self,
        profile: Profile = CHROMIUM,
        clock: Callable[[], float] = _timeless,
        blocks_third_party_cookies: bool | None = None,
    ) -> None:
        self.profile = profile
        self.clock = clock
        self.preflight_cache = preflight_cache(profile)
        self.cookie_jar = CookieJar(profile, blocks_third_party_cookies)
