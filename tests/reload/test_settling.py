from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.reload.settling import CODE_BY_EVENTS, Kind, Patience, Unsettled

A, B = Path("/a.py"), Path("/b.py")
PATIENCE = Patience(written=0.5, created=0.03, settled=0.01, at_most=1.0)


@pytest.mark.parametrize(
    ("heard", "due"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([(A, Kind.SETTLED, 1.0)], 1.01, id="closed"),
        pytest.param([(A, Kind.CREATED, 1.0)], 1.03, id="created"),
        pytest.param([(A, Kind.WRITTEN, 1.0)], 1.5, id="written-and-not-closed"),
        pytest.param([(A, Kind.WRITTEN, 1.0), (A, Kind.SETTLED, 1.1)], 1.11, id="written-then-closed"),
        pytest.param([(A, Kind.SETTLED, 1.0), (B, Kind.WRITTEN, 1.005)], 1.505, id="another-is-being-written"),
        pytest.param([(A, Kind.SETTLED, 1.0), (B, Kind.SETTLED, 1.005)], 1.015, id="two-saves-in-a-row"),
        pytest.param([(A, Kind.WRITTEN, 1.0 + n / 10) for n in range(9)], 2.0, id="written-to-all-the-time"),
    ],
)
def test_due(heard: list[tuple[Path, Kind, float]], due: float | None) -> None:
    unsettled = Unsettled(PATIENCE)
    for path, kind, now in heard:
        unsettled.hear(path, kind, now)
    assert unsettled.due() == pytest.approx(due) if due else unsettled.due() is None


def test_may_wait_otherwise_from_some_moment_on() -> None:
    unsettled = Unsettled(PATIENCE)
    unsettled.hear(A, Kind.WRITTEN, 1.0)
    unsettled.wait_as(Patience(written=0.07, created=0.07))
    assert unsettled.due() == pytest.approx(1.5)
    unsettled.hear(B, Kind.WRITTEN, 1.5)
    assert unsettled.due() == pytest.approx(1.57)


def test_each_path_is_first_once_and_taken_once() -> None:
    unsettled = Unsettled(PATIENCE)
    assert unsettled.hear(A, Kind.WRITTEN, 1.0)
    assert not unsettled.hear(A, Kind.SETTLED, 1.0)
    assert unsettled.hear(B, Kind.WRITTEN, 1.2)
    assert not unsettled.hear(A, Kind.SEEN, 1.3), "nothing new"
    assert (unsettled.paths, unsettled.heard) == ({A, B}, 1.2)
    assert unsettled.take() == {A, B}
    assert unsettled.paths == set()
    assert unsettled.take() == set()
    assert unsettled.due() is None
    assert unsettled.hear(A, Kind.WRITTEN, 5.0)
    assert unsettled.due() == 5.5


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.sampled_from(Kind), st.floats(0, 0.6)), min_size=1))
def test_nothing_is_reported_late_or_lost(events: list[tuple[Path, Kind, float]]) -> None:
    unsettled, now = Unsettled(CODE_BY_EVENTS), 0.0
    heard, taken, first = set(), set(), None
    for path, kind, pause in events:
        now += pause
        due = unsettled.due()
        if due is not None and now >= due:
            taken |= unsettled.take()
            first = None
        first = now if first is None else first
        unsettled.hear(path, kind, now)
        heard.add(path)
        due = unsettled.due()
        assert due is not None
        assert first <= due <= first + CODE_BY_EVENTS.at_most
    assert taken | unsettled.take() == heard
