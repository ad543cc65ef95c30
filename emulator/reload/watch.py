"""Tells the event loop what was saved, and when it is complete."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

from emulator.reload.changes import (
    POLLING,
    WITH_CLOSE_EVENTS,
    WITHOUT_CLOSE_EVENTS,
    Changes,
    Kind,
    Patience,
    Targets,
    Unsettled,
)
from emulator.reload.file_events import FileEvents
from emulator.reload.polling import Polling


class Watcher:
    """Calls `on_change` in the event loop: at once when someone begins to write, and again when the change is complete.

    `roots` are the functions' code folders. With `poll` the files are looked at every so often, for where no events
    arrive (bind mounts, network file systems); without, watchdog's events are used as long as the system gives them,
    and `on_problem` gets one sentence when it does not.
    """

    def __init__(
        self,
        roots: Collection[Path],
        config_files: Collection[Path],
        poll: bool,
        on_change: Callable[[Changes], None],
        on_problem: Callable[[str], None],
    ) -> None:
        self._targets = Targets.of(roots, config_files)
        self._on_change = on_change
        self._on_problem = on_problem
        self._unsettled = Unsettled(_patience(poll))
        self._source = Polling(self._hear) if poll else FileEvents(self._hear, self._fail)
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, since: float | None = None) -> None:
        """Returns at once. What was saved after `since`, in Unix time (None: now), is reported; it takes a moment until
        anything is heard."""
        self._loop = asyncio.get_running_loop()
        self._source.start(self._targets, time.time() if since is None else since)

    def update(self, roots: Collection[Path], config_files: Collection[Path]) -> None:
        """Watch these instead."""
        self._targets = Targets.of(roots, config_files)
        self._source.update(self._targets, time.time())

    def stop(self) -> None:
        """Returns when nothing more is watched; `on_change` is not called again."""
        self._loop = None
        if self._timer is not None:
            self._timer.cancel()
        self._source.stop()

    def _hear(self, path: Path, kind: Kind) -> None:
        """Called in the source's threads."""
        self._call(self._heard, path, kind)

    def _fail(self, reason: str) -> None:
        self._call(self._failed, reason)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        if (loop := self._loop) is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                loop.call_soon_threadsafe(function, *arguments)

    def _heard(self, path: Path, kind: Kind) -> None:
        if self._loop is None:
            return
        if self._unsettled.hear(path, kind, self._loop.time()):
            self._on_change(Changes(frozenset({path}), complete=False))
        if self._timer is not None:
            self._timer.cancel()
        due = self._unsettled.due()
        if due is not None:
            self._timer = self._loop.call_at(due, self._settle)

    def _settle(self) -> None:
        self._timer = None
        self._on_change(Changes(self._unsettled.take(), complete=True))

    def _failed(self, reason: str) -> None:
        if self._loop is None:
            return
        self._source.stop()
        self._source = Polling(self._hear)
        self._source.start(self._targets, time.time())
        self._on_problem(f"file events are not available ({reason}); files are polled instead")


def _patience(poll: bool) -> Patience:
    if poll:
        return POLLING
    return WITH_CLOSE_EVENTS if sys.platform == "linux" else WITHOUT_CLOSE_EVENTS
