"""Where the commands of the documentation are run: a copy of the sample, or the files that a page shows."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from documentation.blocks import ROOT, Block, beside
from serving.emulate import EMULATE, PATIENCE, Served, urls_in
from serving.ports import free_port

STAND_IN = """#!/bin/sh
# Stands in for a test runner that is not installed here.
[ -z "$EMULATE_URL" ] || exec curl -fsS "$EMULATE_URL/items"
"""
RUNNERS = ("npx", "npm", "pytest")
LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__", ".pytest_cache", "dist")


def copy_of_the_sample(folder: Path) -> Path:
    """What a clone has of it."""
    for name in ("emulator.yaml", "emulator.schema.json"):
        shutil.copy(ROOT / name, folder)
    for name in ("sample_handlers", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    return folder


def on_free_ports(folder: Path) -> Path:
    """The same folder, whose APIs take any ports."""
    for file in (folder / "emulator.yaml", folder / "sample_handlers" / "broken" / "emulator.yaml"):
        if file.exists():
            file.write_text(re.sub(r"port: \d+", "port: 0", file.read_text()))
    return folder


def files_beside(block: Block, folder: Path) -> bool:
    """Write the files that the page shows under the same heading; whether there are any."""
    files = beside(block)
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text)
    return bool(files)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """That of a shell that has the command `emulate`, and test runners that only call the API."""
    stand_ins = folder / ".stand-ins"
    stand_ins.mkdir(exist_ok=True)
    for name in RUNNERS:
        (stand_ins / name).write_text(STAND_IN)
        (stand_ins / name).chmod(0o755)
    path = os.pathsep.join([str(stand_ins), str(Path(sys.executable).parent), os.environ["PATH"]])
    (stand_ins / ".curlrc").write_text("silent\nshow-error\n")
    quiet = {"CURL_HOME": str(stand_ins)}
    ports = {"EMULATE_PORT": "0", "EMULATE_CONTROL_PORT": str(free_port())}
    return {**os.environ, **ports, **quiet, "PATH": path, "NO_PROXY": "*", "no_proxy": "*", **more}


def shell(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash; what is left in the background ends with it. All output is `stdout`."""
    script = f'set -o pipefail; {command}\ncode=$?; [ -z "$!" ] || kill $!; exit $code'
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment(folder, **more), timeout=PATIENCE, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Ports:
    """The ports that the documentation names, and those that are really taken."""

    real: Mapping[str, str]

    def in_command(self, text: str) -> str:
        """A documented command, for the ports that are taken."""
        return self._replaced(text, self.real)

    def in_output(self, text: str) -> str:
        """Real output, as the documentation has it."""
        return self._replaced(text, {real: named for named, real in self.real.items()})

    def _replaced(self, text: str, ports: Mapping[str, str]) -> str:
        return re.sub(r"(?<=:)\d+\b", lambda found: ports.get(found[0], found[0]), text)


@contextlib.contextmanager
def served(folder: Path, arguments: list[str], documented: list[str]) -> Iterator[tuple[Served, Ports]]:
    """`emulate serve`, once it is ready, in a folder whose APIs take any ports; `documented` are the ports they have in
    the order of the file, then that of the control port."""
    process = subprocess.Popen(
        [EMULATE, "serve", *arguments], cwd=folder, env=environment(folder), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    running = Served(process)
    try:
        console = running.wait_for(r"(?m)^Ready")
        running.urls = urls_in(console)
        urls = [*running.urls.values(), *re.findall(r"(?m)^  control +(\S+)", console)]
        real = [re.findall(r":(\d+)", url)[0] for url in urls]
        yield running, Ports(dict(zip(documented, real, strict=False)))
        assert running.stop(signal.SIGINT) == 0
    finally:
        running.close()
