"""What one reader of the event stream has not read yet, bounded: a slow reader costs memory up to here, and never a
request. Pure."""

from collections import deque

MOST = 512
"""Events that wait for a reader: more than a page shows, and what a load test makes in a second."""

MOST_BYTES = 1024 * 1024
"""Bytes of events that wait for a reader: an exchange with findings has some three thousand."""


class Backlog:
    """Keeps the newest events and forgets the oldest, but for their number."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._events: deque[bytes] = deque()
        self._bytes = 0
        self._missed = 0

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self._events) or self._missed > 0

    def add(self, event: bytes) -> None:
        """Keep an event as the newest, while there is room."""
        self._events.append(event)
        self._bytes += len(event)
        while len(self._events) > self._most or self._bytes > self._most_bytes:
            self._bytes -= len(self._events.popleft())
            self._missed += 1

    def take(self) -> tuple[int, bytes]:
        """Take all that waits, in order, and how many events were forgotten before it since the last time."""
        missed, waiting = self._missed, b"".join(self._events)
        self._events.clear()
        self._bytes = self._missed = 0
        return missed, waiting
