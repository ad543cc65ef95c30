"""How the Lambda Runtime API is served to the runtime of one execution environment: HTTP/1.1 in, calls out.

awslambdaric and its kin dial host:port without a path prefix, so each environment has a port of its own. For the same
reason no secret can stand in the address: that no other user of the machine calls is seen to once per connection. A
response is always one write.
"""

import asyncio
import select
import socket
from typing import Protocol, cast

import httptools

from emulator.aws.limits import RESPONSE_PAYLOAD_BYTES
from emulator.functions.lifecycle import Event
from emulator.functions.peer import foreign_uid
from emulator.functions.runtime_messages import (
    ACCEPTED,
    CONTINUE,
    FOREIGN,
    NOT_HTTP,
    TOO_LARGE,
    Call,
    Refused,
    encode_refusal,
    read_call,
)

_OF_A_PAGE = frozenset({b"origin", b"sec-fetch-site"})
"""The headers, in lower case, that no runtime sends. A page of any site may call ports of this machine, and would be
handed an event."""


class Runtime(Protocol):
    """The environment behind the API. A call returns None when it was taken."""

    def connected(self, connection: "RuntimeConnection") -> None:
        """Hear that a connection was made."""

    def disconnected(self, connection: "RuntimeConnection") -> None:
        """Hear that a connection was lost or closed."""

    def next(self, connection: "RuntimeConnection") -> Refused | None:
        """Hear that the runtime waits on `connection` for an invocation."""

    def response(self, request_id: str, payload: bytes) -> Refused | None:
        """Take the handler's answer to the invocation of `request_id`."""

    def oversized(self, request_id: str, size: int) -> Refused | None:
        """Hear that the handler's answer had `size` bytes, which is too many; they were not kept."""

    def error(self, call: Call, body: bytes, error_type: str) -> Refused | None:
        """Hear that the handler or the init phase failed; `error_type` is the Lambda-Runtime-Function-Error-Type
        header."""


class RuntimeConnection(asyncio.Protocol):
    """One keep-alive connection of the runtime. Requests may be pipelined: a runtime that posts its answer and asks for
    the next invocation in one breath gets the acceptance and the invocation in one, too."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._parser = httptools.HttpRequestParser(self)
        self._poll = select.poll()
        self._transport: asyncio.Transport
        self._waits = False
        self._answers = b""
        self._address = b""
        self._is_of_another_user = False
        self._begin()

    def _begin(self) -> None:
        self._target = b""
        self._error_type = ""
        self._is_foreign = False
        self._body: list[bytes] = []
        self._size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's transports are no subclass of asyncio's
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does so where it made the socket
        host, port = connection.getsockname()
        self._address = f"{host}:{port}".encode()
        self._poll.register(connection.fileno(), select.POLLIN)
        self._is_of_another_user = foreign_uid(connection) is not None
        self._runtime.connected(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._runtime.disconnected(self)

    def data_received(self, data: bytes) -> None:
        if self._is_of_another_user:
            self.send(encode_refusal(FOREIGN))
            self._transport.close()
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.send(encode_refusal(NOT_HTTP))
            self._transport.close()
        if self._answers and not self._waits:
            self.send(b"")

    def is_open(self) -> bool:
        """Tell whether the runtime, which waits on this connection and so sends nothing, is still at its other end. The
        kernel is asked: the event loop may not have come to the end of stream yet."""
        return not self._transport.is_closing() and not self._poll.poll(0)

    def send(self, message: bytes) -> None:
        """Send a message after the answers that are not sent yet."""
        self._transport.write(self._answers + message)
        self._answers = b""
        self._waits = False

    def abort(self) -> None:
        self._transport.abort()

    # httptools callbacks

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        lower = name.lower()
        if lower == b"lambda-runtime-function-error-type":
            self._error_type = value.decode("latin-1")
        elif lower == b"host":
            self._is_foreign = self._is_foreign or value != self._address
        elif lower in _OF_A_PAGE:
            self._is_foreign = True
        elif lower == b"expect":
            self.send(CONTINUE)

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size <= RESPONSE_PAYLOAD_BYTES:
            self._body.append(body)

    def on_message_complete(self) -> None:
        call = FOREIGN if self._is_foreign else read_call(self._parser.get_method(), self._target)
        refused = call if isinstance(call, Refused) else self._take(call)
        self._begin()
        if refused is not None:
            self._answers += encode_refusal(refused)
        if not self._parser.should_keep_alive():
            self.send(b"")
            self._transport.close()

    def _take(self, call: Call) -> Refused | None:
        if call.event is Event.NEXT:
            self._waits = True
            refused = self._runtime.next(self)
            self._waits = self._waits and refused is None
            return refused
        if self._size > RESPONSE_PAYLOAD_BYTES:
            return self._runtime.oversized(call.request_id, self._size) or TOO_LARGE
        body = b"".join(self._body)
        if call.event is Event.RESPONSE:
            refused = self._runtime.response(call.request_id, body)
        else:
            refused = self._runtime.error(call, body, self._error_type)
        if refused is None:
            self._answers += ACCEPTED
        return refused
