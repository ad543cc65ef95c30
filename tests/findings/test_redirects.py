"""Which answer sent a client out of the stage."""

from dataclasses import replace

import pytest

from emulator.exchange import Enforced
from emulator.findings.redirects import leads_to, with_redirect
from findings.examples import PLAIN, REST, answers, call
from serving.exchanges import HOST, exchanged

SENT_OUT = exchanged(REST, call(path="/dev/x"), answers(307, Location="/x/"))
OUTSIDE = exchanged(REST, call(path="/x/"), answers())


@pytest.mark.parametrize(
    ("status", "location", "is_there"),
    [
        pytest.param(301, "/x/", True, id="path"),
        pytest.param(308, f"http://{HOST}/x/#a", True, id="url"),
        pytest.param(307, "/x/?a=1", False, id="another-query"),
        pytest.param(302, "https://login.example.com/x/", False, id="elsewhere"),
        pytest.param(201, "/x/", False, id="no-redirect"),
        pytest.param(302, None, False, id="no-location"),
    ],
)
def test_where_an_answer_leads(status: int, location: str | None, is_there: bool) -> None:
    headers = {} if location is None else {"Location": location}
    assert leads_to(exchanged(REST, call(path="/dev/x"), answers(status, **headers)), call(path="/x/")) is is_there


def test_the_newest_redirect_is_recorded() -> None:
    other = exchanged(PLAIN, call(), answers())
    assert with_redirect(OUTSIDE, (other, SENT_OUT)).redirected_from is SENT_OUT
    assert with_redirect(OUTSIDE, (other,)) is OUTSIDE


def test_of_what_enforcement_blocked_it_is_recorded_there() -> None:
    blocked = with_redirect(replace(OUTSIDE, outcome=Enforced(OUTSIDE)), (SENT_OUT,)).outcome
    assert isinstance(blocked, Enforced)
    assert blocked.exchange.redirected_from is SENT_OUT


def test_only_outside_the_stage_is_it_looked_for() -> None:
    for exchange in (SENT_OUT, exchanged(REST, call(path="/dev/y"), answers())):
        assert with_redirect(exchange, (replace(SENT_OUT),)) is exchange
