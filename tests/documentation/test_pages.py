"""What the pages of docs/ show is so: the example configuration, the sample's APIs, the package, the JSON objects."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.load import load
from emulator.console.json_console import JsonConsole, missing
from emulator.console.json_values import again_value, exchange_value
from emulator.console.writer import Writer
from emulator.deployment import MappedUrl
from emulator.exchange import Enforced
from emulator.findings.review import review
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, InvocationStart, OutputLine
from emulator.history.history import History, LookedAtAgain, ReviewedExchange
from products import a_route
from serving.emulate import run as run_emulate
from serving.exchanges import call, exchanged
from serving.rim import run
from serving.stream import Stream

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"


def block(page: Path, language: str, having: str) -> str:
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", page.read_text())
    return next(text for kind, text in blocks if kind == language and having in text)


def test_the_example_configuration_loads(tmp_path: Path) -> None:
    (tmp_path / "sample_handlers").mkdir()
    (tmp_path / "emulator.yaml").write_text(block(DOCS / "configuration.md", "yaml", "apis:"))
    deployment = load(tmp_path / "emulator.yaml").deployment
    assert [type(endpoint.api) for endpoint in deployment.endpoints] == [HttpApi, RestApi, FunctionUrl]
    assert [endpoint.port for endpoint in deployment.endpoints] == [3000, 3001, 3002]
    assert deployment.frontends[0].credentials == "include"


def test_the_sample_is_what_the_tour_says() -> None:
    deployment = load(ROOT / "emulator.yaml").deployment
    listed = re.findall(
        r"(?m)^  (\S+) +(?:HTTP API|REST API|function URL) +(http\S+)",
        block(ROOT / "README.md", "console", "make serve"),
    )
    assert [(endpoint.api.name, endpoint.port) for endpoint in deployment.endpoints] == [
        (name, int(url.split(":")[2].partition("/")[0])) for name, url in listed
    ]


def test_the_six_lines_of_readme_let_the_page_here_in(tmp_path: Path) -> None:
    """With a handler that knows nothing of CORS, and with no line that names localhost but `dev`."""
    lines = block(ROOT / "README.md", "yaml", "items: {handler")
    assert len(lines.splitlines()) == 6
    (tmp_path / "emulator.yaml").write_text(lines)
    (tmp_path / "items.py").write_text("def handler(event, context):\n    return ['Teapot']\n")
    for origin, code in (("http://localhost:5173", 0), ("http://localhost:5174", 1)):
        assert run_emulate(tmp_path, "fetch", "/items", "--origin", origin).returncode == code


def test_the_picture_of_the_package() -> None:
    shown = re.findall(r"(?m)^  (\w+(?:/|\.py))  ", block(DOCS / "development.md", "text", "messages.py"))
    parts = [path.name + ("/" if path.is_dir() else "") for path in (ROOT / "emulator").iterdir()]
    assert sorted(shown) == sorted(part for part in parts if not part.startswith("__"))


API = HttpApi("api", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",)))
FAILED = FunctionError(FunctionErrorKind.INIT, "Error", "no", ("trace",))


def told() -> dict[str, dict[str, Any]]:
    """An object of each type that `--log-format json` has, by type."""
    exchanges = [exchanged(API, call(path=path), FAILED) for path in ("/x", "/nowhere")]
    exchanges.append(replace(exchanges[0], outcome=Enforced(exchanges[0])))
    reviewed = [ReviewedExchange(one, review(one, ())) for one in exchanges]

    async def conversation() -> list[str]:
        stream, history = Stream(), History(tuple)
        console = JsonConsole(Writer(stream, missing), history)
        mapped = MappedUrl(ApiMapping("api.example.com"), API, "http://localhost:3001")
        console.endpoints([(API, "http://localhost:3000")], (), [mapped])
        console.control("http://127.0.0.1:4000")
        console.debugger("f", 5678, "debugpy")
        console.ready(reloads=True, seconds=0.3)
        console.log(OutputLine("f", None, "text"))
        console.log(InvocationStart(Function("f", "app.f", Path()), "id", 0.0))
        console.init_error("f", FAILED)
        console.reloading(["app.py"], ["f"])
        for say in (console.note, console.warning, console.problem):
            say("text")
        history.in_turn(lambda what: what / 0, 1)
        console.flush()
        return [*"".join(stream.writes).splitlines(), missing(1, "full")]

    again = again_value(LookedAtAgain(exchanges[0], reviewed[0].review.findings[0]), 0)
    objects: dict[str, dict[str, Any]] = {}
    for one in (*map(json.loads, run(conversation())), *map(exchange_value, reviewed), again):
        objects[one["type"]] = merged(objects.get(one["type"]), one)
    return objects


def merged(first: Any, second: Any) -> Any:
    """Two objects in one, with what either of them has."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {name: merged(first.get(name), second.get(name)) for name in first | second}
    return second or first


def paths(value: Any, before: str = "") -> Iterator[str]:
    """The names of all fields, as jq has them."""
    if isinstance(value, list):
        for item in value:
            yield from paths(item, f"{before}[]")
    elif isinstance(value, dict):
        for name, item in value.items():
            path = f"{before}.{name}".removeprefix(".")
            yield path
            yield from paths(item, path)


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins with this column."""
    table = (DOCS / "json.md").read_text().partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()[2:]]


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_the_types_of_json_objects() -> None:
    shown = {named(kind)[0]: set(named(fields)) for kind, fields, _ in rows("type")}
    objects = told()
    assert shown.pop("exchange") == set()
    assert shown == {kind: value.keys() - {"type", "time"} for kind, value in objects.items() if kind != "exchange"}


def test_the_fields_of_an_exchange() -> None:
    """Those that are objects may stand beside their fields."""
    table = rows("field of an `exchange`")
    shown = {path for first, *_ in table for path in named(first)}
    shown |= {path for _, *others in table for path in named(" ".join(others)) if "." in path}
    there = set(paths(told()["exchange"])) - {"type", "time"}
    containers = {path.rpartition(".")[0].removesuffix("[]") for path in there} - {""}
    assert there - containers <= shown <= there
