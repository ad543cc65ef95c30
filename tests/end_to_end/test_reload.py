"""Saving while the API is called, through the whole of `emulate serve`: nothing fails, nothing stale is served."""

import itertools
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from serving.emulate import Served, get, serve, until

CONFIG = """
apis:
  api:
    type: http
    port: 0
    routes: {GET /: app, GET /other: other}
functions:
  app: {handler: app.handler, codeUri: code}
  other: {handler: other.handler, codeUri: other}
"""
HANDLER = """
import settings

def handler(event, context):
    return {"statusCode": 200, "body": f"%s {settings.COLOUR}"}
"""


def write(path: Path, text: str) -> None:
    """Truncate and write: what the simplest editors do."""
    path.write_text(text)


def swap(path: Path, text: str) -> None:
    """Write beside and rename over: what careful editors do."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text)
    beside.replace(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("code", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "code" / "app.py").write_text(HANDLER % 0)
    (tmp_path / "code" / "settings.py").write_text("COLOUR = 'red'\n")
    (tmp_path / "other" / "other.py").write_text(
        "import os\n\ndef handler(event, context):\n    return str(os.getpid())\n"
    )
    return tmp_path


@pytest.fixture(params=[(), ("--poll",)], ids=["file-events", "polling"])
def served(folder: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    with serve(folder, *request.param) as running:
        yield running


def test_twenty_saves_under_load(served: Served, folder: Path) -> None:
    """Zero failed requests; once an answer of new code has been seen on a connection, none of older code follows."""
    url = served.urls["api"]
    assert get(url).text == "0 red"
    seen: list[list[int]] = [[] for _ in range(4)]
    stop = threading.Event()

    def ask(versions: list[int]) -> None:
        with httpx.Client(trust_env=False) as client:
            while not stop.is_set():
                answer = client.get(url)
                versions.append(int(answer.text.split()[0]) if answer.status_code == 200 else -answer.status_code)

    callers = [threading.Thread(target=ask, args=(versions,)) for versions in seen]
    for caller in callers:
        caller.start()
    try:
        for version, save in zip(range(1, 21), itertools.cycle((write, swap)), strict=False):
            save(folder / "code" / "app.py", HANDLER % version)
            until(lambda: [versions[-1:] for versions in seen], lambda latest: min(latest) >= [version])  # noqa: B023
    finally:
        stop.set()
        for caller in callers:
            caller.join()

    for versions in seen:
        assert min(versions) >= 0, "no request failed"
        assert versions == sorted(versions), "no answer was older than one before it"
        assert set(versions) >= {20}


def test_imported_module(served: Served, folder: Path) -> None:
    assert get(served.urls["api"]).text == "0 red"
    write(folder / "code" / "settings.py", "COLOUR = 'blue'\n")
    until(lambda: get(served.urls["api"]).text, lambda text: text == "0 blue")


def test_other_functions_keep_their_environment(served: Served, folder: Path) -> None:
    before = get(served.urls["api"] + "/other").text
    write(folder / "code" / "app.py", HANDLER % 1)
    until(lambda: get(served.urls["api"]).text, lambda text: text == "1 red")
    assert get(served.urls["api"] + "/other").text == before


def test_syntax_error_is_answered_shown_and_healed(served: Served, folder: Path) -> None:
    url = served.urls["api"]
    assert get(url).status_code == 200
    write(folder / "code" / "app.py", "def handler(event, context:\n")
    broken = until(lambda: get(url), lambda answer: answer.status_code == 500)
    assert broken.json() == {"message": "Internal Server Error"}
    served.wait_for(r"app: Runtime\.UserCodeSyntaxError: .*app\.py")
    write(folder / "code" / "app.py", HANDLER % 2)
    until(lambda: get(url), lambda answer: answer.text == "2 red")


def test_new_configuration(served: Served, folder: Path) -> None:
    """A route is added, one is taken away; the port stays."""
    url = served.urls["api"]
    write(folder / "emulator.yaml", CONFIG.replace("GET /other: other", "GET /added: other"))
    until(lambda: get(url + "/added").status_code, lambda status: status == 200)
    assert get(url + "/other").status_code == 404


def test_added_and_removed_api(served: Served, folder: Path) -> None:
    added = "  second: {type: function-url, port: 0, function: other}\nfunctions:"
    write(folder / "emulator.yaml", CONFIG.replace("functions:", added))
    console = served.wait_for(r"second +function URL +(http://\S+)")
    second = console.split("second")[1].split()[2]
    assert get(second).status_code == 200
    write(folder / "emulator.yaml", CONFIG)
    until(lambda: refuses(second), lambda refused: refused)
    assert get(served.urls["api"]).status_code == 200


def refuses(url: str) -> bool:
    try:
        get(url)
    except httpx.TransportError:
        return True
    return False


@pytest.mark.parametrize(
    ("broken", "shown"),
    [
        pytest.param("apis: [", r"emulator\.yaml:\d+", id="yaml-syntax"),
        pytest.param(CONFIG.replace("routes", "route"), r"emulator\.yaml:6: .*routes", id="near-match"),
        pytest.param(CONFIG.replace("codeUri: code", "codeUri: cod"), r"emulator\.yaml:8: .*cod", id="no-such-folder"),
    ],
)
def test_bad_configuration_keeps_the_old_one(folder: Path, broken: str, shown: str) -> None:
    with serve(folder) as served:
        url = served.urls["api"]
        assert get(url).status_code == 200
        write(folder / "emulator.yaml", broken)
        console = served.wait_for(shown)
        assert "Traceback" not in console
        assert get(url).text == "0 red"
        write(folder / "emulator.yaml", CONFIG.replace("GET /other", "GET /healed"))
        until(lambda: get(url + "/healed").status_code, lambda status: status == 200)


NOISE: list[tuple[str, Callable[[Path], object]]] = [
    (
        "__pycache__",
        lambda code: ((code / "__pycache__").mkdir(exist_ok=True), (code / "__pycache__" / "x.pyc").touch()),
    ),
    ("vim-swap", lambda code: (code / ".app.py.swp").write_text("x")),
    ("backup", lambda code: (code / "app.py~").write_text("x")),
    ("log", lambda code: (code / "debug.log").write_text("x")),
    ("venv", lambda code: ((code / ".venv").mkdir(), (code / ".venv" / "a.py").write_text("x"))),
]


def test_noise_restarts_nothing(folder: Path) -> None:
    """Editors' temporary files, caches, logs and virtual environments are not code."""
    (folder / "code" / "app.py").write_text("import os\n\ndef handler(event, context):\n    return str(os.getpid())\n")
    with serve(folder) as served:
        before = get(served.urls["api"]).text
        for _, make in NOISE:
            make(folder / "code")
        # The other function's restart shows that the noise, which came before, has been dealt with.
        other = get(served.urls["api"] + "/other").text
        os.utime(folder / "other" / "other.py")
        (folder / "other" / "other.py").write_text("def handler(event, context):\n    return 'new'\n")
        until(lambda: get(served.urls["api"] + "/other").text, lambda text: text == "new")
        assert other != "new"
        assert get(served.urls["api"]).text == before
