"""Reads the files a configuration is made of, and keeps what was in them: no more than a limit, and never waiting for
what is no file."""

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from emulator.errors import Problem

LONGEST = 16 * 1024 * 1024
"""Bytes of a file that are read at most: no configuration comes near, and /dev/zero has no end."""


class Reader:
    """Reads each file of one load. `contents` holds what was read, by absolute path. `pipes` is what the first load got
    from what is no file, None for that load itself."""

    def __init__(self, pipes: Mapping[Path, bytes] | None = None) -> None:
        self._pipes = pipes
        self.contents: dict[Path, bytes] = {}
        self.files: tuple[Path, ...] = ()
        """The files that can change, absolute: a pipe cannot."""

    def read(self, path: Path) -> bytes:
        """Return the content. A pipe (`--env-file <(decrypt local.env)`) gives it once: later loads get it from the
        first. Raises OSError."""
        absolute = path.absolute()
        is_file = _is_file(path.stat())
        if is_file or self._pipes is None:
            content = _read(path)
        elif absolute in self._pipes:
            content = self._pipes[absolute]
        else:
            raise OSError(errno.EINVAL, "it is no regular file any more")
        self.contents[absolute] = content
        if is_file:
            self.files = (*self.files, absolute)
        return content


def contents_of(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Return what files hold now; one that is missing, or cannot be read, is left out."""
    found: dict[Path, bytes] = {}
    for path in paths:
        try:
            if _is_file(path.stat()):
                found[path] = _read(path)
        except OSError:
            continue
    return found


def unreadable(file: str, error: OSError | UnicodeDecodeError) -> Problem:
    """Say why a file that is there cannot be read as text."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
        return Problem(file, line, "", found, "text in UTF-8", "Save the file with the encoding UTF-8.")
    found = f"a file that cannot be read ({error.strerror})"
    return Problem(file, 0, "", found, "a readable file", "Check its permissions and path.")


def _is_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)  # to read a folder fails at once


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise OSError(errno.EFBIG, f"it holds more than {LONGEST >> 20} MB")
    return content
