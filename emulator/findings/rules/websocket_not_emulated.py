"""A WebSocket handshake at an API that speaks HTTP only."""

from emulator.aws.product import Layer
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """See a handshake, which no HTTP API, REST API or function URL takes on AWS either: WebSocket APIs are a product of
    their own (AWS: Overview of WebSocket APIs in API Gateway). That they answer it as any GET is uncertain."""
    if not case.request.is_websocket_handshake:
        return None
    message = f"WebSocket APIs are not emulated: '{case.api.name}' took this handshake for a GET. It needs no CORS."
    return Found(Layer.GATEWAY, message)


RULE = Rule("websocket-not-emulated", Severity.NOTE, find)
