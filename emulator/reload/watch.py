"""Tells the event loop what was saved, and when it is complete."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from emulator.reload.changes import (
    POLLING,
    WITH_CLOSE_EVENTS,
    WITHOUT_CLOSE_EVENTS,
    Changes,
    Kind,
    Outcome,
    Patience,
    Targets,
    Unsettled,
)
from emulator.reload.contents import Contents
from emulator.reload.file_events import FileEvents
from emulator.reload.inotify import Inotify
from emulator.reload.polling import Polling


class Watcher:
    """Calls `on_change` in the event loop: at once when someone begins to write, and again when the change is complete,
    or turns out to be none.

    `roots` are the functions' code folders and layers. With `poll` the files are looked at every so often, for where no
    events arrive (bind mounts, network file systems); without, events are used as long as the system gives them, and
    `on_problem` gets one sentence when it does not. `platform` is sys.platform.
    """

    def __init__(
        self,
        roots: Collection[Path],
        config_files: Collection[Path],
        poll: bool,
        on_change: Callable[[Changes], None],
        on_problem: Callable[[str], None],
        *,
        platform: str = sys.platform,
    ) -> None:
        self._targets = Targets.of(roots, config_files)
        self._on_change = on_change
        self._on_problem = on_problem
        self._unsettled = Unsettled(_patience(poll, platform))
        self._contents = Contents()
        self._source: Polling | Inotify | FileEvents
        if poll:
            self._source = Polling(self._contents, self._heard)
        elif platform == "linux":
            self._source = Inotify(self._contents, self._heard, self._failed)
        else:
            self._source = FileEvents(self._contents, self._heard, self._failed)
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since = 0.0

    def start(self, since: float | None = None) -> None:
        """Returns at once. What was saved after `since`, in Unix time (None: now), is reported; it takes a moment until
        anything is heard."""
        self._loop = asyncio.get_running_loop()
        self._since = time.time() if since is None else since
        self._source.start(self._targets, self._since)

    def update(self, roots: Collection[Path], config_files: Collection[Path], since: float | None = None) -> None:
        """Watch these instead. What was saved in new folders after `since`, in Unix time (None: now), is reported."""
        self._targets = Targets.of(roots, config_files)
        self._source.update(self._targets, time.time() if since is None else since)

    def catch_up(self) -> Awaitable[None] | None:
        """See to it that every save made, or begun, before this moment is reported, as BEGUN at least. None: it is;
        else it is when the awaitable is done. To be called before each invocation."""
        return self._source.catch_up()

    def stop(self) -> None:
        """Returns when nothing more is watched; `on_change` is not called again."""
        self._loop = None
        if self._timer is not None:
            self._timer.cancel()
        self._source.stop()

    def _heard(self, path: Path, kind: Kind) -> None:
        if self._loop is None or self._contents.passes_over(path):
            return
        if self._unsettled.hear(path, kind, self._loop.time()):
            self._on_change(Changes(frozenset({path}), Outcome.BEGUN))
        if self._timer is not None:
            self._timer.cancel()
        due = self._unsettled.due()
        if due is not None:
            self._timer = self._loop.call_at(due, self._settle)

    def _settle(self) -> None:
        self._timer = None
        paths = self._unsettled.take()
        changed = self._contents.judge(paths) | (paths & self._targets.config_files)
        if changed:
            self._on_change(Changes(changed, Outcome.CHANGED))
        if changed != paths:
            self._on_change(Changes(paths - changed, Outcome.UNCHANGED))

    def _failed(self, reason: str) -> None:
        if self._loop is None:
            return
        self._source.stop()
        self._source = Polling(self._contents, self._heard)
        self._source.start(self._targets, self._since)
        self._on_problem(f"file events are not available ({reason}); files are polled instead")


def _patience(poll: bool, platform: str) -> Patience:
    if poll:
        return POLLING
    return WITH_CLOSE_EVENTS if platform == "linux" else WITHOUT_CLOSE_EVENTS
