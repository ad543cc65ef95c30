"""A WebSocket handshake at an API that speaks HTTP only."""

from collections.abc import Iterator

from emulator.aws.product import Layer
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Severity


def websocket(exchange: Exchange) -> Iterator[Finding]:
    """On AWS an HTTP API, a REST API and a function URL take no handshake either: WebSocket APIs are a product of their
    own (AWS: Overview of WebSocket APIs in API Gateway). That they answer it as any GET is uncertain."""
    yield Finding(
        "websocket-not-emulated",
        Severity.NOTE,
        Layer.GATEWAY,
        f"WebSocket APIs are not emulated: '{exchange.api.name}' took this handshake for a GET. It needs no CORS.",
        (),
        "",
    )
