"""Which paths matter: the code folders and configuration files that are watched, without what lies among them and is no
source. Knows no file system."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

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
    """Tell whether a folder of this name holds no source. Other virtual environments show by a pyvenv.cfg."""
    return name in _IGNORED_FOLDERS or name.endswith((".egg-info", ".dist-info"))


def is_ignored_file(name: str) -> bool:
    """Tell whether a file of this name is an editor's, a tool's or a database's, and no source."""
    return _IGNORED_FILES.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Targets:
    """What is watched: folders, none of which lies in another, and single files."""

    roots: tuple[Path, ...]
    config_files: frozenset[Path]

    @classmethod
    def of(cls, roots: Collection[Path], config_files: Collection[Path]) -> "Targets":
        """Leave out the folders that another one holds."""
        outer = (root for root in sorted(set(roots)) if not any(_covers(other, root) for other in roots))
        return cls(tuple(outer), frozenset(config_files))

    def cover(self, path: Path) -> bool:
        """Tell whether `path` is one of these or lies in one."""
        return path in self.config_files or any(path.is_relative_to(root) for root in self.roots)


def _covers(outer: Path, inner: Path) -> bool:
    if outer == inner or not inner.is_relative_to(outer):
        return False
    return not any(is_ignored_folder(part) for part in inner.relative_to(outer).parts)


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder to watch, without the folders in it: where it really is, and the path it is known by. `only` narrows it
    to one entry there; then `known_as` is that entry's path, or the path that leads through it."""

    folder: Path
    known_as: Path
    only: str = ""

    def known(self, name: str) -> Path | None:
        """Find the path by which the file `name` in the folder is known; None when its changes do not matter."""
        if self.only:
            return self.known_as if name == self.only else None
        return None if is_ignored_file(name) else self.known_as / name
