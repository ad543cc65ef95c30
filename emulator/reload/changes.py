"""What became of files that someone wrote to, and which functions that concerns. Knows no file system and no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Outcome(Enum):
    """What is known of a change so far. BEGUN is followed by one of the others."""

    BEGUN = auto()
    """Someone is writing: the code of before must not be run any more, and that of now not yet."""
    CHANGED = auto()
    """The content is complete, and another than before."""
    UNCHANGED = auto()
    """The content is what it was before: the code of before is that of now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files, or code folders that went away or were replaced, and what became of them."""

    paths: frozenset[Path]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed of each function that has changed, by its name, and which configuration files changed."""

    functions: Mapping[str, frozenset[Path]]
    configuration: frozenset[Path]


def touched(paths: Collection[Path], code: Mapping[str, Collection[Path]], config_files: Collection[Path]) -> Touched:
    """Tell whom changes concern. `code` holds each function's folders: its code_uri and its layers. A configuration
    file that lies in one of them is no code."""
    sources = frozenset(path for path in paths if path not in config_files)
    functions = {
        name: frozenset(path for path in sources if any(path.is_relative_to(folder) for folder in folders))
        for name, folders in code.items()
    }
    return Touched({name: own for name, own in functions.items() if own}, frozenset(paths) - sources)
