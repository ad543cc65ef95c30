"""What reaches a process behind a debug port, and what does not. The process is played here; real ones are debugged in
tests/cli/test_debug.py and attacked in tests/end_to_end/test_debug_attacks.py."""

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from emulator.debugger.debug_ports import DebugPorts, open_debug_ports
from emulator.debugger.debugging import encode_message
from emulator.errors import AddressError, EmulatorError
from emulator.functions.invocation import Function
from serving.ports import free_port

ID = "0f2c936f-b1cd-4ac9-aab3-f63b0f33d55e"
FUNCTIONS = {
    "items": Function("items", "app.handler", Path("/code"), "python3.12", python=sys.executable),
    "page": Function("page", "app.handler", Path("/code"), "nodejs22.x"),
}
INITIALIZE = b'{"seq": 1, "type": "request", "command": "initialize", "arguments": {}}'
EVALUATE = b'{"seq": 1, "type": "request", "command": "evaluate", "arguments": {"expression": "1"}}'
ANSWER = b'{"seq": 1, "type": "response", "request_seq": 1, "command": "initialize", "success": true}'


class Process:
    """Answers what it is sent with the same words, whatever it is."""

    def __init__(self, answer: bytes) -> None:
        self.heard: list[bytes] = []
        self._answer = answer

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                self.heard.append(data)
                writer.write(self._answer)
        finally:
            writer.close()


async def tell(port: int, data: bytes) -> bytes:
    """The first that comes back; empty when the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        return await asyncio.wait_for(reader.read(65536), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


Scenario = Callable[[int, list[str]], Awaitable[None]]


def run(name: str, process: Process, scenario: Scenario) -> list[str]:
    """What was said on the console, after a scenario at the port of a function whose process runs."""
    said: list[str] = []

    async def main() -> None:
        port = free_port()
        ports = DebugPorts([f"{name}:{port}"], FUNCTIONS)
        try:
            door = ports.mark(FUNCTIONS)[name].debug_path
            assert door is not None
            if name == "items":
                server = await asyncio.start_unix_server(process.connected, door)
            else:
                server = await asyncio.start_server(process.connected, "127.0.0.1", 0)
                url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/{ID}"
                door.write_text(json.dumps({"url": url, "version": "v22.1.0"}))
            async with server:
                await ports.start(said.append)
                await scenario(port, said)
        finally:
            ports.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            await asyncio.wait(others, timeout=10) if others else None
            await asyncio.sleep(0)  # for transports that close at the loop's next turn
        assert not door.parent.exists()

    asyncio.run(main())
    return said


def test_an_editor_is_led_to_its_process() -> None:
    process = Process(encode_message(ANSWER))

    async def scenario(port: int, said: list[str]) -> None:
        assert await tell(port, encode_message(INITIALIZE)) == encode_message(ANSWER)

    assert run("items", process, scenario) == []
    assert process.heard[0] == encode_message(INITIALIZE)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 85\r\n\r\n" + EVALUATE, id="fetch"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n", id="websocket"),
        pytest.param(b"\x16\x03\x01\x00\x05\r\n", id="https"),
        pytest.param(encode_message(EVALUATE), id="evaluate-first"),
        pytest.param(encode_message(b"nonsense") + encode_message(EVALUATE), id="no-json-first"),
        pytest.param(b"\r\n" + encode_message(INITIALIZE), id="an-empty-head-first"),
    ],
)
def test_nothing_else_reaches_it(data: bytes) -> None:
    """And is said once, however often it comes."""
    process = Process(b"")

    async def scenario(port: int, said: list[str]) -> None:
        for _ in range(3):
            assert await tell(port, data) == b""
        assert f"at 127.0.0.1:{port}." in said[0]

    (line,) = run("items", process, scenario)
    assert line.startswith("debug items: refused what no debugger sends, perhaps a request of a web page, at")
    assert process.heard == []


UPGRADE = f"GET /{ID} HTTP/1.1\r\nHost: 127.0.0.1:9229\r\nUpgrade: websocket\r\n\r\n".encode()


async def told(port: int) -> str:
    """The id of the target that debuggers are told of."""
    listed = await tell(port, f"GET /json/list HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    (target,) = json.loads(listed.partition(b"\r\n\r\n")[2])
    assert target["webSocketDebuggerUrl"] == f"ws://localhost:{port}/{target['id']}"
    name: str = target["id"]
    return name


def test_an_inspectors_client_is_led_to_its_process() -> None:
    """By an id that the port exchanges for the process's own, which is told to nobody."""
    process = Process(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")

    async def scenario(port: int, said: list[str]) -> None:
        name = (await told(port)).encode()
        assert name != ID.encode()
        assert await tell(port, UPGRADE.replace(ID.encode(), name)) == b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
        assert (await tell(port, UPGRADE)).startswith(b"HTTP/1.0 404 Not Found\r\n")

    assert run("page", process, scenario) == []
    assert process.heard == [UPGRADE]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(UPGRADE.replace(b"Upgrade:", b"Origin: https://evil.example\r\nUpgrade:"), id="page"),
        pytest.param(UPGRADE.replace(b"127.0.0.1", b"evil.example"), id="rebound"),
        pytest.param(UPGRADE.replace(b"GET", b"POST"), id="post"),
        pytest.param(encode_message(INITIALIZE), id="an-editor-of-python"),
    ],
)
def test_nothing_else_reaches_an_inspector(data: bytes) -> None:
    process = Process(b"")

    async def scenario(port: int, said: list[str]) -> None:
        for _ in range(3):
            assert (await tell(port, data)).startswith(b"HTTP/1.0 403 Forbidden\r\n")

    (line,) = run("page", process, scenario)
    assert line.startswith("debug page: refused ")
    assert line.endswith("Only your own debugger may attach.")
    assert process.heard == []


def test_a_folder_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short enough for a Unix socket, wherever temporary files are."""
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    for temporary in (tmp_path, deep):
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        ports = DebugPorts([f"items:{free_port()}"], FUNCTIONS)
        try:
            door = ports.mark(FUNCTIONS)["items"].debug_path
            assert door is not None
            assert door.parent.stat().st_mode & 0o777 == 0o700
            with socket.socket(socket.AF_UNIX) as probe:
                probe.bind(str(door))
        finally:
            ports.close()
        assert not door.parent.exists()


def test_what_cannot_be_had_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressError, match=f"port {port} is in use"):
            DebugPorts([f"items:{port}"], FUNCTIONS)
    with pytest.raises(EmulatorError, match="there is no function 'itms'"):
        DebugPorts(["itms"], FUNCTIONS)
    with pytest.raises(EmulatorError, match="there is no `node` on PATH"):
        open_debug_ports([f"page:{free_port()}"], FUNCTIONS, None, {"PATH": "/nowhere"})
    assert list(tmp_path.iterdir()) == []
