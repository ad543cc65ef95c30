"""Saves of emulator.yaml and of env files, through the whole of `emulate serve`: each is one reload, of the whole."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving.emulate import Served, get, serve, until

CONFIG = """
apis:
  api: {type: http, port: 0, routes: {GET /: app}}
functions:
  app: {handler: app.handler, codeUri: code, environment: {COLOUR: red}}
"""
HANDLER = """
import json, os

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps([os.environ.get(name) for name in ("COLOUR", "TABLE", "TOKEN")])}
"""
WHOLE = "TABLE=new\nTOKEN=x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "app.py").write_text(HANDLER)
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "local.env").write_text("TABLE=old\nTOKEN=x\n")
    return tmp_path


@pytest.fixture(params=[(), ("--poll",)], ids=["file-events", "polling"])
def served(folder: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    with serve(folder, "--env-file", "local.env", *request.param) as running:
        yield running


def write(path: Path, text: str) -> None:
    path.write_text(text)


def swap(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text)
    beside.replace(path)


def vim(path: Path, text: str) -> None:
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    path.chmod(0o644)
    backup.unlink()


def line_by_line(path: Path, text: str) -> None:
    with path.open("w") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)
            file.flush()


def twice(path: Path, text: str) -> None:
    """A formatter that runs on save."""
    write(path, text)
    write(path, text)
    os.utime(path)


def with_route(number: int) -> str:
    return CONFIG.replace("GET /: app", f"GET /: app, GET /{number}: app")


@pytest.mark.parametrize("save", [write, swap, vim, line_by_line, twice])
def test_one_save_is_one_reload_and_says_what_changed(
    served: Served, folder: Path, save: Callable[[Path, str], None]
) -> None:
    """A second save shows that nothing of the first is still to come."""
    path = folder / "emulator.yaml"
    save(path, with_route(1))
    until(lambda: get(served.urls["api"] + "/1").status_code, lambda status: status == 200)
    served.wait_for("Saved emulator.yaml: api: 1 route added; now serving")
    save(path, with_route(2))
    console = served.wait_for("Saved emulator.yaml: api: 1 route added, 1 route removed; now serving")
    assert console.count("Saved") == 2
    assert len(re.findall(r"api +HTTP API", console)) == 1, "where it listens has not changed, and is not said again"


def test_the_same_content_is_no_reload(served: Served, folder: Path) -> None:
    for path in (folder / "emulator.yaml", folder / "local.env"):
        for save in (write, swap, vim, twice):
            save(path, path.read_text())
    write(folder / "emulator.yaml", with_route(1))
    assert served.wait_for("api: 1 route added").count("Saved") == 1


def test_a_comment_is_a_reload_that_changes_nothing(served: Served, folder: Path) -> None:
    write(folder / "emulator.yaml", f"# A comment\n{CONFIG}")
    console = served.wait_for("Saved emulator.yaml: what is served stays the same")
    assert "now serving" not in console


def test_the_control_ports_number_is_not_an_apis(served: Served, folder: Path) -> None:
    """What is refused, and for how long, is told by the control port too, for whoever shows it beside a page."""
    control = re.findall(r"control +(\S+)", served.console)[0]
    port = control.rpartition(":")[2]
    write(folder / "emulator.yaml", CONFIG.replace("port: 0", f"port: {port}"))
    served.wait_for(f"Port {port} is the control port's, so API 'api' cannot listen there. Choose another")
    assert f"Port {port} is the control port's" in get(f"{control}/health").json()["problem"]
    write(folder / "emulator.yaml", CONFIG)
    served.wait_for("Saved emulator.yaml: what is served stays the same")
    assert get(f"{control}/health").json()["problem"] is None


def test_a_mistake_is_shown_once_and_the_way_back_is_told(served: Served, folder: Path) -> None:
    write(folder / "emulator.yaml", CONFIG.replace("routes", "route"))
    served.wait_for("The configuration served before stays in place")
    write(folder / "emulator.yaml", CONFIG)
    console = served.wait_for("Saved emulator.yaml: what is served stays the same")
    assert console.count("The configuration served before stays in place") == 1
    assert get(served.urls["api"]).status_code == 200


def test_an_api_that_is_added_is_listed(served: Served, folder: Path) -> None:
    write(
        folder / "emulator.yaml",
        CONFIG.replace("functions:", "  more: {type: function-url, port: 0, function: app}\nfunctions:"),
    )
    served.wait_for(
        r"Saved emulator.yaml: API more added; now serving\n  api +HTTP API .*\n  more +function URL +http://"
    )


def emptied_and_open(path: Path) -> Callable[[], None]:
    """`decrypt local.env > .env`."""
    file = path.open("w")

    def fill() -> None:
        file.write(WHOLE)
        file.close()

    return fill


def emptied_and_closed(path: Path) -> Callable[[], None]:
    """`: > .env`, then a command that appends."""
    path.write_text("")
    return lambda: write(path, WHOLE)


@pytest.mark.parametrize("empty", [emptied_and_open, emptied_and_closed])
def test_an_env_file_is_never_read_half_written(
    served: Served, folder: Path, empty: Callable[[Path], Callable[[], None]]
) -> None:
    def answer() -> list[str | None]:
        values: list[str | None] = json.loads(get(served.urls["api"]).text)
        return values

    assert answer() == ["red", "old", "x"]
    fill = empty(folder / "local.env")
    moment = time.monotonic() + 1.5  # as long as the command takes
    while time.monotonic() < moment:
        assert answer() == ["red", "old", "x"]
    fill()
    seen = until(answer, lambda values: values != ["red", "old", "x"])
    assert seen == ["red", "new", "x"]
    console = served.wait_for(r"Saved local\.env: app: environment \(TABLE\) changed; now serving")
    assert console.count("Saved") == 1
    assert "TABLE=" not in console


def test_an_env_file_that_is_held_open_half_written(folder: Path) -> None:
    """With file events, which tell of its being closed."""
    with serve(folder, "--env-file", "local.env") as served:
        url = served.urls["api"]
        with (folder / "local.env").open("w") as file:
            file.write("TABLE=new\n")
            file.flush()
            moment = time.monotonic() + 0.8  # longer than code is waited for
            while time.monotonic() < moment:
                assert json.loads(get(url).text) == ["red", "old", "x"]
            file.write("TOKEN=x\n")
        assert until(lambda: json.loads(get(url).text)[1:], lambda values: values != ["old", "x"]) == ["new", "x"]
        assert served.wait_for("Saved").count("Saved") == 1


def test_an_env_file_that_is_a_pipe_is_read_once(folder: Path) -> None:
    """`--env-file <(decrypt local.env)`: a save of the configuration keeps what it gave."""
    reading, writing = os.pipe()
    os.write(writing, b"TABLE=secret\n")
    os.close(writing)
    os.set_inheritable(reading, True)
    config = folder / "emulator.yaml"
    with serve(folder, "--env-file", f"/dev/fd/{reading}", pass_fds=(reading,)) as served:
        assert json.loads(get(served.urls["api"]).text)[1] == "secret"
        write(config, CONFIG.replace("red", "blue"))
        values = until(lambda: json.loads(get(served.urls["api"]).text), lambda values: values[0] == "blue")
        assert values[1] == "secret"
        config.unlink()
        os.mkfifo(config)
        served.wait_for(r"emulator\.yaml: a file that cannot be read \(it is no regular file any more\)")
        assert json.loads(get(served.urls["api"]).text)[:2] == ["blue", "secret"]
    os.close(reading)
