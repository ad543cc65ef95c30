"""One keep-alive connection that always has a request in flight, driven by a selector in the one thread of the soak."""

import re
import selectors
import socket
import time
from collections.abc import Callable

from client import request_bytes
from oracle import Answer

_VERSION = re.compile(rb'\{"version": (\d+)\}')
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)\r\n")


class Connection:
    """`oldest` is asked at each sending, and handed with the answer and the seconds it took to `on_answer`; `on_lost`
    gets one sentence when there will be no answer. Both may be followed by `send`."""

    def __init__(
        self,
        port: int,
        path: str,
        oldest: Callable[[], int],
        on_answer: Callable[[int, Answer, float], None],
        on_lost: Callable[[str], None],
    ) -> None:
        self._port = port
        self._request = request_bytes(path, port)
        self._oldest = oldest
        self._on_answer = on_answer
        self._on_lost = on_lost
        self._received = b""
        self._socket: socket.socket | None = None
        self._sent_with = 0
        self.sent_at = 0.0
        """Of the monotonic clock; 0 when nothing is in flight."""

    def send(self, selector: selectors.BaseSelector) -> None:
        """The next request, on a new connection when there is none. Its last act before send() is to ask `oldest`."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=5)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket.setblocking(False)
                selector.register(self._socket, selectors.EVENT_READ, self)
            self._received = b""
            self.sent_at = time.monotonic()
            self._sent_with = self._oldest()
            self._socket.send(self._request)
        except OSError as error:
            self.lose(selector, f"could not send: {error!r}")

    def receive(self, selector: selectors.BaseSelector) -> None:
        """What there is; tells `on_answer` once it is whole."""
        assert self._socket is not None
        try:
            data = self._socket.recv(65536)
        except OSError as error:
            self.lose(selector, f"no answer: {error!r}")
            return
        if not data:
            self.lose(selector, f"no answer: closed by the server after {self._received!r}")
            return
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n") if end else None
        if length is not None and len(body) >= int(length[1]):
            version = _VERSION.fullmatch(body)
            answer = Answer(int(head[9:12]), int(version[1]) if version else None)
            taken, self.sent_at = time.monotonic() - self.sent_at, 0.0
            self._on_answer(self._sent_with, answer, taken)

    def lose(self, selector: selectors.BaseSelector, why: str) -> None:
        """Give the connection up; the next `send` makes a new one."""
        self.close(selector)
        self._on_lost(why)

    def close(self, selector: selectors.BaseSelector) -> None:
        self.sent_at = 0.0
        if self._socket is not None:
            selector.unregister(self._socket)
            self._socket.close()
            self._socket = None
