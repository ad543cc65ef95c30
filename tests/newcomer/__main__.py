"""`make newcomer`: what README tells a newcomer to type, in a fresh clone, and how long it takes.

The commands are README's own, in its order; only the address of the clone is put in. It needs the ports that README
names, a Chromium, and a network or a warm package cache.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from documentation.blocks import ROOT, blocks_of
from real_browsers.chromium import find_chromium, open_chromium
from serving.emulate import Served

GOAL = 20.0
"""Seconds from the first command to the first mismatch that is explained, with a warm package cache."""

PORTS = (3000, 3001, 3002, 3003, 5173)
BUTTON = "Broken: no OPTIONS method"
EXPLAINED = "emulate explain missing-options-route"
FIRST, TESTS = "make serve", "emulate check"


def commands(having: str) -> list[str]:
    """Return the commands of README's block that has this one."""
    consoles = [block for block in blocks_of(ROOT / "README.md") if block.kind == "console"]
    return next(
        [command for command, _ in block.commands]
        for block in consoles
        if having in [command for command, _ in block.commands]
    )


def environment() -> dict[str, str]:
    """Return that of a new shell: nothing of the virtual environment that runs this."""
    own = {str(Path(sys.executable).parent)}
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if part not in own)
    return {**{name: value for name, value in os.environ.items() if name not in LEFT_OUT}, "PATH": path}


LEFT_OUT = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PIP_REQUIRE_VIRTUALENV")


@contextlib.contextmanager
def typed(command: str, folder: Path) -> Iterator[Served]:
    """Run a command line and keep what it says; its processes end with it."""
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=environment(), text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    served = Served(process)
    try:
        yield served
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        served.close()


def refuse_taken_ports() -> None:
    """Exit where another program has a port that README names."""
    for port in PORTS:
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError as error:
            sys.exit(f"port {port} is not free: {error.strerror}")


def run(parent: Path, chromium: Path) -> float:
    """Type it all; return the seconds until the first explained mismatch."""
    clone, *others = commands(FIRST)
    clone = clone.replace("…", f"'{ROOT}'")
    started = time.monotonic()

    def told(what: str) -> float:
        seconds = time.monotonic() - started
        click.echo(f"  {seconds:5.1f} s  {what}")
        return seconds

    subprocess.run(["bash", "-c", clone], cwd=parent, env=environment(), check=True, capture_output=True)
    told(clone)
    folder = parent / "apigw-emulator"
    with open_chromium(chromium) as context, contextlib.ExitStack() as stack:
        for command in others:
            served = stack.enter_context(typed(command, folder))
            served.wait_until(lambda console: re.search(r"(?m)^Ready", console), "Ready")
            told(command)
        page = context.new_page()
        page.goto("http://localhost:5173")
        page.get_by_role("button", name=BUTTON).click()
        served.wait_until(lambda console: EXPLAINED in console, EXPLAINED)
        seconds = told(f"the button {BUTTON!r} is explained")
        (folder / "browser-test").write_text('#!/bin/sh\nexec curl -fsS "$EMULATE_URL/items"\n')
    script = " && ".join([commands(TESTS)[0], *(f"({line}; test $? -le 1)" for line in commands(TESTS)[1:])])
    npx = parent / "bin"
    npx.mkdir()
    shutil.copy(folder / "browser-test", npx / "npx")
    (npx / "npx").chmod(0o755)
    subprocess.run(
        ["bash", "-c", script], cwd=folder, env={**environment(), "PATH": f"{npx}:{environment()['PATH']}"}, check=True,
        capture_output=True,
    )  # fmt: skip
    told(" ; ".join(commands(TESTS)))
    return seconds


def main() -> None:
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium")
    refuse_taken_ports()
    click.echo("A newcomer types what README says:")
    with tempfile.TemporaryDirectory() as name:
        seconds = run(Path(name), chromium)
    click.echo(f"{seconds:.1f} s to the first explained mismatch; the goal is {GOAL:.0f} s with a warm package cache.")
    sys.exit(seconds > GOAL)


if __name__ == "__main__":
    main()
