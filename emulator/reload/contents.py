"""What is in the files, so that a file which was written and is the same as before counts as unchanged."""

import hashlib
import os
import stat
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from emulator.reload.changes import Targets
from emulator.reload.scan import files
from emulator.reload.source_file import is_source_file, read_source_file

_LARGE = 1 << 20
"""Bytes from which on a file is not read: written is changed."""

_MOST = 32 << 20
"""Bytes read when watching begins; what lies beyond is read when it is first written."""

_MANY = 200
"""Files written at once that are compared; more, and all count as changed: a checkout of another branch."""

_TICK_NS = 50_000_000
"""Two writes less than this apart may leave a file with the same times."""

_UNREAD = b"?"
"""A content that is like no other."""


class _Known(NamedTuple):
    content: bytes
    stamp: tuple[int, ...]
    """Of the file's status; empty when the file may have been written since and look the same."""


class Contents:
    """The content of every source file and the identity of every code folder, as last told to those who run them.

    `learn` and `suspects` may be called in any one thread beside the event loop's, the others in the event loop's.
    `learn` adds only what it has never seen: a file written while it reads is still compared with what was before.
    """

    def __init__(self) -> None:
        self._known: dict[Path, _Known] = {}
        self._roots: frozenset[Path] = frozenset()

    def learn(self, targets: Targets, since: float) -> frozenset[Path]:
        """Read the folders that are new. The files written since `since`, in Unix time, which are not what is running
        for sure: they count as changed whatever they hold."""
        news: set[Path] = set()
        left = _MOST
        fresh = Targets.of(set(targets.roots) - self._roots, targets.config_files)
        for path in _all(fresh):
            known = _read(path, min(left, _LARGE))
            status = _stat(path)
            if known is None or status is None:
                continue
            left -= status.st_size if known.content != _UNREAD else 0
            if not path.is_dir() and max(status.st_mtime_ns, status.st_ctime_ns) >= since * 1e9 - _TICK_NS:
                known = _Known(_UNREAD, ())
                news.add(path)
            self._known.setdefault(path, known)
        self._roots = frozenset(targets.roots)
        for path in tuple(self._known):
            if not targets.cover(path):
                self._known.pop(path, None)
        return frozenset(news)

    def suspects(self, targets: Targets) -> frozenset[Path]:
        """What looks written, new or gone; `judge` tells."""
        before = {path: known for path, known in self._known.items() if targets.cover(path)}
        same: set[Path] = set()
        there = set(_all(targets))
        for path in there & before.keys():
            status = _stat(path)
            if status is not None and _looks_the_same(path, before[path], status):
                same.add(path)
        return frozenset((there | before.keys()) - same)

    def judge(self, paths: Collection[Path]) -> frozenset[Path]:
        """Those whose content is not what it was when they were last judged."""
        limit = _LARGE if len(paths) <= _MANY else 0
        return frozenset(path for path in paths if self._is_changed(path, limit))

    def passes_over(self, path: Path) -> bool:
        """Whether there is something that is no source, and has been none: a pipe, a device, what emulate prints."""
        status = _stat(path)
        return status is not None and not _counts(status) and path not in self._known

    def _is_changed(self, path: Path, limit: int) -> bool:
        before, after = self._known.pop(path, None), _read(path, limit)
        if after is not None:
            self._known[path] = after
        if before is None or after is None:
            return before is not after
        return after.content == _UNREAD or before.content != after.content


def _all(targets: Targets) -> Iterable[Path]:
    """Code folders by themselves too: a link may lead elsewhere, a folder be put in another's place."""
    yield from (root for root in targets.roots if (status := _stat(root)) is not None and _counts(status))
    for path, _ in files(targets):
        yield path


def _read(path: Path, limit: int) -> _Known | None:
    """None: there is no such file, or none that counts."""
    status = _stat(path)
    if status is None or not _counts(status):
        return None
    stamp = _stamp(status)
    if stat.S_ISDIR(status.st_mode):
        return _Known(b"%d:%d" % (status.st_dev, status.st_ino), stamp)
    if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _TICK_NS:
        stamp = ()
    content = read_source_file(path, limit) if status.st_size < limit else None
    return _Known(_UNREAD if content is None else hashlib.blake2b(content, digest_size=16).digest(), stamp)


def _looks_the_same(path: Path, known: _Known, status: os.stat_result) -> bool:
    if known.stamp:
        return known.stamp == _stamp(status)
    now = _read(path, _LARGE)
    return now is not None and now.content == known.content != _UNREAD


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _counts(status: os.stat_result) -> bool:
    return stat.S_ISDIR(status.st_mode) or is_source_file(status)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    if stat.S_ISDIR(status.st_mode):
        return status.st_dev, status.st_ino
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
