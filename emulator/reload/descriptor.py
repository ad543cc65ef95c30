"""watchdog's inotify, read by whoever asks instead of by a thread: what was saved is known the moment it is asked for.
Linux only."""

import os
import select
from collections.abc import Callable
from pathlib import Path

from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyEvent, InotifyFD, Mask, WatchDescriptor

from emulator.reload.changes import Kind, Watch

_MOVED = InotifyConstants.IN_MOVE_SELF | InotifyConstants.IN_DELETE_SELF | InotifyConstants.IN_ONLYDIR
_ENTRIES = InotifyConstants.IN_CREATE | InotifyConstants.IN_MOVE | InotifyConstants.IN_DELETE
_WRITES = InotifyConstants.IN_MODIFY | InotifyConstants.IN_CLOSE_WRITE


class Descriptor(InotifyFD):
    """An inotify instance. Raises OSError when the system gives none."""

    def __init__(self) -> None:
        super().__init__()
        self._is_reading = False  # no thread is, so `close` closes
        self._poll = select.poll()
        self._poll.register(self._inotify_fd, select.POLLIN)
        self.readable = self._poll.poll
        """Called with 0 it tells at once, in a microsecond, whether anything happened."""

    def fileno(self) -> int:
        return self._inotify_fd

    def drain(self, lost: Callable[[], None]) -> None:
        """Dispatch what has happened; `lost` is called when the system dropped events."""
        while self.readable(0):
            for event in self.read_events():
                if event.is_queue_overflow:
                    lost()
                else:
                    self.handle_event(event)


class WatchedFolder:
    """A folder that is watched by itself, without what is below: watchdog's WatchCallback. `moved` is called when it is
    moved, deleted or unmounted itself, `written` and `listed` with an entry and how much is known of its being
    complete: `listed` when it came or went."""

    def __init__(
        self,
        folder: Path,
        written: Callable[["WatchedFolder", Path, Kind], None],
        listed: Callable[["WatchedFolder", Path, Kind, bool], None],
        moved: Callable[[], None],
    ) -> None:
        self.folder = folder
        self.watches: tuple[Watch, ...] = ()
        self._written = written
        self._listed = listed
        self._moved = moved
        self._descriptor: WatchDescriptor | None = None

    @property
    def is_set(self) -> bool:
        return self._descriptor is not None

    def add(self, to: Descriptor, mask: int) -> None:
        """Raises OSError: gone (FileNotFoundError, NotADirectoryError), or the system's limit is reached."""
        self._descriptor = to.add_callback(os.fsencode(self.folder), Mask(mask), self, CallbackId(id(self)))

    def remove(self, of: Descriptor) -> None:
        if self._descriptor is not None:
            of.remove_callbacks([(self._descriptor, CallbackId(id(self)))])
            self._descriptor = None

    def on_event(self, event: InotifyEvent) -> None:
        if event.mask & (InotifyConstants.IN_MOVE_SELF | InotifyConstants.IN_DELETE_SELF):
            self._moved()
        elif event.mask & _ENTRIES:
            kind = Kind.CREATED if event.is_create else Kind.SETTLED
            self._listed(
                self, self.folder / os.fsdecode(event.name), kind, bool(event.mask & InotifyConstants.IN_ISDIR)
            )
        elif event.mask & _WRITES:
            kind = Kind.WRITTEN if event.is_modify else Kind.SETTLED
            self._written(self, self.folder / os.fsdecode(event.name), kind)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        self._descriptor = None
        self._moved()

    def on_queue_overflow(self) -> None:
        """Is dealt with once for all, in `drain`."""


def mask_of(watches: tuple[Watch, ...]) -> int:
    """What must be told of a folder: least, when it only lies on the way to what is watched."""
    if not watches:
        return _MOVED
    return _MOVED | _ENTRIES | _WRITES
