"""Who gets at a debugger: real pages that try, another user of the machine, and, as the control, an editor.

A debugger runs whatever it is told to. Each attack would make a file.
"""

import contextlib
import http.server
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from real_browsers.page import Page, open_page
from serving.debug_clients import CdpClient, DapClient
from serving.emulate import PATIENCE, Served, serve, until
from serving.other_user import curl
from serving.ports import free_ports

CONFIG = """
apis:
  shop: {type: http, port: 0, routes: {GET /items: items, GET /node: node}}
functions:
  items: {handler: items.handler}
  node: {handler: node.handler, runtime: nodejs22.x}
"""

BROWSER = pytest.mark.browser
QUIET = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
"""Firefox's driver looks for its port and leaves the sockets."""

COULD_NOT_CONNECT = 7
"""curl's exit code."""

NODE_HANDLER = """\
import { writeFileSync } from "node:fs"
globalThis.mark = (path) => writeFileSync(path, "")
export const handler = async () => "ok"
"""

ATTACK = """async ({ ports, paths, bodies, form, message }) => {
    const soon = (promise) => Promise.race([promise, new Promise((settle) => setTimeout(settle, 2000, "no answer"))]);
    const posts = (port, body) => {
        const signal = AbortSignal.timeout(2000);
        return fetch(`http://127.0.0.1:${port}/`, { method: "POST", mode: "no-cors", body, signal });
    };
    const submits = (port) => new Promise((settle) => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        const sent = document.body.appendChild(document.createElement("form"));
        frame.name = sent.target = `frame-${port}`;
        Object.assign(sent, { method: "post", enctype: "text/plain", action: `http://127.0.0.1:${port}/` });
        const [name, value] = form;
        sent.appendChild(Object.assign(document.createElement("input"), { name, value }));
        frame.onload = () => settle("loaded");
        sent.submit();
    });
    const talks = (port, path) => new Promise((settle) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
        socket.onopen = () => socket.send(message);
        socket.onmessage = (event) => settle(event.data);
        socket.onerror = () => settle("refused");
    });
    const reads = async (port) => (await fetch(`http://127.0.0.1:${port}/json/list`)).text();
    const seen = [];
    for (const port of ports) {
        const attempts = [
            ...bodies.map((body) => () => posts(port, body)),
            () => submits(port),
            ...["/", ...paths].map((path) => () => talks(port, path)),
            () => reads(port),
        ];
        for (const attempt of attempts) {
            seen.push(await soon(attempt()).then((result) => `${result}`, (error) => `${error}`));
        }
    }
    return seen;
}"""


@dataclass(frozen=True)
class Debugged:
    """`emulate serve --debug` of a Python and a Node.js function, each with the port of its debugger.
    `folder` is no code's, so that a file that is made there restarts nothing."""

    served: Served
    folder: Path
    items: int
    node: int

    def evaluation(self, marker: str) -> dict[str, Any]:
        """For debugpy. It needs no frame."""
        return {"expression": f"open({str(self.folder / marker)!r}, 'w').close()", "context": "repl"}

    def javascript(self, marker: str) -> str:
        return f"mark({json.dumps(str(self.folder / marker))})"

    def inner(self) -> set[int]:
        """The doors behind those ports: where they were once, and whatever the processes listen on by now."""
        apis = {httpx.URL(url).port for url in self.served.urls.values()}
        process = psutil.Process(self.served.process.pid)
        found = {20000 + port % 10000 for port in (self.items, self.node)}
        for one in [process, *process.children(recursive=True)]:
            found |= {it.laddr.port for it in one.net_connections("tcp") if it.status == psutil.CONN_LISTEN}
        return found - apis - {self.items, self.node}

    def targets(self, port: int) -> list[str]:
        """The ids of Node.js inspectors that a port gives away to whoever asks."""
        with (
            contextlib.suppress(httpx.HTTPError, ValueError, TypeError),
            httpx.Client(trust_env=False, timeout=2) as client,
        ):
            return [target["id"] for target in client.get(f"http://127.0.0.1:{port}/json/list").json()]
        return []

    def both_ran(self, marker: str) -> None:
        """What the attacks send, sent by debuggers: it runs, so an attack that had arrived had run too."""
        editor = DapClient(self.items)
        try:
            editor.ask("initialize", adapterID="python")
            editor.ask("evaluate", **self.evaluation(f"{marker}-python"))
        finally:
            editor.close()
        inspector = CdpClient(self.node)
        try:
            inspector.open()
            answer = inspector.ask("Runtime.evaluate", expression=self.javascript(f"{marker}-node"))
            assert "exceptionDetails" not in answer, answer
        finally:
            inspector.close()
        assert sorted(self.marks()) == [f"{marker}-node", f"{marker}-python"]

    def marks(self) -> list[str]:
        return [path.name for path in self.folder.glob("by-*")]


@pytest.fixture
def debugged(tmp_path: Path) -> Iterator[Debugged]:
    project, marks = tmp_path / "project", tmp_path / "marks"
    project.mkdir()
    marks.mkdir()
    (project / "emulator.yaml").write_text(CONFIG)
    (project / "items.py").write_text("def handler(event, context):\n    return 'ok'\n")
    (project / "node.mjs").write_text(NODE_HANDLER)
    items, node = free_ports(2)
    with serve(project, "--debug", f"items:{items}", "--debug", f"node:{node}") as served:
        found = Debugged(served, marks, items, node)
        until(lambda: found.targets(node), bool)
        for path in ("/items", "/node"):
            assert httpx.get(served.urls["shop"] + path, trust_env=False, timeout=PATIENCE).text == "ok"
        yield found
        if served.process.poll() is None:
            served.stop()  # killed, it would leave the folder with the doors


@pytest.fixture
def origin() -> Iterator[str]:
    """Of a site of somebody's."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Kittens</title><body></body>")

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Nothing: a test's output is its own."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["chromium", "firefox"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    with open_page(request.param, request.getfixturevalue(f"{request.param}_binary")) as page:
        yield page


def dap(*requests: tuple[str, dict[str, Any]]) -> list[str]:
    return [
        json.dumps({"seq": seq, "type": "request", "command": command, "arguments": arguments})
        for seq, (command, arguments) in enumerate(requests, 1)
    ]


def frame(messages: list[str]) -> str:
    return "".join(f"Content-Length: {len(message)}\r\n\r\n{message}" for message in messages)


@BROWSER
@QUIET
def test_no_page_runs_code(debugged: Debugged, origin: str, page: Page) -> None:
    """Neither at the ports that are told to editors nor at what lies behind them, and not even with the id of the
    Node.js inspector, which no page can read."""
    inner = debugged.inner()
    ids = {name for port in (debugged.node, *inner) for name in debugged.targets(port)}
    assert ids, "the editor's port tells"
    evaluate = ("evaluate", debugged.evaluation("by-page-python"))
    messages = dap(("initialize", {"adapterID": "python"}), evaluate)
    framed = frame(messages)
    (bare,) = dap(evaluate)
    expression = debugged.javascript("by-page-node")
    argument = {
        "ports": [debugged.items, debugged.node, *inner],
        "paths": [f"/{name}" for name in ids],
        "bodies": [bare, framed, f"\r\n\r\n{framed}"],
        "form": [f'{bare[:-1]}, "padding": "', '"}'],
        "message": json.dumps({"id": 1, "method": "Runtime.evaluate", "params": {"expression": expression}}),
    }
    page.open(origin)
    seen = page.run(ATTACK, argument)
    debugged.both_ran("by-editor")
    assert not [text for text in seen if "webSocketDebuggerUrl" in text or '"id":1' in text], seen
    console = debugged.served.console
    assert re.search(rf"debug items: .* at 127\.0\.0\.1:{debugged.items}", console), console
    assert re.search(rf"debug node: .* at 127\.0\.0\.1:{debugged.node}", console), console


@BROWSER
@QUIET
def test_no_page_under_another_name_reads_the_inspectors_id(debugged: Debugged, page: Page) -> None:
    """A site whose name was pointed at this machine after its page was loaded (DNS rebinding) has the debugger's own
    origin. Browsers resolve every name below localhost to the machine."""
    for port in (debugged.node, debugged.items, *debugged.inner()):
        text = page.open(f"http://rebound.localhost:{port}/json/list")
        assert not any(name in text for name in debugged.targets(debugged.node)), text
    debugged.both_ran("by-editor")


def test_no_other_user_gets_in(debugged: Debugged) -> None:
    """Neither by the editors' ports nor behind them."""
    evaluate = ("evaluate", debugged.evaluation("by-other"))
    ids = debugged.targets(debugged.node)
    framed = frame(dap(("initialize", {"adapterID": "python"}), evaluate))
    for port in (debugged.items, *debugged.inner()):
        curl("--max-time", "1", f"telnet://127.0.0.1:{port}", given=framed)
    for port in (debugged.node, *debugged.inner()):
        answer = curl("--max-time", "1", f"http://127.0.0.1:{port}/json/list").stdout
        assert not any(name in answer for name in ids), answer
    debugged.both_ran("by-editor")
    assert re.search(r"debug items: .* another user of this machine", debugged.served.console)
    assert re.search(r"debug node: .* another user of this machine", debugged.served.console)


def test_the_doors_behind_are_in_a_folder_of_the_users_own(debugged: Debugged) -> None:
    process = psutil.Process(debugged.served.process.pid)
    listening = [
        Path(one.laddr)
        for child in process.children(recursive=True)
        for one in child.net_connections("unix")
        if str(one.laddr).startswith("/")
    ]
    (door,) = {path for path in listening if path.is_socket()}
    assert door.parent.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as own:
        own.connect(str(door))
    assert curl("--unix-socket", str(door), "http://debugger/").returncode == COULD_NOT_CONNECT
    debugged.served.stop()
    assert not door.parent.exists()
