"""Preflights whose request has not arrived yet: the watch over the doubtful ones, which the request's arrival ends."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable

from emulator.exchange import Exchange
from emulator.findings.calls import call_of
from emulator.messages import Request

MOST = 64
"""Preflights that were given up and whose request is still recognised: more than a page has in flight."""


class Awaited:
    """One preflight, from its answer until its request arrives. `came_late` is called when that happens after it was
    given up, which it was where there is one."""

    __slots__ = ("call", "came_late", "exchange", "timer")

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.call = call_of(exchange.request)
        self.timer: asyncio.TimerHandle | None = None
        self.came_late: Callable[[], None] | None = None


class PreflightWatch:
    """Watches for the requests of preflights. Its methods are called on the event loop's thread, in the order in which
    things happen on the wire."""

    def __init__(self) -> None:
        self._awaited: dict[Hashable, list[Awaited]] = {}
        self._given_up: deque[Awaited] = deque()

    def answered(self, exchange: Exchange) -> Awaited:
        """Await the request of a preflight whose answer has gone out."""
        awaited = Awaited(exchange)
        self._awaited.setdefault(awaited.call, []).append(awaited)
        return awaited

    def arrived(self, request: Request) -> None:
        """Take the head of a request, whatever becomes of its body and its answer: the oldest preflight that asked for
        such a call has been followed. Two tabs may make the same call at once. One that was given up has been followed
        late by the same browser where no other waits; else it was left, and its call has been made anew."""
        if not self._awaited or request.origin is None or request.is_preflight:
            return
        waiting = self._awaited.get(call_of(request), [])
        agent = request.header("user-agent")
        late = [
            one for one in waiting if one.came_late is not None and one.exchange.request.header("user-agent") == agent
        ]
        fresh = next((one for one in waiting if one.came_late is None), None)
        if fresh is not None:
            self._end(fresh)
        elif late and (came_late := late[0].came_late) is not None:
            came_late()
        for one in late:
            self._given_up.remove(one)
            self._end(one)

    def give_up_later(
        self, awaited: Awaited, patience: float, give_up: Callable[[], None], came_late: Callable[[], None]
    ) -> None:
        """Call `give_up` in `patience` seconds, unless the request arrives, or has arrived; `came_late` when it arrives
        after that."""
        if awaited in self._awaited.get(awaited.call, ()):
            loop = asyncio.get_running_loop()
            awaited.timer = loop.call_later(patience, self._give_up, awaited, give_up, came_late)

    def forget(self, awaited: Awaited) -> None:
        """Await a preflight's request no longer: there is no doubt about it."""
        if awaited in self._awaited.get(awaited.call, ()):
            self._end(awaited)

    def _give_up(self, awaited: Awaited, give_up: Callable[[], None], came_late: Callable[[], None]) -> None:
        awaited.came_late = came_late
        self._given_up.append(awaited)
        if len(self._given_up) > MOST:
            self._end(self._given_up.popleft())
        give_up()

    def _end(self, awaited: Awaited) -> None:
        if awaited.timer is not None:
            awaited.timer.cancel()
        waiting = self._awaited[awaited.call]
        waiting.remove(awaited)
        if not waiting:
            del self._awaited[awaited.call]
