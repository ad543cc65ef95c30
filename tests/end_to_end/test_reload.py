"""Saving while the API is called, through the whole of `emulate serve`: nothing fails, nothing stale is served."""

import contextlib
import http.client
import itertools
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from serving.emulate import PATIENCE, Served, get, serve, until
from serving.lines import line

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
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
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
    listed = re.compile(r"second +function URL +(http://\S+)")
    console = served.wait_for(listed.pattern)
    second = listed.findall(console)[-1]
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


VERSION = "VERSION = {}\n\ndef handler(event, context):\n    return str(VERSION)\n"
"""Smaller than a page, and mostly of one size and one second: only its content tells one from another."""


@contextlib.contextmanager
def connection(url: str) -> Iterator[Callable[..., str]]:
    """A function that asks on one connection, opened before."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)

    def ask(path: str = "/") -> str:
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    try:
        ask()
        yield ask
    finally:
        connection.close()


@pytest.mark.parametrize(("arguments", "saves"), [((), 200), (("--poll",), 40)], ids=["file-events", "polling"])
def test_a_request_after_a_save_is_never_answered_by_old_code(
    folder: Path, arguments: tuple[str, ...], saves: int
) -> None:
    """With no pause between a save and the request, nor between an answer and the next save."""
    code = folder / "code" / "app.py"
    with serve(folder, *arguments) as served, connection(served.urls["api"]) as ask:
        other = ask("/other")
        answers = []
        for version, save in zip(range(saves), itertools.cycle((write, swap, write_twice)), strict=False):
            save(code, VERSION.format(version))
            answers.append(ask())
        assert answers == [str(version) for version in range(saves)]
        assert ask("/other") == other, "what was not saved keeps its environment"
        served.wait_until(lambda console: console.count("reloading app") >= saves, "a restart a save")


def write_twice(path: Path, text: str) -> None:
    swap(path, "VERSION = 'half")
    write(path, text)


def test_several_saves_in_a_row_are_one_restart(served: Served, folder: Path) -> None:
    slow = 0
    with connection(served.urls["api"]) as ask:
        for version in range(10):
            begun = time.perf_counter()
            for part in range(5):
                write(folder / "code" / f"part_{part}.py", f"VALUE = {version}\n")
            swap(folder / "code" / "app.py", VERSION.format(version))
            slow += time.perf_counter() - begun > 0.005  # a busy machine; the pauses may be longer than is waited
            assert ask() == str(version)
    console = served.wait_until(lambda console: console.count("reloading app") >= 10, "one restart each")
    assert console.count("reloading app") <= 10 + slow * 5


def test_only_functions_with_the_layer_restart(folder: Path) -> None:
    pid = "import os\n\ndef handler(event, context):\n    return str(os.getpid())\n"
    write(folder / "other" / "other.py", pid)
    (folder / "layer" / "python").mkdir(parents=True)
    write(folder / "layer" / "python" / "common.py", "VALUE = 0\n")
    write(folder / "code" / "app.py", "import common\n\ndef handler(event, context):\n    return str(common.VALUE)\n")
    write(folder / "emulator.yaml", CONFIG.replace("codeUri: code}", "codeUri: code, layers: [layer]}"))
    with serve(folder) as served, connection(served.urls["api"]) as ask:
        other = ask("/other")
        for version in range(1, 10):
            write(folder / "layer" / "python" / "common.py", f"VALUE = {version}\n")
            assert ask() == str(version)
        assert ask("/other") == other


def test_the_same_content_keeps_the_environment(served: Served, folder: Path) -> None:
    """Also the requests that come meanwhile are answered."""
    code = folder / "code" / "app.py"
    source = "import os\n\ndef handler(event, context):\n    return str(os.getpid())\n"
    with connection(served.urls["api"]) as ask:
        write(code, source)
        before = ask()
        for _ in range(10):
            os.utime(code)
            swap(code, source)
            assert ask() == before


def test_code_that_writes_into_its_own_folder_when_imported(served: Served, folder: Path) -> None:
    """It is restarted for that a few times, told of, and answers all the same; edited, it is fresh as ever."""
    source = "import time, pathlib\npathlib.Path(__file__).with_name('own.txt').write_text(str(time.time_ns()))\n"
    with connection(served.urls["api"]) as ask:
        for version in range(3):
            write(folder / "code" / "app.py", source + VERSION.format(version))
            assert ask() == str(version)
        served.wait_for(r"own\.txt changes whenever 'app' has been restarted for it")
        restarts = served.console.count("reloading app")
        for _ in range(5):
            assert ask() == "2"
        assert served.console.count("reloading app") - restarts <= 7
        write(folder / "code" / "app.py", source + VERSION.format("'edited'"))
        assert ask() == "edited"


def test_code_folder_that_is_moved_away(folder: Path) -> None:
    with serve(folder) as served:
        url = served.urls["api"]
        assert get(url).text == "0 red"
        (folder / "code").rename(folder / "away")
        assert get(url).status_code == 500
        (folder / "away" / "settings.py").write_text("COLOUR = 'green'\n")
        (folder / "away").rename(folder / "code")
        assert get(url).text == "0 green"


def test_code_uri_that_is_a_link(folder: Path) -> None:
    shutil.copytree(folder / "code", folder / "releases" / "1")
    shutil.copytree(folder / "code", folder / "releases" / "2")
    write(folder / "releases" / "2" / "settings.py", "COLOUR = 'blue'\n")
    current, following = folder / "current", folder / "following"
    current.symlink_to("releases/1")
    write(folder / "emulator.yaml", CONFIG.replace("codeUri: code}", "codeUri: current}"))
    with serve(folder) as served, connection(served.urls["api"]) as ask:
        for number, colour in [(2, "blue"), (1, "red"), (2, "blue")]:
            following.symlink_to(f"releases/{number}")
            following.replace(current)
            assert ask() == f"0 {colour}"


def test_one_syntax_error_in_the_file_of_many_functions_is_one_traceback(folder: Path) -> None:
    names = [f"f{number}" for number in range(6)]
    routes = ", ".join(f"GET /{name}: {name}" for name in names)
    functions = ", ".join(f"{name}: {{handler: app.handler, codeUri: code}}" for name in names)
    write(
        folder / "emulator.yaml",
        f"apis: {{api: {{type: http, port: 0, routes: {{{routes}}}}}}}\nfunctions: {{{functions}}}",
    )
    with serve(folder, "--no-platform-logs") as served:
        for name in names:
            assert get(f"{served.urls['api']}/{name}").text == "0 red"
        write(folder / "code" / "app.py", "def handler(event, context:\n")
        for name in reversed(names):
            assert get(f"{served.urls['api']}/{name}").status_code == 500
        console = served.wait_for(line("GET /f0", 500) + r".*\n.*f0: Runtime\.UserCodeSyntaxError")
        assert console.count("    def handler(event, context:") == 1
        write(folder / "code" / "app.py", HANDLER % 1)
        for name in names:
            assert get(f"{served.urls['api']}/{name}").text == "1 red"
        write(folder / "code" / "app.py", "def handler(event, context:\n")
        served.wait_until(lambda console: console.count("    def handler(event, context:") == 2, "once a save")
