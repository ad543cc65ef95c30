"""Where each HTTP/1.1 message of a connection begins and ends, and which are refused before a parser sees them.

Bytes go in, pieces come out, and no socket is known here. Whatever two readers of one message could understand in two
ways (request smuggling: RFC 9112, 11.2) is refused; so is a head without end. What is let through is still parsed by
llhttp, which must find the same end.
"""

from emulator.server.chunks import Chunks
from emulator.server.head import MAX_HEAD, Head, read_head
from emulator.server.refusal import Refusal

_END = b"\r\n\r\n"


class Framing:
    """Cuts a connection's bytes into messages, one after the other: head(), then body() until `in_body` is False."""

    __slots__ = ("_chunks", "_held", "_left", "_searched", "in_body")

    def __init__(self) -> None:
        self._held = b""
        self._searched = 0
        self._left = 0
        self._chunks: Chunks | None = None
        self.in_body = False

    @property
    def holds(self) -> bool:
        """Tell whether bytes wait that belong to no piece yet."""
        return bool(self._held)

    def receive(self, data: bytes) -> None:
        """Take bytes that have come."""
        self._held = self._held + data if self._held else data

    def head(self) -> Head | Refusal | None:
        """Return the next message's head, or why it is refused; None when it has not come whole."""
        held = self._held
        if held[:1] in {b"\r", b"\n"}:
            held = held.lstrip(b"\r\n")  # RFC 9112, 2.2: empty lines before the request line are ignored
            self._searched = 0
        end = held.find(_END, self._searched)
        if end < 0:
            self._held, self._searched = held, max(0, len(held) - len(_END) + 1)
            return _refusal_of_part(held)
        self._searched = 0
        if end > MAX_HEAD:
            return _too_long(held)
        end += len(_END)
        self._held = held[end:]
        head = read_head(held[:end])
        if isinstance(head, Head) and head.has_body:
            self.in_body = True
            self._left = head.length or 0
            self._chunks = Chunks() if head.length is None else None
        return head

    def body(self) -> bytes | Refusal:
        """Return what has come of the body since, chunks with their framing; `in_body` turns False with its last
        byte."""
        held = self._held
        if self._chunks is None:
            count = min(self._left, len(held))
            self._left -= count
            self.in_body = self._left > 0
        else:
            scanned = self._chunks.scan(held)
            if isinstance(scanned, Refusal):
                return scanned
            count = scanned
            self.in_body = not self._chunks.ended
        self._held = held[count:]
        return held[:count]


def _refusal_of_part(held: bytes) -> Refusal | None:
    """Say why a head is refused before its end has come."""
    if held and not held[:1].isalpha():
        return Refusal(400, "This is not HTTP: a request begins with a method. Was https sent to this http port?")
    if held.count(b"\n") != held.count(b"\r\n"):
        return Refusal(400, "A line of the head ends with LF alone. HTTP/1.1 ends lines with CR LF.")
    return _too_long(held) if len(held) > MAX_HEAD else None


def _too_long(held: bytes) -> Refusal:
    line = held.find(b"\r\n")
    if not 0 <= line <= MAX_HEAD:
        # RFC 9112, 3: a request line longer than a server likes to read.
        return Refusal(414, f"The request line is longer than {MAX_HEAD} bytes. API Gateway takes 10,240.")
    return Refusal(431, f"The request's head is longer than {MAX_HEAD} bytes. API Gateway takes 10,240.")
