"""`emulate init` as a newcomer types it: what it writes loads and serves, and it takes nothing away."""

import json
from pathlib import Path

import pytest

from emulator.config.load import load
from serving.emulate import get, run, serve

HANDLER = "def handler(event, context):\n    return 'mine'\n"


def texts(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text("latin-1") for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("frontend", [(), ("--frontend", "https://shop.example.com")], ids=["local", "production"])
@pytest.mark.parametrize("api", ["http", "rest", "function-url"])
def test_in_an_empty_folder_it_serves_and_nothing_is_found(tmp_path: Path, api: str, frontend: tuple[str, ...]) -> None:
    done = run(tmp_path, "init", "--api", api, *frontend)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Wrote emulator.yaml and handlers/hello.py: ")
    checked = run(tmp_path, "check", "--invoke", "--format", "json", "--fail-on", "note")
    assert (checked.returncode, json.loads(checked.stdout)["causes"]) == (0, []), checked.stdout
    path = done.stdout.partition("emulate fetch ")[2].split()[0]
    posted = run(tmp_path, "fetch", path, "-d", '{"name": "Ada"}', "-H", "content-type: application/json")
    assert (posted.returncode, json.loads(posted.stdout.splitlines()[-1])) == (0, {"message": "Hello, Ada!"})
    first = load(tmp_path / "emulator.yaml")
    assert first.warnings == ()


@pytest.mark.parametrize("api", ["http", "rest"])
def test_in_a_folder_of_nodejs_it_is_javascript(tmp_path: Path, api: str) -> None:
    (tmp_path / "package.json").write_text('{"devDependencies": {"vite": "6"}}')
    done = run(tmp_path, "init", "--api", api)
    assert done.stdout.startswith("Wrote emulator.yaml and handlers/hello.mjs: "), done.stderr
    checked = run(tmp_path, "check", "--invoke", "--format", "json", "--fail-on", "note")
    assert (checked.returncode, json.loads(checked.stdout)["causes"]) == (0, []), checked.stdout
    path = done.stdout.partition("emulate fetch ")[2].split()[0]
    posted = run(tmp_path, "fetch", path, "-d", '{"name": "Ada"}', "-H", "content-type: application/json")
    assert (posted.returncode, json.loads(posted.stdout.splitlines()[-1])) == (0, {"message": "Hello, Ada!"})


def test_typescript_where_the_project_runs_it(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"devDependencies": {"tsx": "4"}}')
    assert run(tmp_path, "init").stdout.startswith("Wrote emulator.yaml and handlers/hello.ts: ")


@pytest.mark.parametrize("file", ["pyproject.toml", "tools/build.py"])
def test_a_package_json_beside_python_is_of_a_page(tmp_path: Path, file: str) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).touch()
    assert run(tmp_path, "init").stdout.startswith("Wrote emulator.yaml and handlers/hello.py: ")


def test_what_it_wrote_is_served(tmp_path: Path) -> None:
    run(tmp_path, "init", "--frontend", "http://localhost:3000")
    with serve(tmp_path, "--port", "0") as served:
        assert get(f"{served.urls['api']}/hello").json() == {"message": "Hello, world!"}
        console = served.wait_for(r"greeting world")
    assert "warning" not in console
    assert "3001" in (tmp_path / "emulator.yaml").read_text()


def test_for_the_handlers_that_are_there(tmp_path: Path) -> None:
    for file, text in {
        "src/items.py": HANDLER,
        "src/test_items.py": HANDLER,
        "tests/app.py": HANDLER,
        ".hidden/app.py": HANDLER,
        "env/pyvenv.cfg": "",
        "env/lib/app.py": HANDLER,
        "node_modules/x/index.js": "exports.handler = f;",
        "web/pay.ts": "export const handler = async () => ({});",
        "web/App.ts": "export const App = 1;",
        "a/b/c/d/e/app.py": HANDLER,
        "src/broken.py": "def handler(",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    (tmp_path / "src/latin.py").write_bytes(b"# \xe9\n" + HANDLER.encode())
    (tmp_path / "src/huge.py").write_text(HANDLER + "#" * 200_000)
    before = texts(tmp_path)
    done = run(tmp_path, "init")
    assert done.stdout.startswith("Wrote emulator.yaml: an HTTP API with 2 functions.\n"), done.stderr
    after = texts(tmp_path)
    assert set(load(tmp_path / "emulator.yaml").deployment.functions) == {"items", "pay"}
    assert after.pop("emulator.yaml")
    assert after == before
    fetched = run(tmp_path, "fetch", "/items")
    assert (fetched.returncode, fetched.stdout.splitlines()[-1]) == (0, "mine")


def test_more_handlers_than_one_file_should_hold(tmp_path: Path) -> None:
    for number in range(22):
        (tmp_path / f"f{number}.py").write_text(HANDLER)
    done = run(tmp_path, "init")
    assert "with 20 functions.\n2 more handlers were found: add those you need.\n" in done.stdout


def test_for_one_handler(tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(HANDLER)
    done = run(tmp_path, "init", "--handler", str(tmp_path / "b.py"))
    assert (done.returncode, done.stderr) == (0, "")
    assert set(load(tmp_path / "emulator.yaml").deployment.functions) == {"b"}


REFUSED = [
    pytest.param(["--handler", "none.py"], "--handler none.py: there is no such file.\n", id="no-file"),
    pytest.param(["--handler", "text.py"], "--handler text.py: no handler was found in it; expected a ", id="none"),
    pytest.param(["--handler", "page.html"], "--handler page.html: no handler was found in it; ", id="other-language"),
    pytest.param(["--handler", "../x.py"], "--handler ../x.py: it is not below this folder, ", id="outside"),
    pytest.param(["--frontend", "localhost:5173"], "--frontend `localhost:5173`: expected ", id="origin"),
    pytest.param(["--frontend", "what"], "--frontend `what`: expected ", id="no-origin"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_it_cannot_do_writes_nothing(tmp_path: Path, options: list[str], said: str) -> None:
    (tmp_path / "text.py").write_text("x = 1\n")
    (tmp_path / "page.html").write_text("<p>\n")
    before = texts(tmp_path)
    done = run(tmp_path, "init", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said), done.stderr
    assert texts(tmp_path) == before


@pytest.mark.parametrize("is_link", [False, True], ids=["file", "dangling-link"])
def test_a_configuration_that_is_there_stays(tmp_path: Path, is_link: bool) -> None:
    if is_link:
        (tmp_path / "emulator.yaml").symlink_to("elsewhere.yaml")
    else:
        (tmp_path / "emulator.yaml").write_text("mine\n")
    done = run(tmp_path, "init")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("emulator.yaml is there already, and stays as it is.")
    assert texts(tmp_path) == ({} if is_link else {"emulator.yaml": "mine\n"})


def test_a_handler_that_holds_none_yet_stays(tmp_path: Path) -> None:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers/hello.py").write_text("mine = 1\n")
    done = run(tmp_path, "init")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("handlers/hello.py cannot be written (File exists).")
    assert (tmp_path / "handlers/hello.py").read_text() == "mine = 1\n"
    assert not (tmp_path / "emulator.yaml").exists()
