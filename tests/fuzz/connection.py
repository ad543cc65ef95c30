"""One case being played on one connection, driven by a selector."""

import contextlib
import selectors
import socket
import struct
from enum import Enum, auto

from fuzz.cases import Case, End
from fuzz.replies import Replies, read_replies

PATIENCE = 5.0
"""Seconds from which on a server hangs: that takes no bytes, gives no answer that is due, or does not close."""
QUIET = 0.02
"""Seconds without a byte after which no further answer is waited for where none is certain to come."""
LINGER_NOT = struct.pack("ii", 1, 0)


class State(Enum):
    SENDING = auto()
    LISTENING = auto()
    """All is sent; answers may come."""
    SHUT = auto()
    """Our side is shut down; the server has to close its own."""
    DONE = auto()


class Connection:
    """`hung` says in words what the server did not do in time. Times are of one monotonic clock, given to each call."""

    def __init__(self, case: Case, opened: socket.socket, now: float) -> None:
        self.case = case
        self.socket = opened
        self.state = State.SENDING
        self.hung = ""
        self.is_closed_by_server = False
        self._received = bytearray()
        self._piece = self._offset = 0
        self._since = self._heard = now

    @property
    def events(self) -> int:
        """What to wait for."""
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self.state is State.SENDING else 0)

    def replies(self) -> Replies:
        """The answers so far."""
        return read_replies(bytes(self._received), self._has_body)

    def _has_body(self, number: int) -> bool | None:
        expected = self.case.expected
        return expected[number].has_body if expected is not None and number < len(expected) else None

    def write(self, now: float) -> None:
        """Send what the socket takes of the next piece, once its pause is over."""
        if self._piece and not self._offset and now < self._since + self.case.pause:
            return
        if self._piece < len(self.case.pieces):
            piece = self.case.pieces[self._piece]
            try:
                self._offset += self.socket.send(piece[self._offset :])
            except BlockingIOError:
                return
            except OSError:  # closed by the server: what it has said may still be there to be read
                self._go_on(State.LISTENING, now)
                return
            self._since = now
            if self._offset >= len(piece):
                self._piece, self._offset = self._piece + 1, 0
        if self._piece >= len(self.case.pieces):
            self._end(now)

    def _end(self, now: float) -> None:
        match self.case.end:
            case End.CLOSE:
                self.close()
            case End.ABORT:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
                self.close()
            case End.HALF:
                self._shut(now)
            case End.WAIT:
                self._go_on(State.LISTENING, now)

    def _shut(self, now: float) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        self._go_on(State.SHUT, now)

    def _go_on(self, state: State, now: float) -> None:
        self.state, self._since, self._heard = state, now, now

    def read(self, now: float) -> None:
        """Take what there is; the end of it ends the case."""
        try:
            data = self.socket.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._heard = now
        self._received += data
        if not data:
            self.is_closed_by_server = True
            self.close()

    def look(self, now: float) -> None:
        """Go on where a time is over."""
        match self.state:
            case State.SENDING if now > self._since + PATIENCE:
                self._hang(f"took no byte for {PATIENCE:g} s")
            case State.LISTENING:
                due = 0 if self.case.expected is None else len(self.case.expected) - len(self.replies().whole)
                if due <= 0 and now > self._heard + QUIET:
                    self._shut(now)
                elif due > 0 and now > self._since + PATIENCE:
                    self._hang(f"{due} answers not given in {PATIENCE:g} s")
            case State.SHUT if now > self._since + PATIENCE:
                self._hang(f"did not close {PATIENCE:g} s after the client had shut down its side")

    def _hang(self, what: str) -> None:
        self.hung = what
        self.close()

    def close(self) -> None:
        self.state = State.DONE
        self.socket.close()
