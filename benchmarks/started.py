"""The programs that are measured, started and stopped: `emulate serve`, and a bare uvicorn to compare with."""

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

from client import answer_of, request_bytes

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
PATIENCE = 30.0
"""Seconds a program has to start or to stop."""


@dataclass(frozen=True, slots=True)
class Started:
    """A program that answers on `port`; `seconds` from its start until it said so, or did."""

    process: psutil.Popen
    port: int
    began: float
    """Of perf_counter."""
    seconds: float

    def age(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.began

    def processor_time(self) -> float:
        """Seconds of user and system time, of the process and of those children that run now."""
        spent = 0.0
        for process in (self.process, *self.process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                spent += times.user + times.system
        return spent

    def megabytes(self) -> tuple[float, float]:
        """Resident memory of the process itself, and of all its children together."""
        children = 0
        for child in self.process.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                children += child.memory_info().rss
        return self.process.memory_info().rss / 1e6, children / 1e6


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_text(path: Path, pattern: str, process: psutil.Popen) -> re.Match[str]:
    """The first match in a file that is being written. Raises RuntimeError when it never comes."""
    deadline = time.monotonic() + PATIENCE
    while not (found := re.search(pattern, path.read_text())):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"never printed: {pattern}\n{path.read_text()}")
        time.sleep(0.001)
    return found


def wait_for_answer(port: int, path: str = "/") -> None:
    """Returns when a GET is answered with 200. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request_bytes(path, port))
            if answer_of(connection)[0] == 200:
                return
        time.sleep(0.001)
    raise TimeoutError(f"nothing answers 200 on port {port}")


def stop(process: psutil.Popen) -> None:
    """SIGTERM, and SIGKILL to whoever of the tree is left."""
    if process.poll() is None:
        tree = process.children(recursive=True)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        _, left = psutil.wait_procs(tree, timeout=2)
        for orphan in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.kill()


@contextlib.contextmanager
def emulate(folder: Path, *arguments: str) -> Iterator[Started]:
    """`emulate serve` on the folder; its output goes to console.log and errors.log beside it, `<folder>.log/`."""
    logs = folder.with_name(f"{folder.name}.log")
    logs.mkdir(exist_ok=True)
    command = [Path(sys.executable).parent / "emulate", "serve", "-c", "emulator.yaml", *arguments]
    with (logs / "console.log").open("w") as console, (logs / "errors.log").open("w") as errors:
        started = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, stdout=console, stderr=errors)
        try:
            try:
                wait_for_text(logs / "console.log", r"(?m)^Ready", process)
            except RuntimeError as error:
                raise RuntimeError(f"{error}{(logs / 'errors.log').read_text()}") from None
            seconds = time.perf_counter() - started
            port = int(wait_for_text(logs / "console.log", r"http://[^ ]*:(\d+)", process)[1])
            yield Started(process, port, started, seconds)
        finally:
            stop(process)


@contextlib.contextmanager
def emulate_exec(folder: Path, *arguments: str) -> Iterator[Started]:
    """`emulate exec --quiet` on the folder, with a command that does no more than wait: no console."""
    told = folder.with_name(f"{folder.name}.url{'-'.join(arguments)}")
    told.touch()
    command = [Path(sys.executable).parent / "emulate", "exec", "--quiet", *arguments, "--"]
    waiting = ["sh", "-c", 'echo "$EMULATE_URL" > "$0"; exec sleep 3600', told]
    started = time.perf_counter()
    process = psutil.Popen([*command, *waiting], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        port = int(wait_for_text(told, r"http://[^ ]*:(\d+)\n", process)[1])
        yield Started(process, port, started, time.perf_counter() - started)
    finally:
        stop(process)


@contextlib.contextmanager
def bare() -> Iterator[Started]:
    """A bare uvicorn + starlette."""
    port = free_port()
    started = time.perf_counter()
    process = psutil.Popen([sys.executable, "-c", BARE, str(port)])
    try:
        wait_for_answer(port)
        yield Started(process, port, started, time.perf_counter() - started)
    finally:
        stop(process)
