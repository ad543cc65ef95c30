"""The time of day of what is told."""

import time


def now_ms() -> int:
    """Read the clock: Unix time, in ms."""
    return time.time_ns() // 1_000_000
