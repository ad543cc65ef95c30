"""Docker for `make docker-test`: the daemon that is there, else one of the tests' own, of which nothing stays."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 120.0
"""Seconds to wait for anything that takes one."""

NEEDED = (
    "No Docker daemon answers. The tests start one of their own as root, from the Debian packages docker.io, "
    "docker-compose and debootstrap: {}."
)
IP_FORWARD = Path("/proc/sys/net/ipv4/ip_forward")
TABLES = {
    "filter": ("INPUT", "FORWARD", "OUTPUT"),
    "nat": ("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
}


@dataclass(frozen=True)
class Docker:
    """A daemon that answers, by what asks it; `is_own` where the tests have started it."""

    cli: str
    environ: Mapping[str, str]
    is_own: bool

    def __call__(self, *arguments: str | Path, cwd: Path | None = None, check: bool = True) -> str:
        """`docker ...`: what it prints, both streams; fails with that."""
        return self.run([self.cli, *arguments], cwd=cwd, check=check)

    def compose(self, *arguments: str | Path, cwd: Path) -> str:
        """`docker compose ...`, or docker-compose where that is what there is."""
        has_plugin = not subprocess.run([self.cli, "compose", "version"], capture_output=True, check=False).returncode
        return self.run([*([self.cli, "compose"] if has_plugin else ["docker-compose"]), *arguments], cwd=cwd)

    def run(self, command: list[str | Path], *, cwd: Path | None = None, check: bool = True) -> str:
        done = subprocess.run(
            command, cwd=cwd, env=self.environ, text=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert not (check and done.returncode), f"{command} ended with {done.returncode}:\n{done.stdout}"
        return done.stdout.strip()

    def follow(self, *arguments: str) -> "subprocess.Popen[str]":
        """`docker ...` for as long as it prints, both streams in one."""
        return subprocess.Popen(
            [self.cli, *arguments], env=self.environ, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip


@contextlib.contextmanager
def some_daemon() -> Iterator[Docker]:
    """The one that DOCKER_HOST or Docker's own default names, if it answers, else a new one."""
    cli = find_cli()
    environ = {**os.environ, "DOCKER_BUILDKIT": "1"}
    if cli and answers(cli, environ):
        yield Docker(cli, environ, is_own=False)
        return
    lacking = [name for name in ("dockerd", "docker-compose", "debootstrap", "iptables") if not shutil.which(name)]
    if os.geteuid() != 0 or lacking or cli is None:
        what = [f"there is no {name}" for name in lacking] + ["this is not root"] * (os.geteuid() != 0)
        pytest.exit(NEEDED.format(", ".join(what) or "no `docker` has BuildKit"), returncode=1)
    with own_daemon(cli, environ) as docker:
        yield docker


def answers(cli: str, environ: Mapping[str, str]) -> bool:
    return not subprocess.run([cli, "version"], env=environ, capture_output=True, check=False).returncode


def find_cli() -> str | None:
    """A client that builds with BuildKit: by its plugin buildx, or itself, as those before 23 do."""
    folders = [*os.environ["PATH"].split(os.pathsep), "/usr/bin"]
    for path in dict.fromkeys(str(Path(folder, "docker")) for folder in folders):
        if not os.access(path, os.X_OK):
            continue
        has_buildx = not subprocess.run([path, "buildx", "version"], capture_output=True, check=False).returncode
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if has_buildx or version.removeprefix("Docker version ").partition(".")[0] in {"18", "19", "20"}:
            return path
    return None


@contextlib.contextmanager
def own_daemon(cli: str, environ: Mapping[str, str]) -> Iterator[Docker]:
    """A daemon with everything of its own in one folder; the rules of the packet filter are put back in the end."""
    with tempfile.TemporaryDirectory(prefix="emulate-docker-", ignore_cleanup_errors=True) as folder:
        host = f"unix://{folder}/socket"
        rules, forward = {table: rules_of(table) for table in TABLES}, IP_FORWARD.read_text()
        log = Path(folder, "log")
        with log.open("w") as stream:
            process = subprocess.Popen(
                ["dockerd", "--data-root", f"{folder}/data", "--exec-root", f"{folder}/exec", "--host", host,
                 "--pidfile", f"{folder}/pid"],
                stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        try:
            docker = Docker(cli, {**environ, "DOCKER_HOST": host}, is_own=True)
            until(lambda: answers(cli, docker.environ) or process.poll() is not None, "a Docker daemon that answers")
            assert process.poll() is None, f"dockerd ended:\n{log.read_text()}"
            yield docker
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
            subprocess.run(["ip", "link", "delete", "docker0"], capture_output=True, check=False)
            for table, text in rules.items():
                subprocess.run(["iptables-restore", "--table", table], input=text, text=True, check=True)
            IP_FORWARD.write_text(forward)


def rules_of(table: str) -> str:
    """The packet filter's rules of a table as iptables-restore takes them, also where there are none yet."""
    saved = subprocess.run(["iptables-save", "--table", table], capture_output=True, text=True, check=True).stdout
    chains = "".join(f":{chain} ACCEPT [0:0]\n" for chain in TABLES[table])
    return saved or f"*{table}\n{chains}COMMIT\n"


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
