"""The HTTP/1.1 protocol of uvicorn behind our own framing: one message at a time reaches the parser, its head bounded
in size and time and kept as it was sent; a response's head and body leave in one write."""

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from emulator.server.framing import Framing
from emulator.server.head import Head
from emulator.server.refusal import Refusal

WIRE = "emulator.wire"
"""The key under `scope["extensions"]` that holds the Head as it was sent."""

HEAD_TIMEOUT = 10.0
"""Seconds from a head's first byte to its last: a client sends a head at once, and whoever does not holds a
descriptor."""

LINGER = 2.0
"""Seconds in which a refused client may read why, while what it still sends is dropped. Closing at once would reset the
connection, and the answer be lost (RFC 9112, 9.6)."""

_FINAL_HEAD = b"HTTP/1.1 "
_INTERIM_HEAD = b"HTTP/1.1 1"
_JOINED = 64 * 1024
"""Bytes of a body up to which copying it behind the head costs less than a second write."""


class FramedProtocol(HttpToolsProtocol):
    """One connection. The next message is not looked at before the last has its answer: what a client sends ahead stays
    bytes, and reading pauses."""

    on_header = None  # type: ignore[assignment]
    """Do nothing: headers are read from the Head. llhttp would report trailers here too, which are no headers (RFC
    9110, 6.5.1)."""

    def __init__(self, *arguments: Any, head_timeout: float = HEAD_TIMEOUT, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head_timeout = head_timeout
        self._head_timer: asyncio.TimerHandle | None = None
        self._framing = Framing()
        self._head: Head
        self._is_whole = False
        self._is_refused = False
        self._has_ended = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(HeadWithBody(transport))  # type: ignore[arg-type]

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:
            self._framing.receive(data)
            self._advance()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep our side open, by returning True: a client may end its own and still wait for the answer (RFC 9112,
        9.6)."""
        self._has_ended = True
        return self._can_answer()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _can_answer(self) -> bool:
        """Tell whether an answer is due to a request that has come whole."""
        return self._is_answering() and not self._framing.in_body and not self._is_refused

    def _advance(self) -> None:
        """Hand on what has come, to the end of a message whose answer is due."""
        framing = self._framing
        while not self._is_refused:
            if framing.in_body:
                piece = framing.body()
            elif self._is_answering():
                if framing.holds:
                    self.flow.pause_reading()
                return
            else:
                head = framing.head()
                if head is None:
                    self._wait_for_head()
                    return
                piece = self._begin(head) if isinstance(head, Head) else head
            if isinstance(piece, Refusal):
                self._refuse(piece)
            else:
                self._parse(piece)
            if framing.in_body and not framing.holds:
                return

    def _begin(self, head: Head) -> bytes:
        self._stop_head_timer()
        self._unset_keepalive_if_required()
        self._head = head
        return head.data

    def _parse(self, piece: bytes) -> None:
        self._is_whole = False
        try:
            self.parser.feed_data(piece)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._refuse(Refusal(400, "The request is not valid HTTP: an unknown method, or a malformed line."))
            return
        if self._is_whole is self._framing.in_body:
            # Two readers do not agree where the message ends: what follows could be smuggled.
            self._refuse(Refusal(400, "The request does not end where its head says."))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {WIRE: self._head}  # type: ignore[dict-item]

    def on_url(self, url: bytes) -> None:
        """Take the target from the Head; ASGI's own decoded path is read by nobody."""
        self.url = b"/"

    def on_headers_complete(self) -> None:
        self.expect_100_continue = self._head.expects_continue
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_whole = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self.transport.flush()  # type: ignore[attr-defined]
        super().on_response_complete()
        if self._framing.holds and not self.transport.is_closing():
            self._advance()
        if self._has_ended and not self._can_answer():
            self.transport.close()

    def _wait_for_head(self) -> None:
        if self._head_timer is None and self._framing.holds:
            self._head_timer = self.loop.call_later(self._head_timeout, self._give_up)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        detail = f"The head of the request has not come whole within {self._head_timeout:g} seconds."
        self._refuse(Refusal(408, detail))

    def _refuse(self, refusal: Refusal) -> None:
        """Answer, and hear no more of this client."""
        self.logger.warning("Refused a request (%d): %s", *refusal)
        self._is_refused = True
        self._stop_head_timer()
        if self._is_answering():  # its body broke off
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.flow.resume_reading()
        self.transport.write(refusal.wire())
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)


class HeadWithBody:
    """A transport that holds the head of a response until the body is written: two writes wake the client twice. What
    transports call an error is passed over: to write after the last word, to pause or resume reading while closing."""

    __slots__ = ("_has_ended", "_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self._has_ended = False

    def write(self, data: bytes) -> None:
        if self._has_ended:
            return
        if self._head:
            if len(data) > _JOINED:
                self.flush()
            data, self._head = self._head + data, b""
        elif data.startswith(_FINAL_HEAD) and not data.startswith(_INTERIM_HEAD):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send a head that no body follows: that of an answer to HEAD."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def write_eof(self) -> None:
        self.flush()
        if not self._has_ended and not self._transport.is_closing():
            self._has_ended = True
            self._transport.write_eof()

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def pause_reading(self) -> None:
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
