"""The event stream of the control port: what the history tells, as server-sent events for whoever reads along.

It subscribes as the console does, so that all of it is done in turns, off the path of a request; and nothing at all
while nobody reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from emulator.console.clock import now_ms
from emulator.console.json_console import missing
from emulator.console.json_values import (
    Value,
    again_value,
    exchange_value,
    iso,
    line_of,
    message_value,
    reload_value,
)
from emulator.control.backlog import Backlog
from emulator.findings.fix import Fix
from emulator.history.history import Bug, History, LookedAtAgain, Message, News, Reloaded, ReviewedExchange

MOST_READERS = 64
"""Event streams that may be open at once: each holds a file descriptor, of which functions need some too. A tab has
one, and one that was closed is noticed at the next ping."""

OPENING = b"retry: 1000\n\n"
"""What a stream begins with, so that the page knows at once that it is open: how many milliseconds a browser waits
before it connects again (HTML Standard, "Server-sent events")."""


class Reader:
    """One open event stream."""

    def __init__(self) -> None:
        self._backlog = Backlog()
        self._grown = asyncio.Event()

    def put(self, event: bytes) -> None:
        """Give it an event to read. Called on the event loop's thread."""
        self._backlog.add(event)
        self._grown.set()

    async def news(self) -> bytes:
        """Wait for something to read and return all there is, with a word of how much was lost before it."""
        while not self._backlog:
            self._grown.clear()
            await self._grown.wait()
        missed, events = self._backlog.take()
        if not missed:
            return events
        return sent_event("missing", missing(missed, "this reader is too slow")) + events


class Feed:
    """What happens, for any number of readers up to MOST_READERS. Its methods are called on the event loop's
    thread."""

    def __init__(self, history: History, words: Callable[[Fix], str]) -> None:
        """Subscribe to `history`. `words` say a fix in terms of the file that the user edits."""
        self._history = history
        self._words = words
        self._readers: set[Reader] = set()
        history.subscribe(self._tell)

    @property
    def is_full(self) -> bool:
        """Whether no more readers can be served."""
        return len(self._readers) >= MOST_READERS

    async def read(self, last: str | None) -> AsyncIterator[bytes]:
        """Yield the events from now on. With `last`, the id of the last that a reader has seen before its connection
        broke, all that came after it come first: all that is kept, where it is not known any more."""
        reader = Reader()
        self._readers.add(reader)
        try:
            yield OPENING
            if last is not None:
                for reviewed in self._after(last):
                    yield self._event(reviewed)
            while True:
                yield await reader.news()
        finally:
            self._readers.discard(reader)

    async def recent(self) -> list[Value]:
        """Make the objects of all exchanges that are kept, the oldest first."""
        values = []
        for reviewed in tuple(self._history.recent):
            values.append(exchange_value(reviewed, self._words))
            await asyncio.sleep(0)  # requests come first
        return values

    def find(self, request_id: str) -> Value | None:
        """Make the object of the exchange with this `request_id` or `extended_request_id`, while it is kept."""
        for reviewed in self._history.recent:
            stamp = reviewed.exchange.stamp
            if request_id in {stamp.request_id, stamp.extended_request_id}:
                return exchange_value(reviewed, self._words)
        return None

    def _after(self, last: str) -> list[ReviewedExchange]:
        kept = list(self._history.recent)
        ids = [reviewed.exchange.stamp.request_id for reviewed in kept]
        return kept[ids.index(last) + 1 :] if last in ids else kept

    def _tell(self, news: News) -> None:
        if self._readers:
            event = self._event(news)
            for reader in self._readers:
                reader.put(event)

    def _event(self, news: News) -> bytes:
        match news:
            case ReviewedExchange(exchange):
                value = exchange_value(news, self._words)
                return sent_event("exchange", line_of(value), exchange.stamp.request_id)
            case LookedAtAgain():
                return sent_event("looked-at-again", line_of(again_value(news, now_ms(), self._words)))
            case Message(kind):
                return sent_event(kind, line_of(message_value(news)))
            case Reloaded():
                return sent_event("reload", line_of(reload_value(news)))
            case Bug(traceback):
                return sent_event("bug", line_of({"type": "bug", "time": iso(now_ms()), "message": traceback}))


def sent_event(kind: str, data: str, identity: str = "") -> bytes:
    """Write one server-sent event; `data` is one line, and `identity` what a reader names when it comes again."""
    number = f"id: {identity}\n" if identity else ""
    return f"{number}event: {kind}\ndata: {data}\n\n".encode()
