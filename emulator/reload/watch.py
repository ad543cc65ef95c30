"""Tells the event loop what was saved, and when it is complete."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from emulator.reload.changes import (
    CONFIGURATION,
    CONFIGURATION_WITH_CLOSE_EVENTS,
    EMPTY,
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
from emulator.reload.source_file import is_empty


@dataclass(slots=True)
class _Batch:
    """What is reported together, and when."""

    unsettled: Unsettled
    timer: asyncio.TimerHandle | None = None

    def cancel(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Watcher:
    """Calls `on_change` in the event loop: at once when someone begins to write, and again when the change is complete,
    or turns out to be none. Configuration files are reported apart from code, and whatever they hold.

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
        has_close_events = platform == "linux" and not poll
        self._code = _Batch(Unsettled(_patience(poll, platform)))
        self._configuration = _Batch(Unsettled(CONFIGURATION_WITH_CLOSE_EVENTS if has_close_events else CONFIGURATION))
        self._contents = Contents()
        self._source: Polling | Inotify | FileEvents
        if poll:
            self._source = Polling(self._contents, self._heard)
        elif platform == "linux":
            self._source = Inotify(self._contents, self._heard, self._failed)
        else:
            self._source = FileEvents(self._contents, self._heard, self._failed)
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

    @property
    def is_configuration_changing(self) -> bool:
        """Whether a configuration file has been written to and not been reported as complete yet."""
        return bool(self._configuration.unsettled.paths)

    def stop(self) -> None:
        """Returns when nothing more is watched; `on_change` is not called again."""
        self._loop = None
        self._code.cancel()
        self._configuration.cancel()
        self._source.stop()

    def _heard(self, path: Path, kind: Kind) -> None:
        if self._loop is None or self._contents.passes_over(path):
            return
        batch = self._configuration if path in self._targets.config_files else self._code
        if batch.unsettled.hear(path, kind, self._loop.time()):
            self._on_change(Changes(frozenset({path}), Outcome.BEGUN))
        batch.cancel()
        due = batch.unsettled.due()
        if due is not None:
            settle = self._settle if batch is self._code else self._settle_configuration
            batch.timer = self._loop.call_at(due, settle)

    def _settle(self) -> None:
        self._code.timer = None
        paths = self._code.unsettled.take()
        changed = self._contents.judge(paths)
        if changed:
            self._on_change(Changes(changed, Outcome.CHANGED))
        if changed != paths:
            self._on_change(Changes(paths - changed, Outcome.UNCHANGED))

    def _settle_configuration(self) -> None:
        """Who reads the files finds out whether what is served differs."""
        unsettled = self._configuration.unsettled
        if self._loop is not None and any(map(is_empty, unsettled.paths)):
            full = unsettled.heard + EMPTY
            if full > self._loop.time():
                self._configuration.timer = self._loop.call_at(full, self._settle_configuration)
                return
        self._configuration.timer = None
        paths = unsettled.take()
        self._contents.judge(paths)
        self._on_change(Changes(paths, Outcome.CHANGED))

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
