"""A page's fetch against scripted answers, with no network."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from emulator.browser.call import Call, Page
from emulator.browser.departures import Profile
from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.fetch import Fetch
from emulator.browser.profiles import CHROMIUM
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Done
from emulator.messages import Response

PAGE = Page("https://app.example", "https://app.example/shop/index.html?tab=1")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a fetch ended, and what it sent on the way."""

    end: Done
    exchanged: tuple[Exchanged, ...]

    @property
    def requests(self) -> tuple[Send, ...]:
        return tuple(item.request for item in self.exchanged)

    @property
    def sent(self) -> list[str]:
        """Method and URL of each request, preflights marked."""
        return [f"{'preflight ' * item.is_preflight}{item.method} {item.url}" for item in self.requests]


Run = Callable[..., Ran]


@pytest.fixture
def run() -> Run:
    """Runs a Call; the answers are given out in turn, the last for ever. None is a failed connection."""

    def run(
        call: Call,
        *answers: Response | None,
        page: Page = PAGE,
        profile: Profile = CHROMIUM,
        agent: UserAgent | None = None,
    ) -> Ran:
        fetch = Fetch(call, page, agent or UserAgent(profile))
        step = fetch.start()
        while isinstance(step, Send):
            answer = answers[min(len(fetch.exchanged), len(answers) - 1)]
            step = fetch.fail("connection refused") if answer is None else fetch.receive(answer)
        return Ran(step, fetch.exchanged)

    return run
