"""Where a chunked body ends (RFC 9112, 7.1). Nothing is decoded here: llhttp does that."""

import re

from emulator.server.head import MAX_HEAD
from emulator.server.refusal import Refusal

MAX_CHUNK_LINE = 4096
"""Bytes that a chunk's size and its extensions have at most. Nobody reads them, and a line without end would be kept
whole."""

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})(?:[ \t]*;.*)?\r?", re.DOTALL)


class Chunks:
    """Scans one body's chunks and trailers, whose lines may come in any number of segments."""

    __slots__ = ("_in_trailers", "_line", "_skip", "_trailers", "ended")

    def __init__(self) -> None:
        self._line = b""
        self._skip = 0
        self._in_trailers = False
        self._trailers = 0
        self.ended = False

    def scan(self, data: bytes) -> int | Refusal:
        """Count how many bytes of `data`, which follows what was scanned before, belong to this body."""
        at = 0
        while not self.ended:
            step = min(self._skip, len(data) - at)
            self._skip -= step
            at += step
            if at == len(data):
                break
            end = data.find(b"\n", at)
            self._line += data[at:] if end < 0 else data[at:end]
            at = len(data) if end < 0 else end + 1
            refusal = self._too_long() if end < 0 else self._line_ends()
            if refusal is not None:
                return refusal
        return at

    def _too_long(self) -> Refusal | None:
        if self._in_trailers and self._trailers + len(self._line) > MAX_HEAD:
            return Refusal(431, f"The trailers of a chunked body are longer than {MAX_HEAD} bytes.")
        if not self._in_trailers and len(self._line) > MAX_CHUNK_LINE:
            return Refusal(400, f"A chunk's size and extensions are longer than {MAX_CHUNK_LINE} bytes.")
        return None

    def _line_ends(self) -> Refusal | None:
        refusal = self._too_long()
        line, self._line = self._line, b""
        if self._in_trailers:
            self._trailers += len(line) + 1
            self.ended = line in {b"", b"\r"}
            return refusal
        size = _SIZE.fullmatch(line)
        if size is None:
            return refusal or Refusal(400, "A chunk of the body does not begin with its size in hexadecimal digits.")
        length = int(size[1], 16)
        self._in_trailers = length == 0
        self._skip = length + 2 if length else 0  # the chunk's data and its CR LF
        return refusal
