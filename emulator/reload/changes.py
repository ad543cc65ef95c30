"""Which changes of files matter, when a change is complete, and what it touches. Knows no file system and no clock."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePath

_IGNORED_FOLDERS = frozenset(
    {
        "__pycache__",
        "__pypackages__",
        "node_modules",
        "venv",
        "cdk.out",
        # Hidden ones are named, because a code folder may itself be hidden, or lie below one that is.
        ".aws-sam",
        ".cache",
        ".chalice",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".idea",
        ".ipynb_checkpoints",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".serverless",
        ".svn",
        ".terraform",
        ".tox",
        ".venv",
        ".vscode",
    }
)
SMALL_FOLDERS = frozenset({"__pycache__"})
"""The ignored ones that are never so large that watching them costs."""

_IGNORED_FILES = re.compile(
    r"""
      .*\.py[co] (\.\d+)?               # bytecode, and what CPython renames to it ("x.cpython-312.pyc.140234")
    | .*~                               # backups: Vim, Emacs, gedit, Kate
    | \..*\.sw[a-z] | 4913              # Vim: swap files; the number it creates to try out whether it may write
    | \.\#.* | \#.*\# | flycheck_.*     # Emacs: locks, auto-save, syntax checking
    | .*___jb_(tmp|old|bak)___          # JetBrains: safe write
    | .*\.kate-swp | \.goutputstream-.* # Kate, gedit
    | .*\.(tmp|temp|part|partial|crswap)
    | .*\.log (\.\d+)?
    | .*\.(db|sqlite3?) (-(journal|wal|shm))?
    | \.DS_Store | \.coverage.* | .*\.pid | \.nfs[0-9a-f]+
    """,
    re.VERBOSE,
)


def is_ignored_folder(name: str) -> bool:
    """Whether a folder holds no source. Virtual environments of other names show by a pyvenv.cfg."""
    return name in _IGNORED_FOLDERS or name.endswith((".egg-info", ".dist-info"))


def is_ignored_file(name: str) -> bool:
    """Whether a file is an editor's, a tool's or a database's, and no source."""
    return _IGNORED_FILES.fullmatch(name) is not None


def is_source(relative: PurePath, is_folder: bool = False) -> bool:
    """Whether a change of a file, or a folder that went, matters; `relative` is the path below what is watched."""
    *folders, name = relative.parts or ("",)
    if is_folder:
        folders.append(name)
    return (is_folder or not is_ignored_file(name)) and not any(is_ignored_folder(folder) for folder in folders)


class Outcome(Enum):
    """What is known of a change so far. BEGUN is followed by one of the others."""

    BEGUN = auto()
    """Someone is writing: the code of before must not be run any more, that of now not yet."""
    CHANGED = auto()
    UNCHANGED = auto()
    """Written, and the content is what it was: the code of before is that of now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files, or code folders that went away or were replaced, and what became of them."""

    paths: frozenset[Path]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Touched:
    """What changes concern: functions by name, and whether the configuration."""

    functions: frozenset[str]
    configuration: bool


def touched(paths: Collection[Path], code: Mapping[str, Collection[Path]], config_files: Collection[Path]) -> Touched:
    """`code` holds each function's folders: its code_uri and its layers. A configuration file in one is not code."""
    sources = [path for path in paths if path not in config_files]
    functions = frozenset(
        name
        for name, folders in code.items()
        if any(path.is_relative_to(folder) for folder in folders for path in sources)
    )
    return Touched(functions, any(path in config_files for path in paths))


@dataclass(frozen=True, slots=True)
class Targets:
    """What is watched: folders, none of which lies in another, and single files."""

    roots: tuple[Path, ...]
    config_files: frozenset[Path]

    @classmethod
    def of(cls, roots: Collection[Path], config_files: Collection[Path]) -> "Targets":
        outer = (root for root in sorted(set(roots)) if not any(_covers(other, root) for other in roots))
        return cls(tuple(outer), frozenset(config_files))

    def cover(self, path: Path) -> bool:
        """Whether it is one of these or lies in one."""
        return path in self.config_files or any(path.is_relative_to(root) for root in self.roots)


def _covers(outer: Path, inner: Path) -> bool:
    if outer == inner or not inner.is_relative_to(outer):
        return False
    return not any(is_ignored_folder(part) for part in inner.relative_to(outer).parts)


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder to watch: where it really is, the path it is known by, and whether with all below it. `only` narrows it
    to one entry there; then `known_as` is that entry's path, or the path that leads through it."""

    folder: Path
    known_as: Path
    recursive: bool
    only: str = ""

    def known(self, path: Path, is_folder: bool = False) -> Path | None:
        """The path by which a file or folder in the folder is known; None when its changes do not matter."""
        if self.only:
            return self.known_as if path == self.folder / self.only else None
        if not path.is_relative_to(self.folder):
            return None
        relative = path.relative_to(self.folder)
        return self.known_as / relative if is_source(relative, is_folder) else None


class Kind(Enum):
    """What happened to a file, in the order of how much is known about its being complete."""

    WRITTEN = auto()
    CREATED = auto()
    """Perhaps complete, when moved in from elsewhere; perhaps about to be written."""
    SETTLED = auto()
    """Closed after writing, moved into place, or gone."""
    SEEN = auto()
    """It is not as it was last reported; nothing new when it has been heard of since."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait, after each kind of event, for the next."""

    written: float
    created: float
    settled: float = 0.01
    """Editors and version control save several files at once, which should cost one restart."""
    at_most: float = 1.0
    """From the first event on: a file that is written to all the time must not hold its function up for ever."""


WITH_CLOSE_EVENTS = Patience(written=0.5, created=0.03)
WITHOUT_CLOSE_EVENTS = Patience(written=0.04, created=0.04)
POLLING = Patience(written=0.07, created=0.07)
"""Longer than it takes to look again."""


CONFIGURATION_WITH_CLOSE_EVENTS = Patience(written=2.0, created=1.0, settled=0.1, at_most=30.0)
CONFIGURATION = Patience(written=0.3, created=0.3, settled=0.3, at_most=30.0)
"""No request waits for a configuration file: time enough for a save in several steps to be one, and read whole."""

EMPTY = 5.0
"""Seconds to wait for more where a configuration file is empty: `decrypt local.env > .env` empties it at its start, and
fills it at its end."""


class Unsettled:
    """Changes heard of and not yet reported as complete. `now` is in seconds of any steady clock."""

    def __init__(self, patience: Patience) -> None:
        self._waits = {
            Kind.WRITTEN: patience.written,
            Kind.CREATED: patience.created,
            Kind.SETTLED: patience.settled,
            Kind.SEEN: patience.created,
        }
        self._at_most = patience.at_most
        self._latest = 0.0
        self._deadlines: dict[Path, float] = {}
        self.heard = 0.0
        """When the last event came."""

    @property
    def paths(self) -> frozenset[Path]:
        """Those not reported yet."""
        return frozenset(self._deadlines)

    def hear(self, path: Path, kind: Kind, now: float) -> bool:
        """Another event; whether it is the first of its file."""
        if not self._deadlines:
            self._latest = now + self._at_most
        first = path not in self._deadlines
        if kind is Kind.SEEN and not first:
            return False
        self._deadlines[path] = now + self._waits[kind]
        self.heard = now
        return first

    def due(self) -> float | None:
        """When the changes count as complete if nothing more is heard; None: there are none."""
        if not self._deadlines:
            return None
        return min(max(self._deadlines.values()), self._latest)

    def take(self) -> frozenset[Path]:
        """The changes, which with that are reported."""
        paths = self.paths
        self._deadlines.clear()
        return paths
