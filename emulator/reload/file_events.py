"""Nudges whoever looks at the files when something may have been saved: by watchdog, which on macOS hears of it from
FSEvents some time after the save. No Mac has run this yet; on Linux its tests do, where watchdog hears from inotify."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from emulator.reload.folders import plan_folders
from emulator.reload.targets import Targets, is_ignored_file

_Key = tuple[Path, bool, int, int]
"""A folder's path, whether with all below it, its device and inode: another folder at the same path is another key."""


class FileEvents:
    """A handler, for watchdog, of every event at and below what is watched. Which event it is matters little, and none
    has to come: a request is preceded by a look anyway. `nudge` is called in a thread of watchdog's."""

    def __init__(self, nudge: Callable[[], None]) -> None:
        self._nudge = nudge
        self._observer: Any = None  # watchdog is imported when the first watch is set, after start-up
        self._watched: frozenset[_Key] = frozenset()
        self._is_lost = False

    def watch(self, targets: Targets) -> None:
        """Watch these, and what links among them lead to, instead of what was watched before. Raises whatever watchdog
        does when the system gives no events, an OSError as a rule."""
        from watchdog import events, observers

        wanted, is_lost, self._is_lost = frozenset(_keys(targets)), self._is_lost, False
        if wanted == self._watched and not is_lost:
            return
        if self._observer is None:
            observer = observers.Observer()
            observer.start()
            self._observer = observer
        self._observer.unschedule_all()
        self._watched = frozenset()
        # Left out is what reading a file, and listing a folder, causes: a look would lead to the next.
        files = [events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent]
        of_interest = [*files, events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent]
        for folder, is_whole, *_ in wanted:
            try:
                self._observer.schedule(self, str(folder), recursive=is_whole, event_filter=of_interest)
            except FileNotFoundError:  # gone since, which the look that follows finds
                self._is_lost = True
        self._watched = wanted

    def dispatch(self, event: Any) -> None:
        """Hear one event, by watchdog's FileSystemEventHandler."""
        if event.is_directory and event.event_type == "deleted":
            self._is_lost = True  # perhaps the folder of a watch, in whose place another may get the same inode
        names = [Path(os.fsdecode(path)).name for path in (event.src_path, event.dest_path) if path]
        if event.is_directory or not all(map(is_ignored_file, names)):
            self._nudge()

    def stop(self) -> None:
        """Stop watching, and return when nothing more is watched."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()


def _keys(targets: Targets) -> Iterator[_Key]:
    """Yield the outermost of the folders that are watched whole, and those of which single entries are."""
    watches = plan_folders(targets).watches
    whole = {watch.folder for watch in watches if not watch.only}
    for folder in {watch.folder for watch in watches}:
        if whole.isdisjoint(folder.parents):
            with contextlib.suppress(OSError):  # gone since
                status = folder.stat()
                yield folder, folder in whole, status.st_dev, status.st_ino
