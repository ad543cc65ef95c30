"""uvicorn's HTTP/1.1 protocol, which also keeps what ASGI throws away: the case of header names, the raw target."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WIRE = "emulator.wire"
"""The key under `scope["extensions"]` that holds {"headers": [(name, value), ...], "target": bytes} as sent."""


class WireNamesProtocol(HttpToolsProtocol):
    """ASGI lower-cases request header names (ASGI HTTP spec, "headers"); REST API events carry them as sent."""

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
