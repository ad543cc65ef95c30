"""Hears what is saved, on Linux. The kernel queues an event within the call that writes, so that who empties the queue
before each request knows of every save made before it."""

import asyncio
import contextlib
import os
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from emulator.reload.contents import Contents
from emulator.reload.folders import plan_folders
from emulator.reload.inotify_queue import (
    IN_CLOSE_WRITE,
    IN_CREATE,
    IN_DELETE,
    IN_DELETE_SELF,
    IN_IGNORED,
    IN_ISDIR,
    IN_MODIFY,
    IN_MOVE_SELF,
    IN_MOVED_FROM,
    IN_MOVED_TO,
    IN_Q_OVERFLOW,
    Event,
    InotifyQueue,
)
from emulator.reload.mounts import Mounts, read_mounts, silent_folder
from emulator.reload.settling import Kind
from emulator.reload.targets import Targets, Watch, is_ignored_folder

_RETRY = 0.25
"""Seconds after which a code folder that is not there (a checkout may replace it) is looked for again."""

_ITSELF = IN_MOVE_SELF | IN_DELETE_SELF
"""The folder itself was moved or deleted: all there is to know of one that only lies on the way to what is watched."""

_ENTRIES = IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE
"""An entry of the folder came or went."""

_WRITES = IN_MODIFY | IN_CLOSE_WRITE
"""A file in the folder was written to, or closed after that."""


_MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted where, as this process sees it."""


class SilentMountError(Exception):
    """A folder lies where not every save causes an event; the text says which, and on what."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is watched by itself, without what is below, and what for: nothing, when it lies on the way."""

    path: Path
    watches: frozenset[Watch]


class Inotify:
    """Calls `hear` in the event loop. Watches are set in a thread, for a large tree takes its time, and again whenever
    folders or links came or went; `catch_up` waits for that. `fail` gets the reason when not every save is heard of:
    the system's OSError, or a SilentMountError."""

    def __init__(
        self, contents: Contents, hear: Callable[[Path, Kind], None], fail: Callable[[OSError | SilentMountError], None]
    ) -> None:
        self._contents = contents
        self._hear = hear
        self._fail = fail
        self._targets = Targets((), frozenset())
        self._since: float | None = None
        self._links: frozenset[Path] = frozenset()
        self._queue: InotifyQueue | None = None
        self._readable: Callable[[int], object] | None = None
        self._watched: dict[int, frozenset[_Folder]] = {}
        self._setting: asyncio.Future[None] | None = None
        self._again = False
        self._missing = False
        self._retry: asyncio.TimerHandle | None = None
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def update(self, targets: Targets, since: float) -> None:
        """Watch these from now on. What was saved after `since`, in Unix time, is reported."""
        self._loop = asyncio.get_running_loop()
        self._targets = targets
        self._since = since if self._since is None else min(since, self._since)
        self._set_watches()

    def catch_up(self) -> Awaitable[None] | None:
        """Hear what was saved before this moment. It is all heard of when the awaitable is done, or now for None."""
        if self._readable is not None and self._readable(0):
            self._drain()
        if self._missing and self._setting is None:
            self._set_watches()
        return None if self._setting is None else asyncio.shield(self._setting)

    def stop(self) -> None:
        """Stop watching, let those go who wait, and return when nothing more is watched."""
        self._stopped = True
        if self._retry is not None:
            self._retry.cancel()
        if self._thread is not None:
            self._thread.join()
        if self._queue is not None:
            if self._readable is not None and self._loop is not None and not self._loop.is_closed():
                self._loop.remove_reader(self._queue.fileno())
            self._readable = None
            self._queue.close()
        self._finish()

    def _finish(self) -> None:
        setting, self._setting = self._setting, None
        if setting is not None and not setting.done():
            setting.set_result(None)

    # What has happened

    def _drain(self) -> None:
        while self._queue is not None and not self._stopped and (events := self._queue.read()):
            for event in events:
                self._take(event)

    def _take(self, event: Event) -> None:
        """Find out what one event means. Those of a watch that is not known yet, or no more, are passed over: the look
        that follows on the setting of watches finds what they told of."""
        folders = self._watched.get(event.watch, ())
        if event.mask & IN_Q_OVERFLOW or (folders and event.mask & (_ITSELF | IN_IGNORED)):
            self._set_watches()
            return
        for folder in folders:
            self._take_of_entry(folder, event)

    def _take_of_entry(self, folder: _Folder, event: Event) -> None:
        came_or_went, is_folder = event.mask & _ENTRIES, bool(event.mask & IN_ISDIR)
        is_link = bool(came_or_went) and os.path.islink(folder.path / event.name)  # noqa: PTH114  this one never raises
        if came_or_went and self._is_structure(folder, event.name, is_folder, is_link):
            self._set_watches()
        if is_folder:
            return  # of its files that look tells
        kind = Kind.SETTLED
        if event.mask & IN_MODIFY:
            kind = Kind.WRITTEN
        elif event.mask & IN_CREATE and not is_link:
            kind = Kind.CREATED
        for watch in folder.watches:
            if (known := watch.known(event.name)) is not None:
                self._hear(known, kind)

    def _is_structure(self, folder: _Folder, name: str, is_folder: bool, is_link: bool) -> bool:
        """Tell whether the coming or going of an entry changes what is to be watched."""
        if folder.path / name in self._links or any(watch.only == name for watch in folder.watches):
            return True
        if all(watch.only for watch in folder.watches):
            return False
        if is_folder:
            return not is_ignored_folder(name)
        return is_link or name == "pyvenv.cfg"

    # Setting watches

    def _set_watches(self) -> None:
        """Set them soon, and look for what was missed meanwhile."""
        if self._stopped or self._loop is None:
            return
        if self._setting is not None:
            self._again = True
            return
        self._setting = self._loop.create_future()
        self._look(self._loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        arguments = loop, self._targets, self._since
        self._again, self._since = False, None
        thread = threading.Thread(target=self._work, args=arguments, name="set-watches", daemon=True)
        try:
            thread.start()
            self._thread = thread
        except RuntimeError:  # the system's limit of processes and threads is reached
            self._work(*arguments)

    def _work(self, loop: asyncio.AbstractEventLoop, targets: Targets, since: float | None) -> None:
        """Set the watches and look, in a thread."""
        reason: OSError | SilentMountError | None = OSError("a fault of emulate's own")
        found, missing = frozenset[Path](), False
        try:
            self._watch_all(targets)
            found = frozenset(self._contents.look(targets, since))
            missing = not all(os.path.exists(root) for root in targets.roots)  # noqa: PTH110  Path.exists may raise
            reason = None
        except (OSError, SilentMountError) as error:
            reason = error
        finally:
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                loop.call_soon_threadsafe(self._set, reason, found, missing)

    def _set(self, reason: OSError | SilentMountError | None, found: frozenset[Path], missing: bool) -> None:
        """Take over, in the event loop, what the thread found, or the reason of its failure."""
        if self._stopped or self._loop is None:
            return
        if reason is not None:
            self._fail(reason)
            return
        if self._readable is None and self._queue is not None:
            self._readable = self._queue.readable
            self._loop.add_reader(self._queue.fileno(), self._drain)
        for path in found:
            self._hear(path, Kind.SEEN)
        self._drain()
        if self._again:
            self._look(self._loop)
            return
        self._missing = missing
        if self._retry is not None:
            self._retry.cancel()
        self._retry = self._loop.call_later(_RETRY, self._set_watches) if missing else None
        self._finish()

    def _watch_all(self, targets: Targets) -> None:
        """Set watches until nothing is new: a folder may get another between its being read and its being watched.
        Raises OSError when the system gives no more watches, SilentMountError where watches would not be enough."""
        if self._queue is None:
            self._queue = InotifyQueue()
        while not self._stopped and self._watch_new(targets, self._queue):
            pass

    def _watch_new(self, targets: Targets, queue: InotifyQueue) -> bool:
        """Set the watches that are wanted now; returns whether anything is watched otherwise than before."""
        plan = plan_folders(targets)
        if (silent := silent_folder({watch.folder for watch in plan.watches}, _mounts())) is not None:
            raise SilentMountError("{} is on a mount of the type {}".format(*silent))
        self._links = plan.links
        wanted: dict[Path, set[Watch]] = {folder: set() for folder in plan.ways}
        for watch in plan.watches:
            wanted.setdefault(watch.folder, set()).add(watch)
        watched: dict[int, frozenset[_Folder]] = {}
        for path, watches in wanted.items():
            # a file, or a closed folder, cannot be watched
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                number = queue.add(path, _ITSELF | _ENTRIES | _WRITES if watches else _ITSELF)
                watched[number] = watched.get(number, frozenset()) | {_Folder(path, frozenset(watches))}
        before, self._watched = self._watched, watched
        for number in before.keys() - watched.keys():
            queue.remove(number)
        return watched != before


def _mounts() -> Mounts:
    """Find out what is mounted where; nothing, where this system does not say."""
    try:
        return read_mounts(_MOUNTS.read_text(errors="surrogateescape"))
    except OSError:
        return {}
