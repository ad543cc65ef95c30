"""`--debug FUNCTION[:PORT]`: what is asked for, what is refused; and the messages that end a session."""

import json
from pathlib import Path

import click
import pytest

from emulator.console.lines import Lines
from emulator.debugger.debugging import (
    BODY_LIMIT,
    DISCONNECT,
    RESTARTED,
    debugger_of,
    encode_message,
    is_disconnect,
    is_head,
    is_initialize,
    length_of,
    marked,
    read_debug_options,
)
from emulator.functions.invocation import Function


def function(name: str, runtime: str = "python3.12", **values: object) -> Function:
    return Function(name, "app.handler", Path("/code"), runtime, **values)  # type: ignore[arg-type]


FUNCTIONS = {
    one.name: one
    for one in (
        function("items"),
        function("orders"),
        function("stock"),
        function("page", "nodejs22.x"),
        function("own", "provided.al2023"),
        function("ric", command=("python", "-m", "awslambdaric", "app.handler")),
    )
}


@pytest.mark.parametrize(
    ("options", "ports"),
    [
        ([], {}),
        (["items"], {"items": 5678}),
        (["page"], {"page": 9229}),
        (["items:7000"], {"items": 7000}),
        (["items", "page", "orders", "stock"], {"items": 5678, "orders": 5679, "stock": 5680, "page": 9229}),
        (["items", "orders:5678", "stock:5679"], {"orders": 5678, "stock": 5679, "items": 5680}),
        (["items:65535"], {"items": 65535}),
    ],
)
def test_ports(options: list[str], ports: dict[str, int]) -> None:
    asked = read_debug_options(options, FUNCTIONS)
    assert (asked.ports, asked.problems) == (ports, ())


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["itms"], "--debug itms: there is no function 'itms'; did you mean 'items'? The configuration has items, or"),
        (["xyzzy"], "--debug xyzzy: there is no function 'xyzzy'. The configuration has items, orders, stock, page, o"),
        (["items:0"], "--debug items:0: '0' is not a port. Write one from 1 to 65535: --debug items:5678"),
        (["items:65536"], "--debug items:65536: '65536' is not a port."),
        (["items:" + "9" * 5000], "--debug items:9999"),
        (["items:"], "--debug items:: '' is not a port."),
        (["items:http"], "--debug items:http: 'http' is not a port."),
        (["items:५"], "--debug items:५: '५' is not a port."),
        (["items", "items"], "--debug names function 'items' twice; once is enough."),
        (["items:70", "items:71"], "--debug names function 'items' twice; once is enough."),
        (["items:70", "orders:70"], "--debug orders:70: function 'items' has that port. Choose another."),
        (["own"], "--debug own: function 'own' has the runtime provided.al2023, which starts without a debugger"),
        (["ric"], "--debug ric: function 'ric' has a `command`, which is run as it is. Put the debugger into the"),
    ],
)
def test_refusals(options: list[str], problem: str) -> None:
    (found,) = read_debug_options(options, FUNCTIONS).problems
    assert found.startswith(problem)


def test_marking() -> None:
    """What cannot be debugged, and what was not asked for, is left as it is."""
    functions = marked(FUNCTIONS, {name: Path(f"/{name}") for name in ("items", "ric", "gone")})
    assert {name: one.debug_path for name, one in functions.items() if one.debug_path} == {"items": Path("/items")}
    assert list(functions) == list(FUNCTIONS)
    assert functions["ric"] is FUNCTIONS["ric"]


def test_debuggers() -> None:
    assert debugger_of(FUNCTIONS["items"]) == "debugpy"
    assert debugger_of(FUNCTIONS["page"]) == "Node.js inspector"


@pytest.mark.parametrize(
    ("head", "length"),
    [
        (b"Content-Length: 12\r\n", 12),
        (b"content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:7\r\n", 7),
        (b"Content-Length: %d\r\n" % BODY_LIMIT, BODY_LIMIT),
        (b"Content-Length: %d\r\n" % (BODY_LIMIT + 1), None),
        (b"Content-Length: 0\r\n", None),
        (b"Content-Length: 7\r\nContent-Length: 8\r\n", None),
        (b"Content-Type: text/plain\r\n", None),
        (b"", None),
    ],
)
def test_length(head: bytes, length: int | None) -> None:
    assert is_head(head) is (head != b"")
    assert length_of(head) == length


@pytest.mark.parametrize(
    "lines",
    [
        b"POST / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\n",
        b"Content-Length: 12\r\nHost: 127.0.0.1\r\n",
        b"Content-Length: 12 HTTP/1.1\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 9999999999\r\n",
        b"Content-Length: many\r\n",
        b"Content-Length : 12\r\n",
        b" Content-Length: 12\r\n",
        b"Content-Length: 12\nPOST / HTTP/1.1\r\n",
        "Content-Length: ١٢\r\n".encode(),
        b"Content-Type: \x1b[2J\r\n",
        b"Content-Type: " + b"x" * 1024 + b"\r\n",
        b"\x16\x03\x01\x02\x00\r\n",
        b"Content-Length: 12",
    ],
)
def test_what_no_message_begins_with(lines: bytes) -> None:
    assert not is_head(lines)


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        (b'{"seq": 1, "type": "request", "command": "initialize", "arguments": {"adapterID": "python"}}', True),
        (b'{"seq": 1, "type": "request", "command": "evaluate", "arguments": {"expression": "1"}}', False),
        (b'{"seq": 1, "type": "event", "command": "initialize", "arguments": {}}', False),
        (b'{"seq": 1, "type": "request", "command": "initialize"}', False),
        (b'{"seq": true, "type": "request", "command": "initialize", "arguments": {}}', False),
        (b'{"type": "request", "command": "initialize", "arguments": {}}', False),
        (b'["initialize"]', False),
        (b"initialize", False),
        (b"\xff", False),
        (b"[" * 100_000, False),
    ],
)
def test_initialize(body: bytes, begins: bool) -> None:
    assert is_initialize(body) is begins


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        (b'{"type": "request", "command": "disconnect"}', True),
        (b'{"type": "response", "command": "disconnect", "success": true}', True),
        (b'{"type": "request", "command": "evaluate", "arguments": {"expression": "\\"disconnect\\""}}', False),
        (b'{"type": "request", "command": "evaluate", "arguments": ["disconnect"]}', False),
        (b'{"type": "request", "command": "next"}', False),
        (b'["disconnect"]', False),
        (b'"disconnect" it is', False),
    ],
)
def test_disconnect(body: bytes, ends: bool) -> None:
    assert is_disconnect(body) is ends


@pytest.mark.parametrize("message", [RESTARTED, DISCONNECT])
def test_own_messages(message: bytes) -> None:
    head, _, body = message.partition(b"\r\n\r\n")
    assert length_of(head + b"\r\n") == len(body)
    assert json.loads(body)["seq"] > 0
    assert encode_message(body) == message
    assert is_disconnect(body) is (message is DISCONNECT)


def test_on_the_console() -> None:
    plain = Lines(colour=False).debugger("items", 5678, "debugpy")
    assert plain == "  debug  items  waits for a debugger on 127.0.0.1:5678 (debugpy); its timeouts are suspended"
    assert click.unstyle(Lines(colour=True).debugger("items", 5678, "debugpy")) == plain
