"""`emulate serve --sample` from a wheel: unpacked elsewhere, with no clone beside it."""

import os
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.cli import sample
from emulator.config.load import load
from serving.emulate import PATIENCE, Served, get, urls_in

ROOT = Path(__file__).parent.parent.parent
START = "from emulator.cli.main import main; main()"
PARTS = ("emulator.yaml", "emulator.schema.json", "sample_handlers", "examples/page")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def with_page_at(unpacked: Path, port: int) -> dict[str, str]:
    """The environment of a process that runs what is unpacked, its page at a port that no other test needs."""
    code = unpacked / "emulator" / "cli" / "sample_page.py"
    code.write_text(re.sub(r"(?m)^PAGE_PORT = \d+", f"PAGE_PORT = {port}", code.read_text()))
    return dict(os.environ) | {"PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def served(unpacked: Path, tmp_path: Path) -> Iterator[Served]:
    """The wheel's own `emulate serve --sample`, in an empty folder, on any ports."""
    file = unpacked / "emulator" / "sample" / "emulator.yaml"
    file.write_text(re.sub(r"port: \d+", "port: 0", file.read_text()))
    process = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--sample"],
        cwd=tmp_path,
        env=with_page_at(unpacked, 0),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    served = Served(process)
    try:
        served.urls = urls_in(served.wait_for(r"(?m)^Ready"))
        yield served
    finally:
        served.close()


def test_the_wheel_holds_the_sample_as_it_is_here(unpacked: Path) -> None:
    for part in PARTS:
        for file in filter(Path.is_file, [ROOT / part, *(ROOT / part).rglob("*")]):
            if "__pycache__" not in file.parts:
                assert (unpacked / "emulator" / "sample" / file.relative_to(ROOT)).read_bytes() == file.read_bytes()


def test_it_serves_anywhere(served: Served, unpacked: Path) -> None:
    assert get(f"{served.urls['shop']}/items").json()[0]["name"] == "Teapot"
    told = re.search(r"Open http://localhost:(\d+) in a browser\. The sample's files are in (.*)", served.console)
    assert told is not None
    assert Path(told[2]) == unpacked / "emulator" / "sample"
    assert "<h1>" in get(f"http://127.0.0.1:{told[1]}/").text
    assert served.stop(signal.SIGINT) == 0


def test_a_port_that_is_taken(unpacked: Path, tmp_path: Path) -> None:
    """Another program's page stays, and serving goes on: here to the next mistake."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", START, "serve", "--sample", "--allow-host", "no name"],
            cwd=tmp_path,
            env=with_page_at(unpacked, port),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, "")
    page, host = done.stderr.splitlines()
    assert page == f"The sample's page is not served: port {port} cannot be had (Address already in use)."
    assert host.startswith("--allow-host `no name`: ")


def test_a_clone_has_it_too() -> None:
    assert sample.sample_folder() == ROOT
    assert load(sample.sample_folder() / "emulator.yaml").deployment.endpoints[0].api.name == "shop"
