"""Debuggers as editors are: clients of the Debug Adapter Protocol and of the Chrome DevTools Protocol."""

import base64
import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from serving.emulate import PATIENCE, until

Json = dict[str, Any]
AS_VS_CODE = {
    "type": "debugpy",
    "request": "attach",
    "justMyCode": True,
    "redirectOutput": True,
    "showReturnValue": True,
    "subProcess": True,
    "clientOS": "unix",
    "workspaceFolder": "/",
    "debugOptions": ["RedirectOutput", "ShowReturnValue"],
}
"""What microsoft/vscode-python-debugger makes of an entry of launch.json."""


class DapClient:
    """What VS Code does to attach to debugpy."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._file = self._socket.makefile("rb")
        self._seq = 0
        self._events: list[Json] = []
        self._answers: dict[int, Json] = {}

    def attach(self, source: Path, *lines: int) -> None:
        """With breakpoints at the lines of a file."""
        self.ask("initialize", adapterID="python", pathFormat="path", linesStartAt1=True, columnsStartAt1=True)
        attach = self.send("attach", **AS_VS_CODE, connect={"host": "127.0.0.1", "port": self._port})
        self.event("initialized")
        breakpoints = [{"line": line} for line in lines]
        answer = self.ask("setBreakpoints", source={"path": str(source)}, breakpoints=breakpoints)
        assert [one["verified"] for one in answer["breakpoints"]] == [True] * len(lines)
        self.ask("configurationDone")
        self._answer(attach)

    def send(self, command: str, **arguments: Any) -> int:
        self._seq += 1
        message = {"seq": self._seq, "type": "request", "command": command, "arguments": arguments}
        body = json.dumps(message).encode()
        self._socket.sendall(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        return self._seq

    def ask(self, command: str, **arguments: Any) -> Json:
        """The body of the answer."""
        return self._answer(self.send(command, **arguments))

    def event(self, name: str) -> Json:
        """The body of the next event of that name, heard or to come."""
        while True:
            for event in self._events:
                if event["event"] == name:
                    self._events.remove(event)
                    return event.get("body", {})
            self._hear()

    def stopped(self) -> list[str]:
        """Wait for a breakpoint; the names of the frames, innermost first."""
        self._thread = self.event("stopped")["threadId"]
        self._frames = self.ask("stackTrace", threadId=self._thread)["stackFrames"]
        return [frame["name"] for frame in self._frames]

    def evaluate(self, expression: str) -> str:
        """In the innermost frame."""
        return self.ask("evaluate", expression=expression, frameId=self._frames[0]["id"])["result"]

    def resume(self) -> None:
        """A process that had only this left to do may be gone before it confirms."""
        self.send("continue", threadId=self._thread)

    def close(self) -> None:
        """Without a word, as an editor that is killed."""
        self._file.close()
        self._socket.close()

    def _answer(self, seq: int) -> Json:
        while seq not in self._answers:
            self._hear()
        answer = self._answers.pop(seq)
        assert answer["success"], answer
        return answer.get("body", {})

    def _hear(self) -> None:
        length = 0
        while (line := self._file.readline()) != b"\r\n":
            assert line, "the debugger is gone"
            length = int(line.partition(b":")[2])
        message = json.loads(self._file.read(length))
        if message["type"] == "event":
            self._events.append(message)
        elif message["type"] == "response":
            self._answers[message["request_seq"]] = message


class CdpClient:
    """What Chrome DevTools and VS Code do to attach to Node.js, over a minimal WebSocket (RFC 6455)."""

    def __init__(self, port: int) -> None:
        self.target = until(lambda: _targets(port), bool)[0]
        url = urlsplit(self.target["webSocketDebuggerUrl"])
        assert url.hostname is not None
        self._socket = socket.create_connection((url.hostname, url.port), PATIENCE)
        self._file = self._socket.makefile("rb")
        self._id = 0
        self._events: list[Json] = []

    def open(self) -> None:
        url = urlsplit(self.target["webSocketDebuggerUrl"])
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self._socket.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        assert b"101" in self._file.readline()
        while self._file.readline() != b"\r\n":
            pass

    def attach(self, source: Path, line: int) -> None:
        """With a breakpoint at a line of a file."""
        self.open()
        self.ask("Runtime.enable")
        self.ask("Debugger.enable")
        self.ask("Debugger.setBreakpointByUrl", lineNumber=line - 1, url=source.as_uri())

    def ask(self, method: str, **params: Any) -> Json:
        self._id += 1
        self._send(json.dumps({"id": self._id, "method": method, "params": params}).encode())
        while (message := self._hear()).get("id") != self._id:
            self._events.append(message)
        assert "error" not in message, message
        result: Json = message["result"]
        return result

    def event(self, method: str) -> Json:
        """Its parameters."""
        while True:
            for event in self._events:
                if event["method"] == method:
                    self._events.remove(event)
                    params: Json = event["params"]
                    return params
            self._events.append(self._hear())

    def stopped(self) -> list[str]:
        """Wait for a breakpoint; the names of the frames, innermost first."""
        self._frames = self.event("Debugger.paused")["callFrames"]
        return [frame["functionName"] for frame in self._frames]

    def evaluate(self, expression: str) -> Any:
        frame = self._frames[0]["callFrameId"]
        return self.ask("Debugger.evaluateOnCallFrame", callFrameId=frame, expression=expression)["result"]["value"]

    def resume(self) -> None:
        self.ask("Debugger.resume")

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _send(self, payload: bytes) -> None:
        size = len(payload)
        head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE, *size.to_bytes(2, "big")])
        self._socket.sendall(head + b"\0\0\0\0" + payload)  # a mask of zeros changes nothing

    def _hear(self) -> Json:
        first = self._file.read(2)
        assert len(first) == 2, "the debugger is gone"
        size = first[1] & 0x7F
        if size >= 126:
            size = int.from_bytes(self._file.read(2 if size == 126 else 8), "big")
        message: Json = json.loads(self._file.read(size))
        return message


def _targets(port: int) -> list[Json]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client, contextlib.suppress(httpx.TransportError):
        targets: list[Json] = client.get(f"http://127.0.0.1:{port}/json/list").json()
        return targets
    return []


@contextlib.contextmanager
def debugging(port: int, source: Path, *lines: int) -> Iterator[DapClient]:
    client = DapClient(port)
    try:
        client.attach(source, *lines)
        yield client
    finally:
        client.close()


@contextlib.contextmanager
def inspecting(port: int, source: Path, line: int) -> Iterator[CdpClient]:
    client = CdpClient(port)
    try:
        client.attach(source, line)
        yield client
    finally:
        client.close()
