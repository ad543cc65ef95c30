"""Preflights whose request has not arrived yet: the watch over the doubtful ones, which the request's arrival ends."""

import asyncio
from collections.abc import Callable, Hashable

from emulator.exchange import Exchange
from emulator.findings.calls import call_of
from emulator.messages import Request


class Awaited:
    """One preflight, from its answer until its request arrives or is given up."""

    __slots__ = ("call", "exchange", "timer")

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.call = call_of(exchange.request)
        self.timer: asyncio.TimerHandle | None = None


class PreflightWatch:
    """Watches for the requests of preflights. Its methods are called on the event loop's thread, in the order in which
    things happen on the wire."""

    def __init__(self) -> None:
        self._awaited: dict[Hashable, list[Awaited]] = {}

    def answered(self, exchange: Exchange) -> Awaited:
        """Await the request of a preflight whose answer has gone out."""
        awaited = Awaited(exchange)
        self._awaited.setdefault(awaited.call, []).append(awaited)
        return awaited

    def arrived(self, request: Request) -> None:
        """Take the head of a request, whatever becomes of its body and its answer: the oldest preflight that asked for
        such a call has been followed. Two tabs may make the same call at once."""
        if not self._awaited or request.origin is None or request.is_preflight:
            return
        if waiting := self._awaited.get(call_of(request)):
            self._end(waiting[0])

    def give_up_later(self, awaited: Awaited, patience: float, give_up: Callable[[], None]) -> None:
        """Call `give_up` in `patience` seconds, unless the request arrives, or has arrived."""
        if awaited in self._awaited.get(awaited.call, ()):
            awaited.timer = asyncio.get_running_loop().call_later(patience, self._give_up, awaited, give_up)

    def forget(self, awaited: Awaited) -> None:
        """Await a preflight's request no longer: there is no doubt about it."""
        if awaited in self._awaited.get(awaited.call, ()):
            self._end(awaited)

    def _give_up(self, awaited: Awaited, give_up: Callable[[], None]) -> None:
        self._end(awaited)
        give_up()

    def _end(self, awaited: Awaited) -> None:
        if awaited.timer is not None:
            awaited.timer.cancel()
        waiting = self._awaited[awaited.call]
        waiting.remove(awaited)
        if not waiting:
            del self._awaited[awaited.call]
