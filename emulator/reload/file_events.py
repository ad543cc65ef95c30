"""File events where they come some time after the save: FSEvents on macOS, by watchdog. What is asked for at a given
moment is looked for in the files instead. No Mac has run it; on Linux the tests do, where watchdog uses inotify."""

import asyncio
import contextlib
import logging
import threading
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from emulator.reload.changes import Kind, Targets, Watch
from emulator.reload.contents import Contents
from emulator.reload.polling import Polling
from emulator.reload.scan import changed_since, plan_watches

_RETRY = 0.25
"""Seconds after which a folder that is not there (a checkout may replace it) is looked for again."""

_KINDS = {
    "created": Kind.CREATED,
    "modified": Kind.WRITTEN,
    "closed": Kind.SETTLED,
    "moved": Kind.SETTLED,
    "deleted": Kind.SETTLED,
}


class FileEvents:
    """Calls `hear` in the event loop. Watches are set in a thread, for a large tree takes its time; what is saved
    before they are set is found by its time. `fail` gets the system's reason when it gives no events."""

    def __init__(self, contents: Contents, hear: Callable[[Path, Kind], None], fail: Callable[[str], None]) -> None:
        self._looks = Polling(contents, self._looked, of_itself=False)
        self._hear_in_loop = hear
        self._fail_in_loop = fail
        self._loop: asyncio.AbstractEventLoop | None = None
        self._targets = Targets((), frozenset())
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._observer: Any = None  # watchdog is imported when the first watch is set, after start-up
        self._handlers: dict[tuple[Path, bool], _Handler] = {}

    def start(self, targets: Targets, since: float) -> None:
        """What is saved after `since`, in Unix time, is reported."""
        self._loop = asyncio.get_running_loop()
        self._targets = targets
        self._looks.start(targets, since)
        self._set_watches_soon(since)

    def update(self, targets: Targets, since: float) -> None:
        """Watch these instead."""
        self._targets = targets
        self._looks.update(targets, since)
        self._set_watches_soon(since)

    def catch_up(self) -> Awaitable[None]:
        """Done after a look at the files that begins now or later."""
        return self._looks.catch_up()

    def stop(self) -> None:
        """Returns when nothing more is watched."""
        self._stopped.set()
        self._looks.stop()
        with self._lock:
            if self._observer is not None:
                self._observer.stop()
                self._observer.join()
                self._observer = None

    def folders_changed(self) -> None:
        """Where folders are watched one by one a new one appeared, or a watched one is gone. All files of the new one
        are news, also those that were moved here with their old times."""
        self._looks.look_soon()
        self._set_watches_soon(0.0)

    def _looked(self, path: Path, kind: Kind) -> None:
        """Called in the event loop. What is seen at a root may be another folder, or what a link leads to."""
        if path in self._targets.roots or path.is_symlink():
            self._set_watches_soon(0.0)
        self._hear_in_loop(path, kind)

    def _hear(self, path: Path, kind: Kind) -> None:
        self._call(self._hear_in_loop, path, kind)

    def _fail(self, reason: str) -> None:
        self._call(self._fail_in_loop, reason)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        """From any thread."""
        if (loop := self._loop) is not None and not self._stopped.is_set():
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                loop.call_soon_threadsafe(function, *arguments)

    def _set_watches_soon(self, since: float) -> None:
        threading.Thread(target=self._set_watches, args=(since,), name="set-watches", daemon=True).start()

    def _set_watches(self, since: float) -> None:
        missing = True
        while missing and not self._stopped.is_set():
            try:
                new, missing = self._schedule_all()
            except OSError as error:  # the system's limit of watches is reached
                self._fail(error.strerror or str(error))
                return
            folders = [watch.known_as for watch in new if not watch.only]
            files = [watch.known_as for watch in new if watch.only]
            for path in changed_since(since, Targets.of(folders, files)):
                self._hear(path, Kind.SETTLED)
            if missing:
                self._stopped.wait(_RETRY)

    def _schedule_all(self) -> tuple[list[Watch], bool]:
        """The watches that are new, and whether a folder is missing. Raises OSError."""
        wanted: dict[tuple[Path, bool], list[Watch]] = {}
        for watch in plan_watches(self._targets):
            wanted.setdefault((watch.folder, watch.recursive), []).append(watch)
        with self._lock:
            if self._stopped.is_set():
                return [], False
            for key, handler in tuple(self._handlers.items()):
                if handler.lost or key not in wanted:
                    self._observer.unschedule(handler.observed)
                    del self._handlers[key]
            known = {watch for handler in self._handlers.values() for watch in handler.watches}
            missing = [key for key, watches in wanted.items() if not self._schedule(*key, watches)]
            new = [watch for key, watches in wanted.items() if key not in missing for watch in watches]
            return [watch for watch in new if watch not in known], bool(missing)

    def _schedule(self, folder: Path, recursive: bool, watches: list[Watch]) -> bool:
        from watchdog import events
        from watchdog.observers import Observer

        known = self._handlers.get((folder, recursive))
        if known is not None:
            known.watches = watches
            return True
        if self._observer is None:
            _quieten_watchdog()
            self._observer = Observer()
            self._observer.start()
        handler = _Handler(self._hear, self.folders_changed, watches)
        of_interest = [
            *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileClosedEvent),
            *(events.FileMovedEvent, events.FileDeletedEvent),
            *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
        ]
        try:
            handler.observed = self._observer.schedule(
                handler, str(folder), recursive=recursive, event_filter=of_interest
            )
        except FileNotFoundError:
            return False
        self._handlers[folder, recursive] = handler
        return True


def _quieten_watchdog() -> None:
    """It warns when two of its threads find the same folder within a new folder, and logs that it is being stopped;
    neither is of interest to a developer."""
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    logging.getLogger("watchdog").addHandler(logging.NullHandler())


class _Handler:
    """watchdog's FileSystemEventHandler of one watched folder, of which it calls only `dispatch`."""

    def __init__(
        self, hear: Callable[[Path, Kind], None], folders_changed: Callable[[], None], watches: list[Watch]
    ) -> None:
        self._hear = hear
        self._folders_changed = folders_changed
        self.watches = watches
        self.observed: Any = None
        self.lost = False

    def dispatch(self, event: Any) -> None:
        path, kind = Path(event.src_path), _KINDS[event.event_type]
        if event.is_directory:
            self._dispatch_folder(path, event.event_type)
            return
        self._tell(path, kind)
        if event.event_type == "moved":
            self._tell(Path(event.dest_path), kind)

    def _dispatch_folder(self, path: Path, event_type: str) -> None:
        """Of the files of a new folder events follow."""
        if event_type != "created":
            self._tell(path, Kind.SETTLED, is_folder=True)
        watch = self.watches[0]
        self.lost = self.lost or (event_type == "deleted" and path == watch.folder)
        if self.lost or not watch.recursive:
            self._folders_changed()

    def _tell(self, path: Path, kind: Kind, is_folder: bool = False) -> None:
        for watch in self.watches:
            known = watch.known(path, is_folder)
            if known is not None:
                self._hear(known, kind)
