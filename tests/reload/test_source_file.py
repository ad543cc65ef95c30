import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.reload.source_file import is_empty, is_source_file, read_source_file


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_loop(path: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [pipe, listening_socket, endless_device, folder])
def test_no_source_file(tmp_path: Path, make: object) -> None:
    path = tmp_path / "x"
    make(path)  # type: ignore[operator]
    assert not is_source_file(path.stat())
    assert read_source_file(path, 1 << 20) is None


@pytest.mark.parametrize("make", [link_loop, lambda path: None], ids=["link-loop", "missing"])
def test_what_cannot_be_read(tmp_path: Path, make: object) -> None:
    make(tmp_path / "x")  # type: ignore[operator]
    assert read_source_file(tmp_path / "x", 1 << 20) is None


@pytest.mark.parametrize(("limit", "content"), [(4, b"abc"), (3, None), (0, None)])
def test_reading_is_bounded(tmp_path: Path, limit: int, content: bytes | None) -> None:
    path = tmp_path / "app.py"
    path.write_text("abc")
    assert read_source_file(path, limit) == content


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "full").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    assert [is_empty(tmp_path / name) for name in ("empty", "full", "pipe", "missing")] == [True, False, False, False]


def test_a_file_that_tells_no_size_is_read_as_far_as_the_limit(tmp_path: Path) -> None:
    """Files of /proc are regular, have no size, and may have no end either."""
    path = tmp_path / "linked.py"
    path.symlink_to("/proc/self/stat")
    if not Path("/proc/self/stat").exists():
        path.unlink()
        path.write_bytes(b"x" * 20)
    assert read_source_file(path, 10) is None
    assert read_source_file(path, 1 << 20)


@pytest.mark.parametrize("descriptor", [1, 2])
def test_our_own_output_is_none(tmp_path: Path, descriptor: int) -> None:
    """By whatever name it is reached."""
    output, linked, other = tmp_path / "out.txt", tmp_path / "linked.txt", tmp_path / "other.txt"
    other.write_text("")
    program = (
        "import os, sys; from pathlib import Path; from emulator.reload.source_file import is_source_file\n"
        "os.link('out.txt', 'linked.txt')\n"
        "for name in ('out.txt', 'linked.txt', 'other.txt'): os.write(%d, b'%%d' %% is_source_file(os.stat(name)))"
    )
    with output.open("w") as stream:
        streams = {1: {"stdout": stream}, 2: {"stderr": stream}}[descriptor]
        subprocess.run([sys.executable, "-c", program % descriptor], cwd=tmp_path, check=True, **streams)  # type: ignore[call-overload]
    assert output.read_text() == linked.read_text() == "001"
