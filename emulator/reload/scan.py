"""Reads folders: the state of every source file, and where watches are needed. Ignored folders are not entered."""

import contextlib
import functools
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from emulator.reload.changes import SMALL_FOLDERS, Targets, Watch, is_ignored_file, is_ignored_folder
from emulator.reload.source_file import is_source_file, read_source_file

_FRESH = 3.0
"""Seconds. Where file times are whole seconds two saves may look alike: the content of a fresh file is compared."""

_TICK = 0.02
"""Seconds by which a file's time may lie before the clock's: the kernel takes it from its last tick."""

_SMALL = 1 << 20
"""Bytes up to which it is."""

_MOST_LINKS = 40
"""As many as Linux follows (path_resolution(7))."""


class Signature(NamedTuple):
    """What differs when a file changed; `checksum` is 0 when the content was not read."""

    mtime_ns: int
    size: int
    checksum: int


def scan(targets: Targets, now: float) -> dict[Path, Signature]:
    """The state of every source file, and which folder each root is. `now` is Unix time."""
    found: dict[Path, Signature] = {}
    for root in targets.roots:
        with contextlib.suppress(OSError):
            status = root.stat()
            found[root] = Signature(status.st_ino, status.st_dev, 0)
    for path, status in files(targets):
        checksum = 0
        if status.st_mtime > now - _FRESH:
            checksum = zlib.crc32(read_source_file(path, _SMALL) or b"")
        found[path] = Signature(status.st_mtime_ns, status.st_size, checksum)
    return found


def differences(before: Mapping[Path, Signature], after: Mapping[Path, Signature]) -> frozenset[Path]:
    """Files that appeared, went or changed between two scans."""
    changed = {path for path in before.keys() & after.keys() if _differs(before[path], after[path])}
    return frozenset(changed | (before.keys() ^ after.keys()))


def _differs(before: Signature, after: Signature) -> bool:
    if before[:2] != after[:2]:
        return True
    return bool(before.checksum and after.checksum and before.checksum != after.checksum)


def changed_since(moment: float, targets: Targets) -> frozenset[Path]:
    """Files written, created or moved into place at or after `moment`, in Unix time. Deleted ones do not show."""
    return frozenset(path for path, status in files(targets) if max(status.st_mtime, status.st_ctime) >= moment - _TICK)


def files(targets: Targets) -> Iterator[tuple[Path, os.stat_result]]:
    """Every source file and its status."""
    for root in targets.roots:
        yield from _files_below(root, set())
    for config_file in targets.config_files:
        with contextlib.suppress(OSError):
            status = config_file.stat()
            if is_source_file(status):
                yield config_file, status


def _files_below(folder: Path, entered: set[tuple[int, int]]) -> Iterator[tuple[Path, os.stat_result]]:
    for entry in _enter(folder, entered):
        path = folder / entry.name
        if _is_folder(entry):
            if not _is_ignored(entry):
                yield from _files_below(path, entered)
        elif not is_ignored_file(entry.name):
            with contextlib.suppress(OSError):  # gone since the folder was read
                status = entry.stat()
                if is_source_file(status):
                    yield path, status


def _enter(folder: Path, entered: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """The entries of a folder; none when it was `entered` before, for links may lead in circles."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in entered:
            return []
        entered.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_ignored(entry: os.DirEntry[str]) -> bool:
    if is_ignored_folder(entry.name) or os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):  # noqa: PTH110, PTH118
        return True
    with contextlib.suppress(OSError):
        status = entry.stat()
        return (status.st_dev, status.st_ino) in _of_the_system()
    return False


@functools.cache
def _of_the_system() -> frozenset[tuple[int, int]]:
    """Folders that hold no source, and more than can be looked through, should a link lead there."""
    found = set()
    for folder in ("/", "/proc", "/sys", "/dev"):
        with contextlib.suppress(OSError):
            status = Path(folder).stat()
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """False where a link leads to what may not be seen."""
    with contextlib.suppress(OSError):
        return entry.is_dir()
    return False


class Folders(NamedTuple):
    """What to watch where each folder is watched by itself: `watches` for what happens in folders, `ways` for folders
    on the way to a root, whose moving moves the root. `links` are the symbolic links that were followed."""

    watches: frozenset[Watch]
    ways: frozenset[Path]
    links: frozenset[Path]


def plan_folders(targets: Targets) -> Folders:
    """Everything that tells when a source file changes, or when another becomes one. A root is watched from outside
    too, so that its being moved, replaced or led elsewhere by a link is seen."""
    watches: set[Watch] = set()
    links: set[Path] = set()
    ways: set[Path] = set()
    for root in targets.roots:
        links |= _follow(root, root, watches)
        real = Path(os.path.realpath(root))
        watches.add(Watch(real.parent, root, recursive=False, only=real.name))
        ways |= set(real.parents)
        _plan_below(real, root, set(), (watches, links))
    for config_file in targets.config_files:
        links |= _follow(config_file, config_file, watches)
        watches.add(_watch_file(config_file))
    return Folders(frozenset(watches), frozenset(ways), frozenset(links))


def _plan_below(
    folder: Path, known_as: Path, entered: set[tuple[int, int]], found: tuple[set[Watch], set[Path]]
) -> None:
    watches, links = found
    watches.add(Watch(folder, known_as, recursive=False))
    for entry in _enter(folder, entered):
        path, name = Path(entry.path), known_as / entry.name
        is_folder = _is_folder(entry)
        if is_ignored_folder(entry.name) if is_folder else is_ignored_file(entry.name):
            continue
        if entry.is_symlink():
            links |= _follow(path, name, watches)
            if not is_folder:
                watches.add(_watch_file(name))
        if is_folder and not _is_ignored(entry):
            _plan_below(Path(os.path.realpath(path)), name, entered, found)


def _follow(path: Path, known_as: Path, watches: set[Watch]) -> set[Path]:
    """Watch every symbolic link on the way to `path`, itself included; these links, each by its folder's real path."""
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
        watches.add(Watch(here, known_as, recursive=False, only=part))
        try:
            target = entry.readlink()
        except OSError:  # gone since
            return links
        here = Path(target.anchor) if target.is_absolute() else here
        ahead.extend(reversed(target.parts[1:] if target.is_absolute() else target.parts))
    return links


def plan_watches(targets: Targets) -> frozenset[Watch]:
    """The fewest watches that see every source file and do not reach into folders that may be large and hold none."""
    linked: set[Watch] = set()
    planned: set[Watch] = set()
    for root in targets.roots:
        planned |= _plan(Path(os.path.realpath(root)), root, set(), linked)
    for config_file in targets.config_files:
        folder = Path(os.path.realpath(config_file.parent))
        planned |= {_watch_file(config_file), Watch(folder, config_file, recursive=False, only=config_file.name)}
    return frozenset(planned | linked)


def _plan(folder: Path, known_as: Path, entered: set[tuple[int, int]], linked: set[Watch]) -> set[Watch]:
    """One recursive watch, or, when a costly folder is somewhere below, a watch of each piece without it. What links
    lead to goes into `linked`: no watch reaches through a link."""
    pieces: set[Watch] = set()
    whole = True
    for entry in _enter(folder, entered):
        path, name = Path(entry.path), known_as / entry.name
        if not _is_folder(entry):
            if entry.is_symlink() and not is_ignored_file(entry.name):
                linked.add(_watch_file(name))
        elif _is_ignored(entry):
            whole = whole and entry.name in SMALL_FOLDERS
        elif entry.is_symlink():
            linked |= _plan(Path(os.path.realpath(path)), name, entered, linked)
        else:
            below = _plan(path, name, entered, linked)
            whole = whole and below <= {Watch(path, name, recursive=True)}
            pieces |= below
    if whole:
        return {Watch(folder, known_as, recursive=True)}
    return pieces | {Watch(folder, known_as, recursive=False)}


def _watch_file(known_as: Path) -> Watch:
    real = Path(os.path.realpath(known_as))
    return Watch(real.parent, known_as, recursive=False, only=real.name)
