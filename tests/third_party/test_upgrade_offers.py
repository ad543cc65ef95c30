"""Clients that offer HTTP/2 on plain http with every request, as the JDK's does by default and curl with --http2."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving.emulate import PATIENCE, Served, serve

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {$default: echo}}}
functions: {echo: {handler: echo.handler}}
"""
HANDLER = """
def handler(event, context):
    body = f"{event['requestContext']['http']['method']} {event.get('body')}"
    return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": body}
"""
JAVA = """
import java.net.URI;
import java.net.http.*;

public class Post {
    public static void main(String[] arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0])).header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(arguments[1])).build();
        HttpClient client = HttpClient.newHttpClient();
        System.out.print(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        System.out.print(" " + client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
"""
SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
SETTINGS = "AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("upgrade")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "echo.py").write_text(HANDLER)
    with serve(folder, "--no-platform-logs") as served:
        yield served


def said(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, timeout=3 * PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def raw(url: str, body: str, writes: int, *fields: str) -> str:
    """What those clients send, byte for byte; the body of the answer."""
    host = url.removeprefix("http://")
    lines = ("POST /x HTTP/1.1", f"Host: {host}", *fields, f"Content-Length: {len(body)}", "Content-Type: text/plain")
    head = "\r\n".join((*lines, "", "")).encode()
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in (head, body.encode()) if writes == 2 else (head + body.encode(),):
            connection.sendall(part)
        answer = b""
        wanted = b"\r\n\r\nPOST " + body.encode()
        while not answer.endswith(wanted) and (data := connection.recv(65536)):
            answer += data
    return answer.partition(b"\r\n\r\n")[2].decode()


def java(url: str, body: str, folder: Path) -> str:
    """Two requests of java.net.http.HttpClient, head and body in two writes; its bytes where there is no JDK."""
    program = shutil.which("java")
    if program is None:
        fields = ("Connection: Upgrade, HTTP2-Settings", f"HTTP2-Settings: {SETTINGS}", "Upgrade: h2c")
        return " ".join(raw(url, body, 2, *fields) for _ in range(2))
    (folder / "Post.java").write_text(JAVA)
    return said(program, "-XX:TieredStopAtLevel=1", folder / "Post.java", f"{url}/x", body)


def curl(url: str, body: str, folder: Path) -> str:
    """Two requests of curl --http2, each in one write; its bytes where there is no curl."""
    program = shutil.which("curl")
    if program is None:
        fields = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", f"HTTP2-Settings: {SETTINGS}")
        return " ".join(raw(url, body, 1, *fields) for _ in range(2))
    command = (program, "--silent", "--http2", "-H", "Content-Type: text/plain", "--data-binary", body, f"{url}/x")
    return " ".join(said(*command) for _ in range(2))


@pytest.mark.parametrize("client", [java, curl])
@pytest.mark.parametrize("body", ["hello", SMUGGLED])
def test_the_body_reaches_the_function(
    served: Served, tmp_path: Path, client: Callable[[str, str, Path], str], body: str
) -> None:
    assert client(served.urls["shop"], body, tmp_path) == f"POST {body} POST {body}"
    assert "smuggled" not in served.console


@pytest.mark.parametrize("writes", [1, 2])
def test_their_bytes(served: Served, writes: int) -> None:
    """Whichever of these programs is installed."""
    fields = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", f"HTTP2-Settings: {SETTINGS}")
    assert raw(served.urls["shop"], SMUGGLED, writes, *fields) == f"POST {SMUGGLED}"
