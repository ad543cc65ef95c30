"""Tells source files from what may lie among them (pipes, sockets, devices, our own output), and reads no more of a
file than it is told to. Opening a pipe waits for a writer, and /dev/zero has no end."""

import contextlib
import functools
import os
import stat
from pathlib import Path


def is_source_file(status: os.stat_result) -> bool:
    """Tell whether a file is a regular one, and not the one that our console goes to (`emulate serve > out.txt`)."""
    return stat.S_ISREG(status.st_mode) and (status.st_dev, status.st_ino) not in _own_output()


def read_source_file(path: Path, limit: int) -> bytes | None:
    """Read a file; None when it is no source file, cannot be read or holds `limit` bytes or more."""
    try:
        if not is_source_file(path.stat()):
            return None
        # Should it become a pipe between the two calls, opening it does not wait.
        with open(path, "rb", buffering=0, opener=_open) as file:
            content = bytearray()
            while len(content) < limit and (data := file.read(limit - len(content))):
                content += data
    except OSError:
        return None
    return bytes(content) if len(content) < limit else None


def is_empty(path: Path) -> bool:
    """Tell whether there is a source file, and nothing in it."""
    with contextlib.suppress(OSError):
        status = path.stat()
        return is_source_file(status) and status.st_size == 0
    return False


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)


@functools.cache
def _own_output() -> frozenset[tuple[int, int]]:
    """Find the device and inode of what standard output and standard error lead to; once, for every file asks."""
    found = set()
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):  # closed
            status = os.fstat(descriptor)
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)
