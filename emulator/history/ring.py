"""The last reviewed exchanges, bounded by their number and by their bytes. Pure."""

from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

MOST = 256
"""How many exchanges are kept: more than a person scrolls through, and little beside what one environment takes."""

MOST_BYTES = 8 * 1024 * 1024
"""Bytes that are kept, by the weight of each exchange: an HTTP API takes bodies of 10 MB, and 256 of them must not be
held."""

T = TypeVar("T")


class Ring(Generic[T]):
    """Keeps the newest items and forgets the oldest when there are more than `most` or their weights sum up to more
    than `most_bytes`. An item heavier than that alone is not kept."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._items: deque[tuple[T, int]] = deque()
        self._bytes = 0

    def add(self, item: T, weight: int) -> None:
        """Keep `item`, which counts for `weight` bytes, as the newest."""
        self._items.append((item, weight))
        self._bytes += weight
        while len(self._items) > self._most or self._bytes > self._most_bytes:
            self._bytes -= self._items.popleft()[1]

    def __iter__(self) -> Iterator[T]:
        """Iterate from the oldest to the newest."""
        return (item for item, _ in tuple(self._items))
