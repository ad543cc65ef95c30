from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.call import Call
from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM, WEBKIT
from emulator.browser.user_agent import UserAgent
from emulator.messages import Response

Run = Callable[..., Any]
URL = "https://api.app.example/"
OPEN = (("Access-Control-Allow-Origin", "https://app.example"), ("Access-Control-Allow-Credentials", "true"))
ALLOWING = Response(204, (*OPEN, ("Access-Control-Allow-Methods", "PUT"), ("Access-Control-Max-Age", "1")))
SETTING = Response(200, (*OPEN, ("Set-Cookie", "a=1; Max-Age=1")))
CALL = Call(URL, "PUT", credentials=Credentials.INCLUDE)


def test_without_a_clock_nothing_expires(run: Run) -> None:
    agent = UserAgent()
    run(CALL, ALLOWING, SETTING, agent=agent)
    (request,) = run(CALL, Response(200, OPEN), agent=agent).requests
    assert request.header("cookie") == "a=1"


def test_everything_expires_by_the_clock(run: Run) -> None:
    seconds = [10.0]
    agent = UserAgent(clock=lambda: seconds[0])
    run(CALL, ALLOWING, SETTING, agent=agent)
    seconds[0] = 11.0
    ran = run(CALL, ALLOWING, Response(200, OPEN), agent=agent)
    assert ran.sent == [f"preflight OPTIONS {URL}", f"PUT {URL}"]
    assert ran.requests[1].header("cookie") is None


def test_two_browsers_share_nothing(run: Run) -> None:
    run(CALL, ALLOWING, SETTING, agent=UserAgent())
    preflight, request = run(CALL, ALLOWING, Response(200, OPEN), agent=UserAgent()).requests
    assert preflight.is_preflight
    assert request.header("cookie") is None


@pytest.mark.parametrize(
    ("profile", "choice", "kept"),
    [(CHROMIUM, None, 1), (CHROMIUM, True, 0), (WEBKIT, None, 0), (WEBKIT, False, 1)],
)
def test_whose_third_party_cookies_are_blocked(run: Run, profile: Profile, choice: bool | None, kept: int) -> None:
    agent = UserAgent(profile, blocks_third_party_cookies=choice)
    setting = Response(200, (*OPEN, ("Set-Cookie", "a=1; SameSite=None; Secure")))
    run(Call("https://api.example/", credentials=Credentials.INCLUDE), setting, agent=agent)
    assert len(agent.cookie_jar.cookies) == kept
