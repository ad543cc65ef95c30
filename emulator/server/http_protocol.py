"""uvicorn's HTTP/1.1 protocol, which also keeps what ASGI throws away (the case of header names, the raw target), and
sends a response's head and body in one write."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WIRE = "emulator.wire"
"""The key under `scope["extensions"]` that holds {"headers": [(name, value), ...], "target": bytes} as sent."""

_FINAL_HEAD = b"HTTP/1.1 "
_INTERIM_HEAD = b"HTTP/1.1 1"
_JOINED = 64 * 1024
"""Bytes of a body up to which copying it behind the head costs less than a second write."""


class WireNamesProtocol(HttpToolsProtocol):
    """ASGI lower-cases request header names (ASGI HTTP spec, "headers"); REST API events carry them as sent."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(HeadWithBody(transport))  # type: ignore[arg-type]

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wire: dict[object, Any] = {"headers": [], "target": b""}
        self.scope["extensions"] = {WIRE: self._wire}

    def on_url(self, url: bytes) -> None:
        self._wire["target"] += url
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._wire["headers"].append((name, value))
        super().on_header(name, value)

    def on_response_complete(self) -> None:
        self.transport.flush()  # type: ignore[attr-defined]
        super().on_response_complete()


class HeadWithBody:
    """A transport that holds the head of a response until the body is written: two writes wake the client twice."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
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

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
