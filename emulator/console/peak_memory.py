"""The most memory a function's environments took: read seldom, told once. Pure."""

from collections.abc import Callable, Iterable

from emulator.functions.invocation import Function, InvocationReport

INTERVAL = 0.05
"""Seconds between two readings of an environment. One costs as much as a small invocation; a peak never falls, so an
older one stays a lower bound."""

MANY = 256
"""Environments whose last reading is kept, so that it fills no memory; those of ended ones are among them."""


class PeakMemory:
    """Reads each environment's memory once in INTERVAL. `now` is in seconds of any one clock."""

    def __init__(self) -> None:
        self._readings: dict[Callable[[], int | None], tuple[float, int | None]] = {}
        self._told: set[tuple[str, int]] = set()

    def of(self, event: InvocationReport, now: float) -> int | None:
        """Tell the most memory, in MB, that the environment of a report has taken so far; None where the system does
        not say."""
        read_at, used = self._readings.get(event.max_memory_used, (float("-inf"), None))
        if now - read_at >= INTERVAL:
            if len(self._readings) >= MANY:
                self._readings.clear()
            used = event.max_memory_used()
            self._readings[event.max_memory_used] = now, used
        return used

    def is_news(self, function: Function, used: int) -> bool:
        """Tell whether this is the first time that the function's code took more memory than it has. A debugger takes
        some of its own."""
        if used <= function.memory_size or function.debug_path is not None:
            return False
        key = (function.name, function.memory_size)
        is_new = key not in self._told
        self._told.add(key)
        return is_new

    def renew(self, functions: Iterable[str]) -> None:
        """Forget what was told of these functions, which have new code."""
        self._told = {key for key in self._told if key[0] not in frozenset(functions)}


def too_much_memory(used: int, memory_size: int) -> str:
    """Say what Lambda would have made of so much memory; both in MB."""
    return f"used {used} MB of its {memory_size} MB: Lambda would have ended it (Runtime.ExitError, signal: killed)"
