"""What has happened and waits to be looked at: in order, off the path of a request, in slices no request notices."""

import asyncio
import time
import traceback
from collections import deque
from collections.abc import Callable
from typing import Any

BATCH = 0.005
"""Seconds from the first thing that waits to the first slice: below what a person sees, above what a request takes."""

SLICE = 0.0003
"""Seconds of work at a stretch: a request that comes meanwhile waits no longer."""

BREATH = BATCH / 5
"""Seconds between two slices, in which requests are served."""

BACKLOG = 1024 * 1024
"""Bytes that may wait, of exchanges and of what functions printed. Whoever brings more does a slice of the work first:
a review takes as long as a request, and a flood of requests must not pile up."""


class Turns:
    """Does each thing in its turn. Its methods are called on the event loop's thread."""

    def __init__(self, pause: Callable[[bool], None], failed: Callable[[str], None]) -> None:
        """Begin with nothing that waits. `pause` is called after each slice, with whether nothing waits any more;
        `failed` with the traceback of a thing that raised, which is a bug of emulate and costs that thing alone."""
        self._pause = pause
        self._failed = failed
        self._waiting: deque[tuple[Callable[[Any], None], Any, int]] = deque()
        self._weight = 0
        self._timer: asyncio.TimerHandle | None = None

    def put(self, do: Callable[[Any], None], what: object, weight: int = 0) -> None:
        """Have `do(what)` called after all that was put before. `weight` is the bytes that are held until then."""
        self._waiting.append((do, what, weight))
        self._weight += weight
        if self._weight > BACKLOG:
            self._work(time.perf_counter() + SLICE)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH, self._slice)

    def finish(self) -> None:
        """Do all that waits, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._work(float("inf"))

    def _slice(self) -> None:
        self._timer = None
        self._work(time.perf_counter() + SLICE)
        if self._waiting and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BREATH, self._slice)

    def _work(self, until: float) -> None:
        """Do things until the clock shows `until`; one at least, so that there is an end to it."""
        while self._waiting:
            do, what, weight = self._waiting.popleft()
            self._weight -= weight
            try:
                do(what)
            except Exception:
                self._failed(traceback.format_exc())
            if time.perf_counter() >= until:
                break
        self._pause(not self._waiting)
