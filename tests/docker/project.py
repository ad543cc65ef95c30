"""What the tests build and run: a copy of the project whose images have names of the tests' own, and containers that go
away with them."""

import contextlib
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docker.daemon import PATIENCE, Docker, until
from docker.images import ROOT, bases, secrets
from documentation.blocks import BLOCKS
from serving.emulate import Served

NOT_COPIED = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
COPIED = (
    "Dockerfile", ".dockerignore", "compose.yaml", "pyproject.toml", "README.md", "LICENSE", "emulator.yaml",
    "emulator.schema.json", "requirements", "emulator", "sample_handlers", "examples", "vite-plugin",
)  # fmt: skip
ON_PAGE = [block for block in BLOCKS if block.page.name == "docker.md"]
NAMES = {"emulate": "api", "emulate-example-spa": "web", "emulate:nodejs": "nodejs"}
"""The images by the names that compose.yaml and docs/docker.md give them, and what they are called here."""


@dataclass(frozen=True)
class Container:
    """One that runs: its id, and what it has printed."""

    name: str
    console: Served


@dataclass(frozen=True)
class Project:
    """The copy in `folder`, and its images; `name` begins those of all that the tests make."""

    docker: Docker
    folder: Path
    name: str

    @property
    def api(self) -> str:
        return f"{self.name}/api"

    @property
    def nodejs(self) -> str:
        return f"{self.name}/nodejs"

    def compose(self, *arguments: str) -> str:
        """`docker compose ...` for the project."""
        return self.docker.compose("--project-name", self.name, *arguments, cwd=self.folder)

    def container(self, service: str) -> str:
        """The id of a service's container."""
        return self.compose("ps", "--quiet", service)

    def inspect(self, container: str) -> Any:
        """All that Docker knows of it."""
        return json.loads(self.docker("inspect", container))[0]

    def health(self, container: str) -> str:
        return str(self.inspect(container)["State"]["Health"]["Status"])

    def users(self, container: str) -> dict[str, str]:
        """Whom each process in it belongs to, as a number, by its command line."""
        lines = self.docker("top", container, "-eo", "pid,uid,args").splitlines()[1:]
        return {line.split(None, 2)[2]: line.split(None, 2)[1] for line in lines}

    @contextlib.contextmanager
    def running(self, image: str, *options: str | Path, command: Sequence[str] = ()) -> Iterator[Container]:
        """A container for as long as it is asked."""
        name = self.docker("run", "--detach", *options, image, *command).splitlines()[-1]
        try:
            with self.console(name) as console:
                yield Container(name, console)
        finally:
            self.docker("rm", "--force", "--volumes", name)

    @contextlib.contextmanager
    def console(self, container: str) -> Iterator[Served]:
        """What it prints, both streams, from its start on."""
        served = Served(self.docker.follow("logs", "--follow", container))
        try:
            yield served
        finally:
            served.close()

    def wait_until_healthy(self, container: str) -> None:
        until(lambda: self.health(container) == "healthy", "a healthy container")


@contextlib.contextmanager
def built(docker: Docker, folder: Path) -> Iterator[Project]:
    """The project with its images, by the commands of docs/docker.md."""
    copy = folder / "project"
    copy.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=NOT_COPIED, symlinks=True)
        else:
            shutil.copy(ROOT / name, copy / name)
    project = Project(docker, copy, f"emulate-test-{os.getpid()}")
    compose = copy / "compose.yaml"
    text = compose.read_text()
    for image, name in NAMES.items():
        text = text.replace(f"image: {image}\n", f"image: {project.name}/{name}\n")
    compose.write_text(text)
    python, node = bases(docker, folder)
    arguments = ["--build-arg", f"BASE={python}", "--build-arg", f"NODE={node}", *secrets(folder)]
    try:
        for command in documented("docker build "):
            docker("build", *arguments, *renamed(command, project.name)[2:], cwd=copy)
        docker("build", *arguments, "--tag", f"{project.name}/web", "--file", "examples/spa/Dockerfile", ".", cwd=copy)
        for name in NAMES.values():
            tell(f"image {name}: {megabytes(docker, f'{project.name}/{name}')}")
        tell(f"of which {python}: {megabytes(docker, python)}, {node}: {megabytes(docker, node)}")
        yield project
    finally:
        docker("rmi", "--force", *(f"{project.name}/{name}" for name in NAMES.values()), check=False)


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as one:
        one.settimeout(PATIENCE)
        return one.connect_ex((host, port)) == 0


def wait_until_free(*ports: int) -> None:
    """Ports that a file of the project names: another test may have them for a while."""
    until(lambda: not any(map(is_listening, ports)), f"that no other program has one of the ports {ports}")


def documented(beginning: str) -> list[str]:
    """The commands of docs/docker.md that begin so."""
    lines = [line for block in ON_PAGE if block.kind == "bash" for line in block.text.splitlines()]
    return [line for line in lines if line.startswith(beginning)]


def renamed(command: str, name: str) -> list[str]:
    """The words of a command, with the images' names of the tests."""
    return [f"{name}/{NAMES[word]}" if word in NAMES else word for word in shlex.split(command)]


def megabytes(docker: Docker, image: str) -> str:
    return f"{int(docker('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6:.0f} MB"


def tell(text: str) -> None:
    """Say something that is no test's outcome, where pytest is run with -s."""
    sys.stdout.write(f"\n{text}\n")


@contextlib.contextmanager
def fuse_mount(source: Path, target: Path) -> Iterator[None]:
    """`source` at another place by a program's file system: what is saved in `source` causes no event there."""
    target.mkdir()
    subprocess.run(["bindfs", "-o", "allow_other", source, target], check=True)
    try:
        yield
    finally:
        subprocess.run(["fusermount", "-uz", target], check=True)
