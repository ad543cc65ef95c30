"""Reads folders: finds every source file below them, and where watches are needed. Ignored folders are not entered."""

import contextlib
import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from emulator.reload.source_file import is_source_file
from emulator.reload.targets import Targets, Watch, is_ignored_file, is_ignored_folder

_MOST_LINKS = 40
"""Symbolic links followed on the way to one path: as many as Linux follows (path_resolution(7))."""


def files(targets: Targets) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield every source file with its status."""
    for root in targets.roots:
        for _, known_as, entries in _walk(root, root, set()):
            for entry in entries:
                with contextlib.suppress(OSError):  # gone since the folder was read
                    status = entry.stat()
                    if is_source_file(status):
                        yield known_as / entry.name, status
    for config_file in targets.config_files:
        with contextlib.suppress(OSError):
            status = config_file.stat()
            if is_source_file(status):
                yield config_file, status


class Folders(NamedTuple):
    """What has to be watched: `watches` for what happens in folders, `ways` for the folders on the way to a root, whose
    moving moves the root. `links` are the symbolic links that were followed."""

    watches: frozenset[Watch]
    ways: frozenset[Path]
    links: frozenset[Path]


def plan_folders(targets: Targets) -> Folders:
    """Find everything that tells when a source file changes, or when another becomes one. A root is watched from
    outside too, so that its being moved, replaced or led elsewhere by a link is seen."""
    watches: set[Watch] = set()
    links: set[Path] = set()
    ways: set[Path] = set()
    for root in targets.roots:
        links |= _follow(root, root, watches)
        real = Path(os.path.realpath(root))
        watches.add(Watch(real.parent, root, only=real.name))
        ways |= set(real.parents)
        for folder, known_as, entries in _walk(real, root, set()):
            watches.add(Watch(folder, known_as))
            for entry in entries:
                if entry.is_symlink():
                    links |= _follow(folder / entry.name, known_as / entry.name, watches)
                    if not _is_folder(entry):
                        watches.add(_watch_file(known_as / entry.name))
    for config_file in targets.config_files:
        links |= _follow(config_file, config_file, watches)
        watches.add(_watch_file(config_file))
    return Folders(frozenset(watches), frozenset(ways), frozenset(links))


def _walk(
    folder: Path, known_as: Path, entered: set[tuple[int, int]]
) -> Iterator[tuple[Path, Path, list[os.DirEntry[str]]]]:
    """Yield a folder and each one below: where it is (really, if `folder` is), the path it is known by, and its entries
    but for those of names that are ignored. Leave out the entries of one that was `entered` before: links may lead in
    circles."""
    entries = [
        entry
        for entry in _enter(folder, entered)
        if not (is_ignored_folder(entry.name) if _is_folder(entry) else is_ignored_file(entry.name))
    ]
    yield folder, known_as, entries
    for entry in entries:
        if _is_folder(entry) and not _is_no_source(entry):
            path = folder / entry.name
            inner = Path(os.path.realpath(path)) if entry.is_symlink() else path
            yield from _walk(inner, known_as / entry.name, entered)


def _enter(folder: Path, entered: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """List a folder; nothing when it was `entered` before, for links may lead in circles."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in entered:
            return []
        entered.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_no_source(entry: os.DirEntry[str]) -> bool:
    """Tell a virtual environment, and what a link to the system's own folders leads to, by more than its name."""
    if os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):  # noqa: PTH110, PTH118
        return True
    with contextlib.suppress(OSError):
        status = entry.stat()
        return (status.st_dev, status.st_ino) in _of_the_system()
    return False


@functools.cache
def _of_the_system() -> frozenset[tuple[int, int]]:
    """Find the folders, by device and inode, that hold no source, and more than can be looked through, should a link
    lead there."""
    found = set()
    for folder in ("/", "/proc", "/sys", "/dev"):
        with contextlib.suppress(OSError):
            status = Path(folder).stat()
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell folders from files; False where a link leads to what may not be seen."""
    with contextlib.suppress(OSError):
        return entry.is_dir()
    return False


def _follow(path: Path, known_as: Path, watches: set[Watch]) -> set[Path]:
    """Watch every symbolic link on the way to `path`, itself included; returns them, each by its folder's real path."""
    links: set[Path] = set()
    here, ahead = Path(path.anchor), list(reversed(path.parts[1:]))
    followed = 0
    while ahead and followed < _MOST_LINKS:
        part = ahead.pop()
        entry = here.parent if part == ".." else here / part
        if part == ".." or not entry.is_symlink():
            here = entry
            continue
        followed += 1
        links.add(entry)
        watches.add(Watch(here, known_as, only=part))
        try:
            target = entry.readlink()
        except OSError:  # gone since
            return links
        here = Path(target.anchor) if target.is_absolute() else here
        ahead.extend(reversed(target.parts[1:] if target.is_absolute() else target.parts))
    return links


def _watch_file(known_as: Path) -> Watch:
    real = Path(os.path.realpath(known_as))
    return Watch(real.parent, known_as, only=real.name)
