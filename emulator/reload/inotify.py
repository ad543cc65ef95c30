"""File events on Linux. The kernel queues an event within the call that writes, so who looks into the queue before
each request knows of every save made before it."""

import asyncio
import contextlib
import os
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.reload.changes import Kind, Targets, Watch, is_ignored_folder
from emulator.reload.contents import Contents
from emulator.reload.scan import plan_folders

if TYPE_CHECKING:
    from emulator.reload.descriptor import Descriptor, WatchedFolder

_RETRY = 0.25
"""Seconds after which a code folder that is not there (a checkout may replace it) is looked for again."""

_Key = tuple[Path, int, int, int]
"""A folder's path, device, inode and event mask: another folder at the same path is another key."""


class Inotify:
    """Calls `hear` in the event loop. Watches are set in a thread, for a large tree takes its time, and again whenever
    folders or links came or went; `catch_up` waits for that. `fail` gets the system's reason when it gives no events.
    """

    def __init__(self, contents: Contents, hear: Callable[[Path, Kind], None], fail: Callable[[str], None]) -> None:
        self._contents = contents
        self._hear = hear
        self._fail = fail
        self._targets = Targets((), frozenset())
        self._since: float | None = None
        self._links: frozenset[Path] = frozenset()
        self._descriptor: Descriptor | None = None
        self._readable: Callable[[int], object] | None = None
        self._watched: dict[_Key, WatchedFolder] = {}
        self._setting: asyncio.Future[None] | None = None
        self._again = False
        self._missing = False
        self._retry: asyncio.TimerHandle | None = None
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, targets: Targets, since: float) -> None:
        """What is saved after `since`, in Unix time, is reported."""
        self.update(targets, since)

    def update(self, targets: Targets, since: float) -> None:
        """Watch these instead. What was saved after `since` is reported."""
        self._loop = asyncio.get_running_loop()
        self._targets = targets
        self._since = since if self._since is None else min(since, self._since)
        self._set_watches()

    def catch_up(self) -> Awaitable[None] | None:
        """Hear what was saved before. None: all of it is heard of."""
        if self._readable is not None and self._readable(0):
            self._drain()
        if self._missing and self._setting is None:
            self._set_watches()
        return None if self._setting is None else asyncio.shield(self._setting)

    def stop(self) -> None:
        """Returns when nothing more is watched."""
        self._stopped = True
        if self._retry is not None:
            self._retry.cancel()
        if self._thread is not None:
            self._thread.join()
        if self._descriptor is not None:
            if self._readable is not None and self._loop is not None and not self._loop.is_closed():
                self._loop.remove_reader(self._descriptor.fileno())
            self._readable = None
            self._descriptor.close()
        self._finish()

    def _finish(self) -> None:
        setting, self._setting = self._setting, None
        if setting is not None and not setting.done():
            setting.set_result(None)

    def _drain(self) -> None:
        if self._descriptor is not None and not self._stopped:
            self._descriptor.drain(self._set_watches)

    def _listed(self, watched: "WatchedFolder", path: Path, kind: Kind, is_folder: bool) -> None:
        if self._is_structure(watched, path, is_folder):
            self._set_watches()
        if not is_folder:  # of its files that look tells
            self._written(watched, path, Kind.SETTLED if path.is_symlink() else kind)

    def _written(self, watched: "WatchedFolder", path: Path, kind: Kind) -> None:
        for watch in watched.watches:
            known = watch.known(path)
            if known is not None:
                self._hear(known, kind)

    def _is_structure(self, watched: "WatchedFolder", path: Path, is_folder: bool) -> bool:
        """Whether what happened to an entry changes what is to be watched."""
        if path in self._links or any(watch.only == path.name for watch in watched.watches):
            return True
        if all(watch.only for watch in watched.watches):
            return False
        if is_folder:
            return not is_ignored_folder(path.name)
        return path.name == "pyvenv.cfg" or path.is_symlink()

    # Setting watches

    def _set_watches(self) -> None:
        """And look for what was missed meanwhile."""
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
        """In a thread."""
        reason, changed, missing = "a fault of emulate's own", frozenset[Path](), False
        try:
            self._watch_all(targets)
            changed = frozenset() if since is None else self._contents.learn(targets, since)
            changed |= self._contents.suspects(targets)
            missing = not all(os.path.exists(root) for root in targets.roots)  # noqa: PTH110  Path.exists may raise
            reason = ""
        except OSError as error:
            reason = error.strerror or str(error)
        finally:
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                loop.call_soon_threadsafe(self._set, reason, changed, missing)

    def _set(self, reason: str, changed: frozenset[Path], missing: bool) -> None:
        """In the event loop: the watches are set, and this is what looks different."""
        if self._stopped or self._loop is None:
            return
        if reason:
            self._fail(reason)
            return
        if self._readable is None and self._descriptor is not None:
            self._readable = self._descriptor.readable
            self._loop.add_reader(self._descriptor.fileno(), self._drain)
        for path in changed:
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
        """Until a look finds nothing new: a folder may get another between its being read and its being watched.
        Raises OSError when the system gives no more watches."""
        if self._descriptor is None:
            from emulator.reload.descriptor import Descriptor

            self._descriptor = Descriptor()
        while not self._stopped and self._watch_new(targets, self._descriptor):
            pass

    def _watch_new(self, targets: Targets, descriptor: "Descriptor") -> bool:
        from emulator.reload.descriptor import WatchedFolder, mask_of

        plan = plan_folders(targets)
        self._links = plan.links
        by_folder: dict[Path, tuple[Watch, ...]] = dict.fromkeys(plan.ways, ())
        for watch in plan.watches:
            by_folder[watch.folder] = (*by_folder.get(watch.folder, ()), watch)
        is_new = False
        kept: dict[_Key, WatchedFolder] = {}
        for folder, watches in by_folder.items():
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                status = folder.stat()
                key = (folder, status.st_dev, status.st_ino, mask_of(watches))
                watched = self._watched.get(key)
                if watched is None or not watched.is_set:
                    watched = WatchedFolder(folder, self._written, self._listed, self._set_watches)
                    watched.watches = watches
                    watched.add(descriptor, key[-1])  # a file, or a closed folder, cannot be watched
                    is_new = True
                watched.watches = watches
                kept[key] = watched
        old, self._watched = self._watched, kept
        for key, watched in old.items():
            if kept.get(key) is not watched:
                watched.remove(descriptor)
        return is_new
