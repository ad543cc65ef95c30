"""Looks at the files every so often. watchdog's own polling would look into virtual environments too, and not tell two
saves of one second apart."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from emulator.reload.changes import Kind, Targets
from emulator.reload.scan import changed_since, differences, scan

_EVERY = 0.15
"""Seconds between two looks, and while something is changing."""
_WHILE_CHANGING = 0.04


class Polling:
    """Calls `hear` in a thread."""

    def __init__(self, hear: Callable[[Path, Kind], None]) -> None:
        self._hear = hear
        self._targets = Targets((), frozenset())
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, targets: Targets, now: float) -> None:
        """What is saved after `now`, in Unix time, is reported."""
        self._targets = targets
        self._thread = threading.Thread(target=self._run, args=(now,), name="poll", daemon=True)
        self._thread.start()

    def update(self, targets: Targets, now: float) -> None:
        """The files of new folders are reported as new."""
        self._targets = targets

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, since: float) -> None:
        before = scan(self._targets, time.time())
        changed = changed_since(since, self._targets)
        while True:
            for path in changed:
                self._hear(path, Kind.WRITTEN)
            if self._stopped.wait(_WHILE_CHANGING if changed else _EVERY):
                return
            after = scan(self._targets, time.time())
            changed = differences(before, after)
            before = after
