"""When a change is complete: how long to wait, after each kind of event, for the next. Knows no file system and no
clock."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Kind(Enum):
    """What happened to a file, which tells how likely its content is complete."""

    WRITTEN = auto()
    """The file was written to, and more may follow."""
    CREATED = auto()
    """The file is new: complete, when it was moved in from elsewhere, or about to be written."""
    SETTLED = auto()
    """The file was closed after writing, moved into place, or is gone."""
    SEEN = auto()
    """The file is not as it was last reported; which is nothing new when something has been heard of it since."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait, after each kind of event, for the next."""

    written: float
    created: float
    settled: float = 0.01
    """Editors and version control save several files within some ms, which should cost one restart."""
    at_most: float = 1.0
    """Seconds from the first event on: a file that is always written to must not hold its function up for good."""


CODE_BY_EVENTS = Patience(written=0.5, created=0.03)
"""The kernel tells when a file is closed after writing; what is left open for half a second may stay so for long."""

CODE_BY_FILE_EVENTS = Patience(written=0.04, created=0.04)
"""FSEvents tells of no closing; twice as long as it takes to look again (looks._WHILE_CHANGING)."""

CODE_BY_LOOKS = Patience(written=0.07, created=0.07)
"""Looks that nothing nudges may come late: longer than it takes to look again on a slow file system."""

CONFIGURATION_BY_EVENTS = Patience(written=2.0, created=1.0, settled=0.1, at_most=30.0)
"""No request waits for a configuration file: there is time enough for a save in several steps to be one, read whole."""

CONFIGURATION_BY_LOOKS = Patience(written=0.3, created=0.3, settled=0.3, at_most=30.0)
"""Where no closing is told of, a configuration that is still being written grows within 0.3 seconds."""

EMPTY = 5.0
"""Seconds to wait for more where a configuration file is empty: `decrypt local.env > .env` empties it at its start, and
fills it at its end."""


class Unsettled:
    """The changes that were heard of and are not yet reported as complete. Each `now` is in seconds of one steady
    clock, whichever."""

    def __init__(self, patience: Patience) -> None:
        self.wait_as(patience)
        self._latest = 0.0
        self._deadlines: dict[Path, float] = {}
        self.heard = 0.0
        """The time of the last event, in seconds."""

    def wait_as(self, patience: Patience) -> None:
        """Wait so from now on, as files are heard of in another way."""
        self._waits = {
            Kind.WRITTEN: patience.written,
            Kind.CREATED: patience.created,
            Kind.SETTLED: patience.settled,
            Kind.SEEN: patience.created,
        }
        self._at_most = patience.at_most

    @property
    def paths(self) -> frozenset[Path]:
        """The files that are not reported yet."""
        return frozenset(self._deadlines)

    def hear(self, path: Path, kind: Kind, now: float) -> bool:
        """Take note of an event; returns whether it is the first of its file."""
        if not self._deadlines:
            self._latest = now + self._at_most
        first = path not in self._deadlines
        if kind is Kind.SEEN and not first:
            return False
        self._deadlines[path] = now + self._waits[kind]
        self.heard = now
        return first

    def due(self) -> float | None:
        """Return the time when the changes count as complete if nothing more is heard; None when there are none."""
        if not self._deadlines:
            return None
        return min(max(self._deadlines.values()), self._latest)

    def take(self) -> frozenset[Path]:
        """Return the changes, which from now on count as reported."""
        paths = self.paths
        self._deadlines.clear()
        return paths
