"""The images of `make docker-test`: built as docs/docker.md says, through this machine's own settings of pip and npm,
which are passed as secrets."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docker.daemon import Docker

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".venv" / "docker"
PYTHON, NODE = "python:3.13-slim", "node:22-slim"
"""What the Dockerfiles start from by default."""

SUITE = "bookworm"
PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"
SETTINGS = ("index-url", "extra-index-url", "trusted-host", "timeout")
"""Of pip, those that mean the same inside a container."""


def bases(docker: Docker, folder: Path) -> tuple[str, str]:
    """The images to start from, with Python and with Node.js: Docker's own where they are there or can be had, else
    Debian with its Python, and with this machine's Node.js."""
    if not docker.is_own and all(has(docker, image) for image in (PYTHON, NODE)):
        return PYTHON, NODE
    if not (shutil.which("debootstrap") and os.geteuid() == 0):
        pytest.exit(f"{PYTHON} cannot be pulled; debootstrap, as root, would make another image.", returncode=1)
    with debian().open("rb") as archive:
        done = subprocess.run([docker.cli, "import", "-", "emulate-test-python"], stdin=archive, env=docker.environ)
        assert not done.returncode
    return "emulate-test-python", with_node(docker, folder)


def has(docker: Docker, image: str) -> bool:
    return any(
        not subprocess.run([docker.cli, *how, image], env=docker.environ, capture_output=True).returncode
        for how in (("image", "inspect"), ("pull",))
    )


def debian() -> Path:
    """An archive of a small Debian with Python, made once."""
    archive = CACHE / f"{SUITE}.tar"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        tree, half = CACHE / SUITE, CACHE / "half"
        try:
            for command in (
                ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, tree],
                [
                    "tar",
                    "--directory",
                    tree,
                    "--exclude=./var/cache/apt/archives/*.deb",
                    "--exclude=EXTERNALLY-MANAGED",  # as in Docker's own image, pip may install beside its Python
                    "--create",
                    "--file",
                    half,
                    ".",
                ],
            ):
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                assert not done.returncode, done.stdout[-2000:] + done.stderr
            half.rename(archive)
        finally:
            shutil.rmtree(tree, ignore_errors=True)
    return archive


def with_node(docker: Docker, folder: Path) -> str:
    """The same with this machine's Node.js and npm, where Docker's own image has them."""
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node is not None, "there is no `node` on PATH"
    assert npm is not None, "there is no `npm` on PATH"
    folder = folder / "node"
    folder.mkdir()
    shutil.copy(node, folder / "node")
    shutil.copytree(Path(npm).resolve().parent.parent, folder / "npm", symlinks=True)
    (folder / "Dockerfile").write_text(
        "FROM emulate-test-python\n"
        "COPY node /usr/local/bin/node\n"
        "COPY npm /usr/local/lib/node_modules/npm\n"
        "RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd --create-home --uid 1000 node\n"
    )
    docker("build", "--quiet", "--tag", "emulate-test-node", folder)
    return "emulate-test-node"


def secrets(folder: Path) -> list[str]:
    """The options that pass to a build what this machine's pip and npm need to reach their registries."""
    found = {"ca": certificates(), "pip": pip_settings(folder), "npm": npm_settings()}
    return [part for name, file in found.items() if file for part in ("--secret", f"id={name},src={file}")]


def certificates() -> Path | None:
    """The certificates that this machine's pip trusts beside its own, where they are named."""
    named = next((os.environ[name] for name in ("PIP_CERT", "SSL_CERT_FILE") if os.environ.get(name)), None)
    return Path(named) if named and Path(named).is_file() else None


def pip_settings(folder: Path) -> Path | None:
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    lines = [line.partition("=") for line in told.stdout.splitlines()]
    settings = configparser.RawConfigParser()
    settings["global"] = {
        name.rpartition(".")[2]: value.strip("'")
        for name, _, value in lines
        if name.rpartition(".")[2] in SETTINGS and "file:" not in value
    }
    if not settings["global"]:
        return None
    file = folder / "pip.conf"
    file.touch(0o600)
    with file.open("w") as stream:
        settings.write(stream)
    return file


def npm_settings() -> Path | None:
    told = subprocess.run(["npm", "config", "get", "userconfig"], capture_output=True, text=True, check=False)
    file = Path(told.stdout.strip())
    return file if told.returncode == 0 and file.is_file() else None
