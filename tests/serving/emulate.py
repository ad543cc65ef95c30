"""`emulate serve` as its users run it: a process, its console, requests over real sockets."""

import contextlib
import json
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import httpx

T = TypeVar("T")
EMULATE = Path(sys.executable).parent / "emulate"
PATIENCE = 60.0
"""Seconds a test waits for anything before it fails. Nothing takes a second, but the machine may do ten things."""


class Served:
    """A running `emulate serve`: the URL of each API by name, and everything it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.urls: dict[str, str] = {}
        self._lines: list[str] = []
        self._grown = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._grown:
                self._lines.append(line.rstrip("\n"))
                self._grown.notify_all()
        with self._grown:
            self._lines.append("<end of output>")
            self._grown.notify_all()

    @property
    def console(self) -> str:
        """Everything printed so far."""
        with self._grown:
            return "\n".join(self._lines)

    def wait_for(self, text: str, *, after: str = "") -> str:
        """The console once `text` (a regular expression) is on it, behind `after`; fails with the console if never."""
        return self.wait_until(lambda console: re.search(text, console.partition(after)[2] if after else console), text)

    def wait_until(self, condition: Callable[[str], object], what: str) -> str:
        """The console once `condition` holds for it."""
        deadline = time.monotonic() + PATIENCE
        with self._grown:
            while not condition(console := "\n".join(self._lines)):
                left = deadline - time.monotonic()
                if left <= 0 or (self._lines and self._lines[-1] == "<end of output>"):
                    raise AssertionError(f"never on the console: {what}\n{console}")
                self._grown.wait(left)
        return console

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextlib.contextmanager
def serve(
    folder: Path,
    *arguments: str,
    environ: Mapping[str, str] | None = None,
    pass_fds: tuple[int, ...] = (),
    limits: tuple[int, int] | None = None,
) -> Iterator[Served]:
    """`emulate serve` in `folder`, ready to be asked; `environ` instead of the tests' own; `limits`, soft and hard, of
    open files."""
    command: Sequence[str | Path] = [EMULATE, "serve", *arguments]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
        pass_fds=pass_fds,
        preexec_fn=None if limits is None else lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits),
    )
    served = Served(process)
    try:
        served.urls = urls_in(served.wait_for(r'(?m)^(Ready|\{"type":"ready")'))
        yield served
    finally:
        served.close()


def urls_in(console: str) -> dict[str, str]:
    """The URL of each API by name, as the banner has it, or the JSON objects in its stead."""
    told = map(json.loads, re.findall(r'(?m)^\{"type":"endpoint".*', console))
    by_name = {one["api"]: one["url"] for one in told}
    return by_name | dict(re.findall(r"(?m)^ +(\S+) +(?:HTTP API|REST API|function URL) +(http://\S+)", console))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`emulate ...` to its end."""
    return subprocess.run(
        [EMULATE, *arguments], cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def until(ask: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Ask until the answer is good; fails with the last answer."""
    deadline = time.monotonic() + PATIENCE
    breath = threading.Event()
    while not good(answer := ask()):
        assert time.monotonic() < deadline, f"never good: {answer}"
        breath.wait(0.005)  # for the threads that are to bring it about
    return answer


def get(url: str, **headers: str) -> httpx.Response:
    """A request as curl would send it: no browser, no proxy of the environment."""
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        return client.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
