"""Speaks inotify(7) to the kernel. What was saved is in the queue the moment the call that wrote it returns, and who
asks reads it then, instead of a thread some time later. Linux only; knows nothing of what is watched, or why."""

import errno
import os
import select
import struct
from pathlib import Path
from typing import NamedTuple

IN_MODIFY = 0x2
IN_CLOSE_WRITE = 0x8
IN_MOVED_FROM = 0x40
IN_MOVED_TO = 0x80
IN_CREATE = 0x100
IN_DELETE = 0x200
IN_DELETE_SELF = 0x400
IN_MOVE_SELF = 0x800
IN_Q_OVERFLOW = 0x4000
IN_IGNORED = 0x8000
IN_ONLYDIR = 0x1000000
IN_MASK_ADD = 0x20000000
IN_ISDIR = 0x40000000

_EVENT = struct.Struct("iIII")
"""The head of `struct inotify_event`: watch, mask, cookie, bytes of the name that follows."""

_BUFFER = 1 << 16
"""Bytes asked for in one read: some two thousand events."""

_LIMITS = {errno.ENOSPC: "inotify watch limit reached", errno.EMFILE: "inotify instance limit reached"}
"""What these mean here; their own texts speak of a full disk and of open files (inotify_add_watch(2))."""


class Event(NamedTuple):
    """Something happened to a watched folder, or to the entry `name` in it ("" when it concerns the folder itself)."""

    watch: int
    mask: int
    name: str


class InotifyQueue:
    """An inotify instance. Raises OSError when the system gives none."""

    def __init__(self) -> None:
        import ctypes  # some ms, which are not the start-up's

        self._libc, self._errno = ctypes.CDLL(None, use_errno=True), ctypes.get_errno
        self._fd = self._checked(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        self.readable = poll.poll
        """Called with 0 it tells at once, in a microsecond, whether anything happened."""

    def fileno(self) -> int:
        return self._fd

    def add(self, folder: Path, mask: int) -> int:
        """Watch a folder for the events in `mask`, beside those it may be watched for already. Returns the number that
        its events will bear: one for each folder, by whatever path it is reached. Raises OSError: it is gone, is no
        folder or may not be read, or the system's limit is reached."""
        flags = mask | IN_ONLYDIR | IN_MASK_ADD
        return self._checked(self._libc.inotify_add_watch(self._fd, os.fsencode(folder), flags))

    def remove(self, watch: int) -> None:
        """Watch it no longer; nothing when the folder has gone, and the watch with it."""
        self._libc.inotify_rm_watch(self._fd, watch)

    def read(self) -> list[Event]:
        """Take what has happened, in its order; empty when nothing has."""
        try:
            data = os.read(self._fd, _BUFFER)
        except BlockingIOError:
            return []
        events, start = [], 0
        while start < len(data):
            watch, mask, _, length = _EVENT.unpack_from(data, start)
            start += _EVENT.size + length
            events.append(Event(watch, mask, os.fsdecode(data[start - length : start].rstrip(b"\0"))))
        return events

    def close(self) -> None:
        """Return the instance, and all its watches, to the system."""
        os.close(self._fd)

    def _checked(self, result: int) -> int:
        if result == -1:
            number = self._errno()
            raise OSError(number, _LIMITS.get(number, os.strerror(number)))
        return result
