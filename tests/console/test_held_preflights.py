"""Which preflights wait, for how long."""

from emulator.aws.http_api.http_api import HttpApi
from emulator.console.held_preflights import PATIENCE, HeldPreflights
from emulator.findings.finding import NOTHING
from emulator.history.history import ReviewedExchange
from products import a_route
from serving.exchanges import answers, call, exchanged

FIRST, SECOND, THIRD = (
    ReviewedExchange(exchanged(HttpApi("shop", "abcdef1234", (a_route("ANY /x"),)), call(), answers()), NOTHING)
    for _ in range(3)
)


def test_the_oldest_of_a_call_is_taken_first() -> None:
    held = HeldPreflights()
    assert not held
    held.hold("a", FIRST, 0.0)
    held.hold("a", SECOND, 0.0)
    held.hold("b", THIRD, 0.0)
    assert held
    assert [held.take("a") is one for one in (FIRST, SECOND, None)] == [True] * 3
    assert held.take("b") is THIRD
    assert not held


def test_those_that_no_request_follows_are_passed_on_in_time() -> None:
    held = HeldPreflights()
    held.hold("a", FIRST, 0.0)
    held.hold("a", SECOND, 0.1)
    assert held.overdue(PATIENCE - 0.01) == []
    (late,) = held.overdue(PATIENCE)
    assert late is FIRST
    (rest,) = held.overdue(float("inf"))
    assert rest is SECOND
    assert not held
