"""The `emulate serve` that is fuzzed: an API of each product before functions that give back what they were sent."""

import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

CONFIG = """
apis:
  http:
    type: http
    port: 0
    cors: {allowOrigins: [http://localhost:5173], allowMethods: [PUT], allowHeaders: [x-a], allowCredentials: true}
    routes:
      GET /echo/{proxy+}: echo
      HEAD /echo/{proxy+}: echo
      POST /echo/{proxy+}: {function: echo, payloadFormatVersion: "1.0"}
      PUT /echo/{proxy+}: echo
      PATCH /echo/{proxy+}: echo
      DELETE /echo/{proxy+}: {function: echo, payloadFormatVersion: "1.0"}
      ANY /fail/{proxy+}: fail
  rest:
    type: rest
    port: 0
    stage: dev
    binaryMediaTypes: ["*/*"]
    routes: {"ANY /echo/{proxy+}": echo, "ANY /fail/{proxy+}": fail}
  url:
    type: function-url
    port: 0
    function: echo
    cors: {allowOrigins: [http://localhost:5173], allowMethods: ["*"], allowHeaders: [x-a], allowCredentials: true}
functions:
  echo: {handler: app.handler, codeUri: code, timeout: 30, maxConcurrency: 2}
  fail: {handler: app.fail, codeUri: code, timeout: 30, maxConcurrency: 1}
frontends:
  - origin: http://localhost:5173
"""
HANDLERS = '''
import base64
import hashlib


def handler(event, context):
    """What came: the word, the method, the digest of the body. Well formed whatever was sent."""
    http = event["requestContext"].get("http")
    path = http["path"] if http else event["path"]
    if path.startswith("/fail"):
        return fail(event, context)
    print(path, event["headers"])
    print(path[:40], *list(event["headers"].values())[:9])
    body = event.get("body") or ""
    data = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    word = (event.get("queryStringParameters") or {}).get("n") or ""
    word = word if word.isascii() and word.isalnum() else "-"
    method = http["method"] if http else event["httpMethod"]
    leaked = " with trailers" if "evil" in str(event["headers"]) else ""
    body = f"{word} {method} {hashlib.sha256(data).hexdigest()}{leaked}"
    return {"statusCode": 200, "headers": {"content-type": "text/plain", "x-nonce": word}, "body": body}


def fail(event, context):
    return {"statusCode": "nonsense"}
'''
PATIENCE = 30.0
"""Seconds the process has to start or to stop."""


@dataclass(frozen=True, slots=True)
class Target:
    """A running `emulate serve`: its process, the port of each API, and where its output goes."""

    process: psutil.Popen
    ports: dict[str, int]
    console: Path
    errors: Path


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Target]:
    """The project written to `folder` and served."""
    (folder / "code").mkdir(parents=True)
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "code" / "app.py").write_text(HANDLERS)
    console, errors = folder.with_name("console.log"), folder.with_name("errors.log")
    command = [Path(sys.executable).parent / "emulate", "serve", "--no-platform-logs", "--no-enforce"]
    with console.open("wb") as out, errors.open("wb") as err:
        process = psutil.Popen(command, cwd=folder, stdout=out, stderr=err)
        try:
            yield Target(process, _ports(process, console, errors), console, errors)
        finally:
            _stop(process)


def _ports(process: psutil.Popen, console: Path, errors: Path) -> dict[str, int]:
    deadline = time.monotonic() + PATIENCE
    while not re.search(r"(?m)^Ready", said := console.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"emulate serve does not start:\n{said}{errors.read_text()}")
        time.sleep(0.01)
    return {name: int(port) for name, port in re.findall(r"(?m)^ +(\S+) .*http://[^ ]*:(\d+)", said)}


def _stop(process: psutil.Popen) -> None:
    if process.poll() is None:
        children = process.children(recursive=True)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        for orphan in psutil.wait_procs([process, *children], timeout=2)[1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.kill()


def connected(port: int) -> socket.socket:
    """A connection that neither waits nor joins writes."""
    opened = socket.create_connection(("127.0.0.1", port), timeout=5)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    opened.setblocking(False)
    return opened
