"""A console's stream."""

import asyncio
import io


class Stream(io.StringIO):
    """Keeps each write apart, and knows when it was flushed."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[str] = []
        self.flushed = asyncio.Event()

    def write(self, text: str) -> int:
        self.writes.append(text)
        return len(text)

    def flush(self) -> None:
        if self.writes:  # closing a StringIO flushes it too
            self.flushed.set()
