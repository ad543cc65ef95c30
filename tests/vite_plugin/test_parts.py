"""The parts of the Vite plugin that run in Node.js, each by itself."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from serving.spa import ROOT, do_without

LIB = ROOT / "vite-plugin" / "lib"


def run_js(program: str, *arguments: object) -> Any:
    """What the program prints, as JSON; it has its arguments, from JSON, as `given`."""
    node = shutil.which("node")
    if node is None:
        do_without("there is no `node` on PATH")
    begin = f"process.chdir({str(LIB)!r}); const given = JSON.parse(process.argv[1]);\n"
    imports = "".join(
        f"const {{ {names} }} = await import({f'{LIB}/{file}.js'!r});\n"
        for file, names in (
            ("places", "linked, roots"),
            ("follow", "follow, eventParser"),
            ("../index", "default: emulate"),
        )
    )
    command = [node or "", "--input-type=module", "-e", imports + begin + program, json.dumps(arguments)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with Vite's root in it, and a file beside it."""
    outside = tmp_path_factory.mktemp("places").resolve()
    for name in ("repository/.git/HEAD", "repository/web/emulator.yaml", "repository/api/shop.py", "secret.txt"):
        path = outside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (outside / "repository" / "web" / "link.txt").symlink_to(outside / "secret.txt")
    return outside


def test_places_are_files_of_the_repository_and_no_others(folder: Path) -> None:
    repository = folder / "repository"
    yaml, python = repository / "web" / "emulator.yaml", repository / "api" / "shop.py"
    texts = {
        "Add PUT (emulator.yaml:10).": ["Add PUT (", {"text": "emulator.yaml:10", "file": f"{yaml}:10"}, ")."],
        f'raised at File "{python}", line 4, in f': [
            "raised at ",
            {"text": f'File "{python}", line 4', "file": f"{python}:4"},
            ", in f",
        ],
        f"at file://{python}:4:2": ["at ", {"text": f"file://{python}:4", "file": f"{python}:4"}, ":2"],
        "../api/shop.py:1 twice ../api/shop.py:2": [
            {"text": "../api/shop.py:1", "file": f"{python}:1"},
            " twice ",
            {"text": "../api/shop.py:2", "file": f"{python}:2"},
        ],
        "http://localhost:3000 and missing.py:3": ["http://localhost:3000 and missing.py:3"],
        f"{folder}/secret.txt:1 ../../secret.txt:1 link.txt:1": [
            f"{folder}/secret.txt:1 ../../secret.txt:1 link.txt:1"
        ],
        "a." * 50_000: ["a." * 50_000],
    }
    program = "console.log(JSON.stringify(given[1].map((text) => linked(text, roots(given[0]), {folder: given[0]}))));"
    found = run_js(program, str(repository / "web"), list(texts))
    assert found == list(texts.values())


def test_a_file_of_a_container_is_found_beneath_vites_own_root(folder: Path) -> None:
    """The emulator's folder is /app there, and not here."""
    program = (
        "console.log(JSON.stringify(linked('emulator.yaml:1', roots(given[0]), {folder: '/app', config: '/x/y'})));"
    )
    web = folder / "repository" / "web"
    assert run_js(program, str(web)) == [{"text": "emulator.yaml:1", "file": f"{web}/emulator.yaml:1"}]


def test_events_arrive_whole_however_they_are_cut() -> None:
    stream = (
        'retry: 1000\n\n: ping\n\nid: 1\nevent: exchange\ndata: {"a": "é: b"}\n\nevent: note\ndata: {}\n\nevent: no'
    )
    program = """
    const whole = [];
    for (const size of [1, 2, 7, 1000]) {
      const told = [];
      const parse = eventParser((event) => told.push(event));
      for (let at = 0; at < given[0].length; at += size) {
        parse(given[0].slice(at, at + size));
      }
      whole.push(told);
    }
    const endless = eventParser(() => {})("x".repeat(5 * 1024 * 1024));
    console.log(JSON.stringify([whole, endless]));
    """
    told = [{"name": "exchange", "id": "1", "data": '{"a": "é: b"}'}, {"name": "note", "id": "", "data": "{}"}]
    assert run_js(program, stream) == [[told] * 4, False]


def test_what_else_listens_at_the_control_ports_number_is_told_with_what_to_do() -> None:
    program = """
    const http = await import("node:http");
    const server = http.createServer((request, response) => response.end("<p>hello"));
    server.listen(0, "127.0.0.1", () => {
      const control = new URL(`http://127.0.0.1:${server.address().port}`);
      const stop = follow(control, { onRefused: (why) => {
        console.log(JSON.stringify(why));
        stop();
        server.close();
      } });
    });
    """
    assert "it answers 200, which is not emulate's control port" in run_js(program)


def test_options_that_mean_nothing_are_refused_with_what_they_may_be() -> None:
    """The address when Vite serves, and not when it builds: it may come from the environment."""
    program = """
    const said = [];
    for (const act of [
      () => emulate({ severity: "note" }),
      () => emulate({ control: "127.0.0.1:4000" }).configureServer({ config: { root: "/" } }),
      () => emulate({ control: "127.0.0.1:4000" }) && said.push(""),
    ]) {
      try {
        act();
      } catch (error) {
        said.push(error.message);
      }
    }
    console.log(JSON.stringify(said));
    """
    severity, control, nothing = run_js(program)
    assert severity == 'vite-plugin-emulate: severity is "error" or "warning", and not "note".'
    assert control.startswith("vite-plugin-emulate: control is a URL like http://127.0.0.1:4000, and not")
    assert nothing == ""


def test_it_is_for_development_alone() -> None:
    program = """
    const applies = (environment, what) => {
      Object.assign(process.env, environment);
      const does = emulate().apply({}, what);
      Object.keys(environment).forEach((name) => delete process.env[name]);
      return does;
    };
    const serve = { command: "serve", isPreview: false };
    console.log(JSON.stringify([
      applies({}, serve),
      applies({}, { command: "build" }),
      applies({}, { command: "serve", isPreview: true }),
      applies({ VITEST: "true" }, serve),
      applies({ EMULATE_OVERLAY: "off" }, serve),
    ]));
    """
    assert run_js(program) == [True, False, False, False, False]


def test_events_of_another_version_end_nothing() -> None:
    """What is not understood is told once, and Vite's server goes on."""
    program = """
    const http = await import("node:http");
    const said = [];
    const server = http.createServer((request, response) => {
      const isStream = request.url === "/events";
      response.setHeader("content-type", isStream ? "text/event-stream" : "application/json");
      response.end(isStream ? 'event: exchange\\ndata: {"type": "exchange"}\\n\\n' : "{}");
    });
    server.listen(0, "127.0.0.1", () => {
      const plugin = emulate({ control: `http://127.0.0.1:${server.address().port}` });
      const warn = (text) => {
        console.log(JSON.stringify(text));
        plugin.closeBundle();
        server.close();
      };
      const config = { root: "/", logger: { warn, info: warn } };
      plugin.configureServer({ ws: { on() {}, clients: new Set() }, config });
    });
    """
    assert "is not understood" in run_js(program)
