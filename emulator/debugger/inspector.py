"""The HTTP of Node.js's inspector: who may speak it at a debug port, and what is answered there in Node.js's place.

Sources: Node.js, src/inspector_socket.cc (IsAllowedHost) and src/inspector_socket_server.cc (SendListResponse,
SendVersionResponse). Node.js itself looks at `Host`, against names that were pointed at this machine (DNS rebinding),
and lets the page of any origin open a WebSocket that knows the target's id.
"""

import ipaddress
import json
import re
from dataclasses import dataclass

from emulator.messages import TOKEN

HEAD_LIMIT = 16 * 1024
"""Bytes of a request's head that are read: Node.js's own limit (llhttp's --max-http-header-size)."""

_REQUEST_LINE = re.compile(r"GET (/[!-~]*) HTTP/1\.[01]")
_FIELD = re.compile(rf"({TOKEN.pattern}):[ \t]*([\t -~\x80-\xff]*?)[ \t]*")
_ONCE = frozenset({"host", "origin", "upgrade", "sec-fetch-site"})
_DEVTOOLS = ("devtools://", "chrome-devtools://")
"""The origin of Chrome's own DevTools, of today and formerly. Other debuggers are no pages and send none."""


@dataclass(frozen=True, slots=True)
class Target:
    """One process under its inspector: the port it listens at, and the id whose knowledge lets a client in."""

    port: int
    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a debugger asks: a target's WebSocket, or to be told of the targets. `head` is its own, to the last byte."""

    head: bytes
    path: str
    host: str
    upgrades: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that no debugger sends; `what` came instead."""

    what: str


_NOT_HTTP = Refused("what no debugger sends")


def read_target(text: str) -> Target | None:
    """Read the target that debug.mjs wrote down; None while the text is not whole."""
    try:
        found = json.loads(text)
        match = re.fullmatch(r"ws://127\.0\.0\.1:([0-9]{1,5})/([0-9a-f-]{36})", found["url"])
        return Target(int(match[1]), match[2], str(found["version"])) if match else None
    except (ValueError, TypeError, KeyError):
        return None


def read_request(head: bytes) -> Request | Refused:
    """Read the head of a request, with its empty line."""
    line, *rest = head.decode("latin-1").split("\r\n")
    asked = _REQUEST_LINE.fullmatch(line)
    if asked is None or len(head) > HEAD_LIMIT:
        return _NOT_HTTP
    fields: dict[str, str] = {}
    for text in rest[:-2]:
        field = _FIELD.fullmatch(text)
        if field is None or (field[1].lower() in fields and field[1].lower() in _ONCE):
            return _NOT_HTTP
        fields[field[1].lower()] = field[2]
    refused = _refuse(fields)
    if refused is not None:
        return refused
    return Request(head, asked[1], fields["host"], fields.get("upgrade", "").lower() == "websocket")


def _refuse(fields: dict[str, str]) -> Refused | None:
    origin = fields.get("origin", "")
    if origin.startswith(_DEVTOOLS):
        pass
    elif origin or fields.get("sec-fetch-site", "none") != "none":  # a page's image or script has no Origin
        return Refused("a request of a web page")
    if not is_this_machine(fields.get("host", "")):
        return Refused("a request for another name than localhost")
    return None


def is_this_machine(host: str) -> bool:
    """Tell whether a Host header is localhost or an IP address: names that nobody can point here."""
    name = re.sub(r":[0-9]{1,5}\Z", "", host)
    if name.lower() == "localhost":
        return True
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") and name.endswith("]") else name)
    except ValueError:
        return False
    return True


def lead_on(request: Request, name: str, target: Target) -> bytes | None:
    """Rewrite the head of a request for the WebSocket of the target that debuggers know as `name`, as its process is to
    get it; None when it is for another's."""
    if request.path != f"/{name}":
        return None
    line = f"GET /{target.id} HTTP/1.1".encode()
    return line + request.head[request.head.index(b"\r\n") :]


def answer(request: Request, function: str, name: str, version: str) -> bytes:
    """Answer a request that is no WebSocket's. `/json/protocol` is Node.js's alone, and not told."""
    match request.path.partition("?")[0].rstrip("/"):
        case "/json" | "/json/list":
            return _encode([_describe(request.host, function, name)])
        case "/json/version":
            return _encode({"Browser": f"node.js/{version}", "Protocol-Version": "1.1"})
        case _:
            return NOT_FOUND


def _describe(host: str, function: str, name: str) -> dict[str, str]:
    address = f"{host}/{name}"
    devtools = f"experiments=true&v8only=true&ws={address}"
    return {
        "description": "node.js instance",
        "devtoolsFrontendUrl": f"devtools://devtools/bundled/js_app.html?{devtools}",
        "devtoolsFrontendUrlCompat": f"devtools://devtools/bundled/inspector.html?{devtools}",
        "faviconUrl": "https://nodejs.org/static/images/favicons/favicon.ico",
        "id": name,
        "title": function,
        "type": "node",
        "url": "file://",
        "webSocketDebuggerUrl": f"ws://{address}",
    }


def _encode(value: object) -> bytes:
    body = json.dumps(value, indent=2).encode()
    head = b"HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-cache\r\n"
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


NOT_FOUND = b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n"

FORBIDDEN = b"HTTP/1.0 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
