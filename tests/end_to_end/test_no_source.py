"""What may lie below a codeUri and is no source: nothing of it may hold up a request, or count as a change."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving.emulate import EMULATE, get, serve, until

CONFIG = """
apis: {api: {type: http, port: 0, routes: {GET /: app}}}
functions: {app: {handler: app.handler, codeUri: CODE}}
"""
HANDLER = "import os\n\ndef handler(event, context):\n    return f'%s {os.getpid()}'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "code").mkdir()
    (tmp_path / "emulator.yaml").write_text(CONFIG.replace("CODE", "code"))
    (tmp_path / "code" / "app.py").write_text(HANDLER % "old")
    return tmp_path


def pipe(code: Path) -> None:
    os.mkfifo(code / "pipe.py")


def listening_socket(code: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(code / "x.sock"))


def endless_device(code: Path) -> None:
    (code / "zero.py").symlink_to("/dev/zero")


def folder_of_devices(code: Path) -> None:
    (code / "devices").symlink_to("/dev")


def whole_system(code: Path) -> None:
    (code / "root").symlink_to("/")


def link_loops(code: Path) -> None:
    (code / "loop.py").symlink_to("loop.py")
    (code / "here").symlink_to(".")
    (code / "up").symlink_to("..")


def huge_file(code: Path) -> None:
    with (code / "model.bin").open("wb") as file:
        file.truncate(50 << 30)


KINDS = [pipe, listening_socket, endless_device, folder_of_devices, whole_system, link_loops, huge_file]


@pytest.mark.parametrize("arguments", [(), ("--poll",)], ids=["file-events", "polling"])
@pytest.mark.parametrize("make", KINDS)
def test_nothing_waits_for_it(folder: Path, make: Callable[[Path], None], arguments: tuple[str, ...]) -> None:
    """Neither when it is there from the start, nor when it appears."""
    make(folder / "code")
    (folder / "code" / "later").mkdir()
    with serve(folder, *arguments) as served:
        url = served.urls["api"]
        assert get(url).text.startswith("old ")
        make(folder / "code" / "later")
        (folder / "code" / "app.py").write_text(HANDLER % "new")
        assert get(url).text.startswith("new ")
        assert "Traceback" not in served.console


@pytest.mark.parametrize("arguments", [(), ("--poll",)], ids=["file-events", "polling"])
def test_a_code_folder_that_is_replaced_by_a_file(folder: Path, arguments: tuple[str, ...]) -> None:
    """The function fails for as long as it is one."""
    with serve(folder, *arguments) as served:
        url = served.urls["api"]
        assert get(url).text.startswith("old ")
        (folder / "code").rename(folder / "away")
        (folder / "code").write_text("")
        assert until(lambda: get(url), lambda answer: answer.status_code == 500)
        served.wait_for(r"app: .*codeUri '.*code' is not a folder; create it or correct codeUri")
        (folder / "code").unlink()
        shutil.copytree(folder / "away", folder / "code")
        (folder / "code" / "app.py").write_text(HANDLER % "new")
        assert until(lambda: get(url), lambda answer: answer.text.startswith("new "))


def nonsense(url: str) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 80)) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert connection.recv(1000)


@pytest.mark.parametrize("arguments", [(), ("--poll",)], ids=["file-events", "polling"])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_our_own_output_is_no_code(folder: Path, arguments: tuple[str, ...], stream: str) -> None:
    """`emulate serve > out.txt` where codeUri is the project's folder: what is printed there restarts nothing."""
    (folder / "emulator.yaml").write_text(CONFIG.replace("CODE", "."))
    shutil.copy(folder / "code" / "app.py", folder)
    output = folder / "out.txt"
    with output.open("w") as out, (folder.parent / f"{folder.name}.txt").open("w+") as other:
        streams = (
            {"stdout": out, "stderr": subprocess.STDOUT} if stream == "stdout" else {"stdout": other, "stderr": out}
        )
        process = subprocess.Popen([EMULATE, "serve", *arguments], cwd=folder, **streams)  # type: ignore[call-overload]
        try:
            console = output if stream == "stdout" else Path(other.name)
            text = until(console.read_text, lambda text: "Ready" in text)
            url = text.split()[text.split().index("API") + 1]
            answers = set()
            for number in range(8):
                answers.add(get(url).text)
                until(console.read_text, lambda text: text.count("api GET / ") > number)  # noqa: B023
                if stream == "stderr":  # where warnings go
                    nonsense(url)
                    until(output.read_text, lambda text: text.count("Refused a request") > number)  # noqa: B023
            assert len(answers) == 1
            assert "reloading" not in console.read_text()
        finally:
            process.kill()
            process.wait()
