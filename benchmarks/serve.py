"""`make bench`: a warm request through `emulate serve` against a bare uvicorn + starlette answer, in one run.

Absolute figures depend on the machine; the ratios are what to compare between two versions.
"""

import contextlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from client import answer_of, request_bytes, requests_per_second, sequential

HANDLER = """
import json

def handler(event, context):
    body = json.dumps({"version": VERSION})
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": body}

VERSION = 0
"""
CONFIG = """
apis:
  bench:
    type: http
    port: 0
    cors: {allowOrigins: [http://localhost:5173]}
    routes: {GET /: bench}
functions:
  bench: {handler: app.handler}
"""
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def home(request):
    return JSONResponse({"version": 0})

uvicorn.run(Starlette(routes=[Route("/", home)]), port=int(sys.argv[1]), log_level="warning", access_log=False)
"""
WARM = 3000
STARTS = 7
SAVES = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def emulate(folder: Path) -> Iterator[tuple[int, float, psutil.Process]]:
    """`emulate serve` on the folder: its port, seconds to Ready, its process."""
    started = time.perf_counter()
    log = (folder / "console.log").open("w+")
    command = [Path(sys.executable).parent / "emulate", "serve", "-c", "emulator.yaml"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        port = 0
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(r"http://[^ ]*:(\d+)", line)
            port = int(found[1]) if found else port
            if line.startswith("Ready"):
                break
        ready = time.perf_counter() - started
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=log)
        yield port, ready, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()
        drain.wait()
        process.stdout.close()
        log.close()


@contextlib.contextmanager
def bare() -> Iterator[tuple[int, float]]:
    """A bare uvicorn + starlette: its port and seconds to the first answer."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", BARE, str(port)])
    try:
        while True:
            with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request_bytes("/", port))
                answer_of(connection)
                break
        yield port, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def save_to_new_code(folder: Path, port: int) -> list[float]:
    """Milliseconds from a save to the first answer of the new code, asking all the while."""
    request = request_bytes("/", port)
    taken = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for version in range(1, SAVES + 1):
            (folder / "app.py").write_text(HANDLER.replace("VERSION = 0", f"VERSION = {version}"))
            started = time.perf_counter()
            while True:
                connection.sendall(request)
                status, body = answer_of(connection)
                if status == 200 and f'"version": {version}}}'.encode() in body:
                    break
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def megabytes(process: psutil.Process) -> str:
    """Resident memory: the emulator itself, and its children together."""
    children = sum(child.memory_info().rss for child in process.children(recursive=True))
    return f"{process.memory_info().rss / 1e6:.0f} + {children / 1e6:.0f} in environments"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "app.py").write_text(HANDLER)
        (folder / "emulator.yaml").write_text(CONFIG)
        ready = []
        for _ in range(STARTS):
            with emulate(folder) as (_, seconds, _):
                ready.append(seconds * 1000)
        with bare() as (bare_port, _), emulate(folder) as (port, _, process):
            sequential("/", bare_port, 300)
            sequential("/", port, 300)
            floor, ours = sequential("/", bare_port, WARM), sequential("/", port, WARM)
            bare_rate, rate = requests_per_second("/", bare_port), requests_per_second("/", port)
            saves = save_to_new_code(folder, port)
            memory = megabytes(process)

    def row(what: str, value: float, base: float | None = None, unit: str = "ms") -> None:
        ratio = f"{value / base:6.2f} x bare ({base:.3f} {unit})" if base else ""
        print(f"{what:34}{value:10.3f} {unit:6}{ratio}")

    row("warm request p50", ours[len(ours) // 2], floor[len(floor) // 2])
    row("warm request p99", ours[len(ours) * 99 // 100], floor[len(floor) * 99 // 100])
    row("requests a second, 8 connections", rate, bare_rate, "1/s")
    row("start to Ready, median", statistics.median(ready))
    row("save to new code, median", statistics.median(saves))
    row("save to new code, worst", max(saves))
    print(f"{'memory':34}{memory} MB")


if __name__ == "__main__":
    main()
