"""Tells the event loop what was saved, and when it is complete.

The way of a save, from the kernel to the environment that runs it (`=>`: a callback, `~>`: after a wait):

    inotify_queue   the kernel's event, at the latest at the next request      looks   a look (file_events: sooner)
          |                                                                      |
       inotify      which file that is (targets)                              contents  what looks otherwise
          |                                                                      |
          `===============> Watcher._heard: how long to wait (settling) <========'
                               |
                               |=> Serving._changed, BEGUN: whom it concerns (changes); Pool.hold
                               ~> Watcher._settle: is it another content (contents)?
                               |=> Serving._changed, UNCHANGED: Pool.release
                               `=> Serving._changed, CHANGED: now or at a request (restarts)?
                                     `-- Pool.replace -- Fleet.replace ~> Fleet.renew: a new Environment

A request comes the same way: `Watcher.catch_up` first, then it waits in its Fleet for as long as that is held.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from emulator.reload.changes import Changes, Outcome
from emulator.reload.contents import Contents
from emulator.reload.inotify import Inotify, SilentMountError
from emulator.reload.looks import Looks
from emulator.reload.settling import (
    CODE_BY_EVENTS,
    CODE_BY_FILE_EVENTS,
    CODE_BY_LOOKS,
    CONFIGURATION_BY_EVENTS,
    CONFIGURATION_BY_LOOKS,
    EMPTY,
    Kind,
    Unsettled,
)
from emulator.reload.source_file import is_empty
from emulator.reload.targets import Targets


@dataclass(slots=True)
class _Batch:
    """What is reported together, by `settle` when `unsettled` says so."""

    unsettled: Unsettled
    settle: Callable[[], None]
    timer: asyncio.TimerHandle | None = None

    def set_timer(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self.cancel()
        self.timer = loop.call_at(due, self.settle)

    def cancel(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Watcher:
    """Calls `on_change` in the event loop: at once when someone begins to write, and again when the change is complete,
    or turns out to be none. Configuration files are reported apart from code, and whatever they hold.

    `roots` are the functions' code folders and layers. With `poll` the files are looked at every so often, for where no
    events arrive (bind mounts, network file systems); without, events are used where all files are known to cause them,
    else `on_note` gets one sentence, and as long as the system gives them, else `on_problem` gets one. `platform` is
    sys.platform.
    """

    def __init__(
        self,
        roots: Collection[Path],
        config_files: Collection[Path],
        poll: bool,
        on_change: Callable[[Changes], None],
        on_problem: Callable[[str], None],
        *,
        on_note: Callable[[str], None],
        platform: str = sys.platform,
    ) -> None:
        self._targets = Targets.of(roots, config_files)
        self._on_change = on_change
        self._on_problem = on_problem
        self._on_note = on_note
        self._contents = Contents()
        self._source: Inotify | Looks
        if platform == "linux" and not poll:
            self._source = Inotify(self._contents, self._heard, self._failed)
            code, configuration = CODE_BY_EVENTS, CONFIGURATION_BY_EVENTS
        else:
            self._source = Looks(self._contents, self._heard, self._no_events, events=not poll)
            code, configuration = CODE_BY_LOOKS if poll else CODE_BY_FILE_EVENTS, CONFIGURATION_BY_LOOKS
        self._code = _Batch(Unsettled(code), self._settle)
        self._configuration = _Batch(Unsettled(configuration), self._settle_configuration)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since = 0.0

    def start(self, since: float | None = None) -> None:
        """Begin to watch, and return at once; it takes a moment until anything is heard, and then what was saved after
        `since`, in Unix time (None: now), is reported."""
        self._loop = asyncio.get_running_loop()
        self._since = time.time() if since is None else since
        self._source.update(self._targets, self._since)

    def update(self, roots: Collection[Path], config_files: Collection[Path], since: float | None = None) -> None:
        """Watch these instead. What was saved in new folders after `since`, in Unix time (None: now), is reported."""
        self._targets = Targets.of(roots, config_files)
        self._source.update(self._targets, time.time() if since is None else since)

    def catch_up(self) -> Awaitable[None] | None:
        """See to it that every save made, or begun, before this moment is reported, as BEGUN at least: it is when the
        awaitable is done, or now for None. Call it before each invocation."""
        return self._source.catch_up()

    @property
    def is_configuration_changing(self) -> bool:
        """Whether a configuration file has been written to and not been reported as complete yet."""
        return bool(self._configuration.unsettled.paths)

    def stop(self) -> None:
        """Stop watching, and return when nothing more is watched; `on_change` is not called again."""
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
        if (due := batch.unsettled.due()) is not None:
            batch.set_timer(self._loop, due)

    def _settle(self) -> None:
        paths = self._code.unsettled.take()
        changed = self._contents.judge(paths)
        if changed:
            self._on_change(Changes(changed, Outcome.CHANGED))
        if changed != paths:
            self._on_change(Changes(paths - changed, Outcome.UNCHANGED))

    def _settle_configuration(self) -> None:
        """Report configuration files, whatever they hold: who reads them finds out whether what is served differs."""
        unsettled = self._configuration.unsettled
        if self._loop is not None and any(map(is_empty, unsettled.paths)):
            full = unsettled.heard + EMPTY
            if full > self._loop.time():
                self._configuration.set_timer(self._loop, full)
                return
        paths = unsettled.take()
        self._contents.judge(paths)
        self._on_change(Changes(paths, Outcome.CHANGED))

    def _failed(self, reason: OSError | SilentMountError) -> None:
        """Go on by looking, in the event loop, because events do not come, or not for every save."""
        if self._loop is None:
            return
        self._source.stop()
        self._code.unsettled.wait_as(CODE_BY_LOOKS)
        self._configuration.unsettled.wait_as(CONFIGURATION_BY_LOOKS)
        self._source = Looks(self._contents, self._heard, self._no_events, events=False)
        self._source.update(self._targets, self._since)
        if isinstance(reason, SilentMountError):
            self._on_note(f"{reason}, which tells of no save made on its other side: files are polled, as with --poll")
        else:
            self._no_events(reason.strerror or str(reason))

    def _no_events(self, reason: str) -> None:
        if self._loop is not None:
            self._on_problem(f"file events are not available ({reason}); files are polled instead")
