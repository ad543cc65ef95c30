"""The single-page app of examples/spa as its users run it: a copy of the folder, Vite's development server, and
`emulate serve` beside it, all on free ports."""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from serving.emulate import Served, serve
from serving.ports import free_ports

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "examples" / "spa"
INSTALLED = ROOT / ".venv" / "spa"
"""Beside it, `file:../../` of package.json is the project's folder too."""

DEV = "http://localhost:5173"
OF_NPM = ("package.json", "package-lock.json", ".npmrc")
NOT_COPIED = shutil.ignore_patterns("node_modules", "dist", "__pycache__")


@dataclass(frozen=True)
class Spa:
    """The app: its copy in `folder`, the page at `origin`, what Vite's environment has, and its emulator."""

    folder: Path
    origin: str
    environ: Mapping[str, str]
    served: Served


def installed() -> Path:
    """The folder node_modules of the app; without network when it is there. Tests in other processes wait for it."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with (INSTALLED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed():
            _install()
    return INSTALLED / "node_modules"


def _is_installed() -> bool:
    done = INSTALLED / "node_modules" / ".package-lock.json"
    return done.is_file() and all(
        (INSTALLED / name).is_file() and (INSTALLED / name).read_text() == (APP / name).read_text() for name in OF_NPM
    )


def _install() -> None:
    if not (shutil.which("npm") and shutil.which("node")):
        do_without("there is no `node`, or no `npm`, on PATH")
    for name in OF_NPM:
        shutil.copy(APP / name, INSTALLED / name)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(["npm", "ci", *options], cwd=INSTALLED, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(INSTALLED / "node_modules", ignore_errors=True)
        do_without(f"npm ci failed: {done.stderr}")


def do_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def copied(folder: Path, origin: str) -> Path:
    """A copy of the app whose page is at `origin`, and whose APIs are at free ports."""
    packages = installed()
    copy = folder / "spa"
    shutil.copytree(APP, copy, ignore=NOT_COPIED)
    (copy / "node_modules").symlink_to(packages)
    config = copy / "emulator.yaml"
    config.write_text(re.sub(r"port: \d+", "port: 0", config.read_text()).replace(DEV, origin))
    return copy


def environ_of(served: Served) -> dict[str, str]:
    """What Vite takes instead of its environment files: where the APIs and the control port are."""
    control = served.wait_for(r"(?m)^ +control +http").partition("control ")[2].split()[0]
    named = {f"VITE_{name.upper().replace('-', '_')}_URL": url for name, url in served.urls.items()}
    return {**named, "VITE_CONTROL_URL": control, "EMULATE_CONTROL_URL": control}


def vite(folder: Path, *arguments: str) -> list[str | Path]:
    """The command that runs the copy's own Vite, without npm's shell around it."""
    return ["node", folder / "node_modules" / "vite" / "bin" / "vite.js", *arguments]


def with_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """That of the tests and these, for a Vite that prints plain text."""
    return {**os.environ, **environ, "NO_COLOR": "1"}


@contextlib.contextmanager
def development_server(folder: Path, port: int, environ: Mapping[str, str]) -> Iterator[Served]:
    """Vite's, at this port of localhost."""
    process = subprocess.Popen(
        vite(folder, "--port", str(port), "--strictPort"), cwd=folder, text=True, env=with_environ(environ),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    running = Served(process)
    try:
        running.wait_for(rf"http://localhost:{port}/")
        yield running
    finally:
        running.close()


@contextlib.contextmanager
def single_page_app(folder: Path, *, overlay: str = "off") -> Iterator[Spa]:
    """The app, ready to be opened. With `overlay` "on" Vite's plugin shows findings over the page, where they take the
    clicks."""
    (port,) = free_ports(1)
    origin = f"http://localhost:{port}"
    copy = copied(folder, origin)
    with serve(copy, "--no-platform-logs", "--control-port", "0") as served:
        environ = {**environ_of(served), "EMULATE_OVERLAY": overlay}
        with development_server(copy, port, environ):
            yield Spa(copy, origin, environ, served)
