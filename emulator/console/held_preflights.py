"""Preflights that are well wait for their request's line, which then names them: one call is one line. Pure."""

from collections.abc import Hashable
from dataclasses import dataclass

from emulator.history.history import ReviewedExchange

PATIENCE = 0.5
"""Seconds that a preflight's line waits: a browser sends the request within milliseconds."""


@dataclass(frozen=True, slots=True)
class Held:
    """A preflight that waits until `due`, in seconds of the clock the console goes by."""

    reviewed: ReviewedExchange
    due: float


class HeldPreflights:
    """Keeps preflights by the call that they are made for."""

    def __init__(self) -> None:
        self._held: dict[Hashable, list[Held]] = {}

    def __bool__(self) -> bool:
        """Tell whether any waits."""
        return bool(self._held)

    def hold(self, call: Hashable, preflight: ReviewedExchange, now: float) -> None:
        """Have a preflight wait for its request."""
        self._held.setdefault(call, []).append(Held(preflight, now + PATIENCE))

    def take(self, call: Hashable) -> ReviewedExchange | None:
        """Return the oldest preflight of a call, which waits no longer; None where none does."""
        held = self._held.get(call)
        if held is None:
            return None
        oldest = held.pop(0)
        if not held:
            del self._held[call]
        return oldest.reviewed

    def overdue(self, now: float) -> list[ReviewedExchange]:
        """Return those that have waited long enough, and wait no longer."""
        late = [(call, held) for call, all_held in self._held.items() for held in all_held if held.due <= now]
        for call, _ in late:
            self.take(call)
        return [held.reviewed for _, held in late]
