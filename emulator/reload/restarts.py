"""Decides which changes restart a function at once, and which only when it is next asked for: code that writes into its
own folder while it is imported must not restart for ever, nor keep the requests waiting that it was started for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_MOMENTS = 10.0
"""Seconds within which what the code writes on import follows a restart: the init phase may take no longer."""

_QUICK = 2.0
"""Seconds within which what the code writes on import mostly follows a restart, and people seldom save again."""

_SLOW_COUNTS = 0.25
"""How much of a restart one counts that came more than _QUICK seconds after the one before: a person may be its
cause."""

_MOST = 6
"""Restarts in a row by the same files, with no request answered between them, after which the code counts as their
cause: nobody saves as often without a look at the result."""


@dataclass(slots=True)
class _Streak:
    """The restarts of one function since it last answered. `owed`: the last change has not restarted it; `asked` and
    `answered`: a request has come, and was answered, since it was last restarted."""

    paths: frozenset[Path]
    last: float
    count: float = 1
    quiet: bool = False
    owed: bool = False
    asked: bool = False
    answered: bool = False

    @property
    def is_awaited(self) -> bool:
        return self.asked and not self.answered


class Restarts:
    """The restarts of all functions. A file that the code writes looks, from outside, like one that is edited, so none
    is ever ignored: such a function restarts when a request comes, and not again before it has answered one. `clock`
    gives seconds; `tell` gets one sentence, once for the same files."""

    def __init__(self, clock: Callable[[], float], tell: Callable[[str], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._streaks: dict[str, _Streak] = {}
        self._told: set[frozenset[Path]] = set()

    def changed(self, function: str, paths: frozenset[Path]) -> bool:
        """Decide, when its code changed, whether a function restarts now; else the environments it has go on."""
        now, streak = self._clock(), self._streaks.get(function)
        pause = 0.0 if streak is None or streak.is_awaited else now - streak.last
        if streak is None or streak.paths != paths or pause > _MOMENTS:
            self._streaks[function] = _Streak(paths, now)
            return True
        streak.last = now
        streak.count += 1 if pause <= _QUICK else _SLOW_COUNTS
        if streak.count > _MOST and not streak.quiet:
            streak.quiet = True
            self._tell_of(function, paths)
        streak.owed = streak.quiet
        return not streak.quiet

    def asked(self, function: str) -> bool:
        """Take note of a request, and decide whether its function is to be restarted for it."""
        streak = self._streaks.get(function)
        if streak is None:
            return False
        due = streak.owed and not streak.is_awaited
        if due:
            streak.owed, streak.answered, streak.last = False, False, self._clock()
        streak.asked = True
        return due

    def answered(self, function: str) -> None:
        """Take note that a function has answered a request."""
        streak = self._streaks.get(function)
        if streak is None:
            return
        if streak.quiet:
            streak.answered = True
        else:
            del self._streaks[function]

    def _tell_of(self, function: str, paths: frozenset[Path]) -> None:
        if paths in self._told:
            return
        self._told.add(paths)
        files = ", ".join(sorted(path.name for path in paths))
        self._tell(
            f"{files} changes whenever '{function}' has been restarted for it: its own code seems to write there when "
            "it is imported, or a program that keeps what emulate prints. From now on such a change restarts it when "
            "the next request comes. (In Lambda the code's folder is read-only; /tmp is not.)"
        )
