"""How functions whose code was saved get fresh environments: one after the other, so that the one a request waits for
has the processor, and none that would only repeat another's failure."""

import asyncio
from typing import Protocol

from emulator.functions.invocation import Function

BREATH = 0.01
"""Seconds between the end of one start and the next: what waited for the first is answered before."""


class Renewable(Protocol):
    """The environments of one function, as far as they are renewed."""

    function: Function
    used_at: float
    """When an invocation last came, in seconds of the event loop's clock."""

    def renew(self) -> bool:
        """Start an environment, if that is still of use. Return False when nothing was started."""


class Renewals:
    """The functions that were in use when their code changed and that nobody waits for yet. `starting` holds every
    environment that is initializing, whoever wants it."""

    def __init__(self) -> None:
        self._waiting: set[Renewable] = set()
        self._starting: set[object] = set()
        self._next: asyncio.TimerHandle | None = None

    def ask(self, one: Renewable) -> None:
        """Renew it when no environment is starting; what was used last comes first."""
        self._waiting.add(one)
        self.go_on()

    def begun(self, environment: object) -> None:
        self._starting.add(environment)

    def ended(self, environment: object) -> None:
        """Take note that an environment is initialized, or never will be."""
        self._starting.discard(environment)
        self.go_on(BREATH)

    def failed(self, function: Function) -> None:
        """Drop those of the same module, which fail as it did; they are started when they are asked for."""
        self._waiting = {one for one in self._waiting if _module(one.function) != _module(function)}

    def drop(self, one: Renewable) -> None:
        """Drop one that has what it needs, or is gone."""
        self._waiting.discard(one)

    def go_on(self, after: float = 0.0) -> None:
        """Start the next in the event loop's next round at the earliest: several functions are asked for in one.
        `after` is in seconds."""
        if self._waiting and self._next is None:
            self._next = asyncio.get_running_loop().call_later(after, self._start_next)

    def _start_next(self) -> None:
        self._next = None
        for one in sorted(self._waiting, key=lambda one: one.used_at, reverse=True):
            if self._starting:
                break
            if one.renew():
                self._waiting.discard(one)


def _module(function: Function) -> tuple[object, ...]:
    return function.code_uri, function.handler.rpartition(".")[0], function.command
