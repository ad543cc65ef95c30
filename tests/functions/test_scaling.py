import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.functions.invocation import IntegrationTimeout, Throttled
from emulator.functions.scaling import (
    MOST_PATIENCE,
    PATIENCE,
    Demand,
    give_up,
    is_beyond_the_limit,
    patience,
    starts,
    starts_at_once,
)


@pytest.mark.parametrize(
    ("demand", "number", "at_once"),
    [
        pytest.param(Demand(waiting=0, live=0, starting=0, limit=10), 0, False, id="nobody-waits"),
        pytest.param(Demand(waiting=1, live=0, starting=0, limit=10), 1, True, id="first"),
        pytest.param(Demand(waiting=8, live=0, starting=0, limit=10), 1, True, id="one-until-the-code-has-initialized"),
        pytest.param(Demand(waiting=8, live=1, starting=1, limit=10), 0, False, id="wait-for-the-first"),
        pytest.param(Demand(waiting=7, live=1, starting=0, limit=10), 7, False, id="then-one-for-each"),
        pytest.param(Demand(waiting=7, live=4, starting=3, limit=10), 4, False, id="less-those-on-their-way"),
        pytest.param(Demand(waiting=20, live=8, starting=0, limit=10), 2, False, id="up-to-the-limit"),
        pytest.param(Demand(waiting=2, live=4, starting=3, limit=10), 0, False, id="enough-on-their-way"),
    ],
)
def test_starts(demand: Demand, number: int, at_once: bool) -> None:
    assert (starts(demand), starts_at_once(demand)) == (number, at_once)


@given(st.integers(0, 50), st.integers(0, 20), st.integers(1, 20), st.data())
def test_never_beyond_the_limit(waiting: int, live: int, limit: int, data: st.DataObject) -> None:
    demand = Demand(waiting, live, data.draw(st.integers(0, live)), limit)
    assert 0 <= starts(demand) <= max(limit - live, 0)


@pytest.mark.parametrize(
    ("demand", "ahead", "beyond"),
    [
        pytest.param(Demand(waiting=1, live=2, starting=0, limit=2), 0, True, id="all-are-busy"),
        pytest.param(Demand(waiting=1, live=1, starting=0, limit=2), 0, False, id="another-may-start"),
        pytest.param(Demand(waiting=2, live=1, starting=0, limit=2), 1, True, id="for-one-only"),
        pytest.param(Demand(waiting=1, live=2, starting=1, limit=2), 0, False, id="one-is-starting"),
        pytest.param(Demand(waiting=2, live=2, starting=1, limit=2), 1, True, id="for-another"),
        pytest.param(Demand(waiting=8, live=1, starting=1, limit=10), 7, False, id="a-burst-at-a-cold-function"),
    ],
)
def test_beyond_the_limit(demand: Demand, ahead: int, beyond: bool) -> None:
    assert is_beyond_the_limit(demand, ahead) is beyond


def test_throttled_when_all_are_busy() -> None:
    assert give_up(Demand(waiting=1, live=2, starting=0, limit=2), 3.0) == Throttled(2, 3.0)


@pytest.mark.parametrize("live", [1, 2])
def test_a_cold_start_that_takes_too_long_is_the_integrations_timeout(live: int) -> None:
    assert give_up(Demand(waiting=1, live=live, starting=1, limit=2), 3.0) == IntegrationTimeout(3.0)


@pytest.mark.parametrize(
    ("init_duration_ms", "seconds"),
    [(0.0, PATIENCE), (30.0, PATIENCE), (120.0, 0.06), (9000.0, MOST_PATIENCE)],
    ids=["at-once", "python", "node", "heavy-imports"],
)
def test_patience(init_duration_ms: float, seconds: float) -> None:
    assert patience(init_duration_ms) == pytest.approx(seconds)
