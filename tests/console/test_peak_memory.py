from dataclasses import replace
from pathlib import Path

import pytest

from emulator.console.peak_memory import INTERVAL, MANY, PeakMemory, too_much_memory
from emulator.functions.invocation import Function, InvocationReport, Returned

FUNCTION = Function("items", "h", Path("/"), memory_size=128)


class Environment:
    def __init__(self, *readings: int | None) -> None:
        self.readings = list(readings)

    def peak(self) -> int | None:
        return self.readings.pop(0)

    def report(self) -> InvocationReport:
        return InvocationReport(FUNCTION, "id", "", 0.0, Returned(b""), self.peak)


def test_one_reading_an_interval() -> None:
    memory, one, other = PeakMemory(), Environment(10, 12), Environment(None)
    assert [memory.of(one.report(), now) for now in (0.0, 0.01, INTERVAL, INTERVAL + 0.01)] == [10, 10, 12, 12]
    assert memory.of(other.report(), 0.02) is None


def test_few_readings_are_kept() -> None:
    memory, first = PeakMemory(), Environment(1, 2)
    assert memory.of(first.report(), 0.0) == 1
    for _ in range(MANY):
        memory.of(Environment(5).report(), 0.0)
    assert memory.of(first.report(), 0.0) == 2


@pytest.mark.parametrize("used", [1, 128])
def test_enough_memory_is_no_news(used: int) -> None:
    assert not PeakMemory().is_news(FUNCTION, used)


def test_too_much_is_news_once() -> None:
    memory = PeakMemory()
    assert memory.is_news(FUNCTION, 129)
    assert not memory.is_news(FUNCTION, 180)
    memory.renew({"other"})
    assert not memory.is_news(FUNCTION, 180)
    memory.renew(["items"])
    assert memory.is_news(FUNCTION, 180)
    assert memory.is_news(replace(FUNCTION, memory_size=150), 180)


def test_a_debuggers_memory_is_not_the_functions() -> None:
    assert not PeakMemory().is_news(replace(FUNCTION, debug_path=Path("/5678")), 300)


def test_too_much_is_said_in_lambdas_words() -> None:
    assert too_much_memory(180, 128) == (
        "used 180 MB of its 128 MB: Lambda would have ended it (Runtime.ExitError, signal: killed)"
    )
