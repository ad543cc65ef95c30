"""Remembers what is in the files, so that one that was written and is the same as before counts as unchanged, and finds
by a look at all of them what no event has told."""

import hashlib
import os
import stat
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from emulator.reload.folders import files
from emulator.reload.source_file import is_source_file, read_source_file
from emulator.reload.targets import Targets

_LARGE = 1 << 20
"""Bytes from which on a file is not read: when it was written it counts as changed. Reading more would hold up the
event loop for milliseconds."""

_MOST = 32 << 20
"""Bytes read when watching begins, which takes some 50 ms; what lies beyond is read when it is first written."""

_MANY = 200
"""Files written at once that are compared; when there are more, as in a checkout of another branch, all count as
changed."""

_TICK_NS = 50_000_000
"""Two writes that are fewer nanoseconds apart than this may leave a file with the same times, which the kernel takes
from its last tick."""

_COARSE_NS = 3_000_000_000
"""Two writes that are fewer nanoseconds apart may leave a file with the same times where the file system keeps whole
seconds, or every other (FAT)."""

_UNREAD = b"?"
"""A content that is like no other."""

Stamp = tuple[int, ...]
"""What differs in the status of a file when it was written, or is another file; () stands for no such file."""


@dataclass(slots=True)
class _Fingerprint:
    """What a file holds, as last told to those who run it: a digest, the identity of a folder, or _UNREAD; and how it
    looked then. Where `is_fresh` it could have been written since and look the same: then only its content tells."""

    content: bytes
    stamp: Stamp
    is_fresh: bool = False


class Contents:
    """The fingerprint of every source file and of every code folder, as last told to those who run them.

    `look` may be called in any one thread beside the event loop's, the other methods in the event loop's. It adds only
    what was never seen: a file written while it reads is still compared with what was before.
    """

    def __init__(self) -> None:
        self._known: dict[Path, _Fingerprint] = {}
        self._roots: frozenset[Path] = frozenset()

    def look(self, targets: Targets, since: float | None = None) -> dict[Path, Stamp]:
        """Find what looks written, new or gone since it was last judged, and how it looks; `judge` tells whether it is.

        Where `targets` are new, `since` is the Unix time, in seconds, from which on a save is a change: what new
        folders hold is learnt, and what was written there since is found too, for it may not be what is running.
        """
        if since is not None:
            self._learn(targets, since)
        known, there = self._known.copy(), dict(_all(targets))
        looks = {
            path: _stamp(status)
            for path, status in there.items()
            if path not in known or not _looks_the_same(path, known[path], status)
        }
        gone = (path for path in known.keys() - there.keys() if targets.cover(path))
        return looks | dict.fromkeys(gone, ())

    def judge(self, paths: Collection[Path]) -> frozenset[Path]:
        """Return those whose content is not what it was when they were last judged."""
        limit = _LARGE if len(paths) <= _MANY else 0
        return frozenset(path for path in paths if self._is_changed(path, limit))

    def passes_over(self, path: Path) -> bool:
        """Tell whether `path` is something that is no source, and was none: a pipe, a device, what emulate prints."""
        status = _status(path)
        return status is not None and not _counts(status) and path not in self._known

    def _learn(self, targets: Targets, since: float) -> None:
        left = _MOST
        fresh = Targets.of(set(targets.roots) - self._roots, targets.config_files)
        for path, _ in _all(fresh):
            known = None if path in self._known else _read(path, min(left, _LARGE))
            status = _status(path)  # after the file was read: what was written meanwhile counts as written since
            if known is None or status is None:
                continue
            left -= status.st_size if known.content != _UNREAD else 0
            if not stat.S_ISDIR(status.st_mode) and _written_at(status) >= since * 1e9 - _TICK_NS:
                known = _Fingerprint(_UNREAD, ())
            self._known.setdefault(path, known)
        self._roots = frozenset(targets.roots)
        for path in tuple(self._known):
            if not targets.cover(path):
                self._known.pop(path, None)

    def _is_changed(self, path: Path, limit: int) -> bool:
        before, after = self._known.pop(path, None), _read(path, limit)
        if after is not None:
            self._known[path] = after
        if before is None or after is None:
            return before is not after
        return after.content == _UNREAD or before.content != after.content


def _all(targets: Targets) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield every file, and every code folder: a link may lead elsewhere, a folder be put in another's place."""
    for root in targets.roots:
        if (status := _status(root)) is not None and _counts(status):
            yield root, status
    yield from files(targets)


def _read(path: Path, limit: int) -> _Fingerprint | None:
    """Take the fingerprint of a file or folder; None when there is none that counts."""
    status = _status(path)
    if status is None or not _counts(status):
        return None
    if stat.S_ISDIR(status.st_mode):
        return _Fingerprint(b"%d:%d" % (status.st_dev, status.st_ino), _stamp(status))
    now = time.time_ns()  # before the file is read: what is written meanwhile must not count as read
    content = read_source_file(path, limit) if status.st_size < limit else None
    if content is None:
        return _Fingerprint(_UNREAD, _stamp(status), _is_fresh(status, now, _TICK_NS))
    digest = hashlib.blake2b(content, digest_size=16).digest()
    return _Fingerprint(digest, _stamp(status), _is_fresh(status, now, _COARSE_NS))


def _looks_the_same(path: Path, known: _Fingerprint, status: os.stat_result) -> bool:
    """Tell whether the file looks as it did, and has the same content where looks do not tell. Note, in `known`, when
    they have begun to; what `judge` makes known meanwhile is another object, and stays as it is."""
    if known.stamp != _stamp(status):
        return False
    if known.is_fresh:
        now = _read(path, _LARGE)
        if now is None or (now.stamp, now.content) != (known.stamp, known.content) or now.content == _UNREAD:
            return False
        known.is_fresh = now.is_fresh
    return True


def _is_fresh(status: os.stat_result, now: int, tick_ns: int) -> bool:
    """Tell whether a write at `now` may leave a file's times as they are. They advance every `tick_ns` nanoseconds."""
    return status.st_mtime_ns >= now - tick_ns or status.st_ctime_ns >= now - _TICK_NS


def _written_at(status: os.stat_result) -> int:
    """Return the Unix time in nanoseconds; of a file that was moved here with its old time, that of the move."""
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _counts(status: os.stat_result) -> bool:
    return stat.S_ISDIR(status.st_mode) or is_source_file(status)


def _stamp(status: os.stat_result) -> Stamp:
    if stat.S_ISDIR(status.st_mode):
        return status.st_dev, status.st_ino
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
