"""Every configuration of README and docs/ loads, and their code runs; what cannot be run here is parsed."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values

from documentation.blocks import BLOCKS, ROOT, Block, of_kind
from documentation.clone import Ports, copy_of_the_sample, environment, files_beside, on_free_ports, served
from documentation.commands import DOCUMENTED
from emulator.config.emulator_yaml.keys import keys
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.load import load
from serving.emulate import PATIENCE, run
from tokens import jwks

KINDS = {"console", "bash", "yaml", "python", "js", "json", "dotenv", "text", "dockerfile"}
"""The kinds that a test of this folder, or of tests/docker, looks at."""


def test_no_block_is_of_a_kind_that_nothing_looks_at() -> None:
    assert [block.id for block in BLOCKS if block.kind not in KINDS] == []


def test_text_is_what_another_test_compares() -> None:
    """The commands' help (test_generated.py), the picture of the package (test_pages.py)."""
    for block in of_kind("text"):
        assert block.page.name == "commands.md" or "messages.py" in block.text, block.id


@pytest.mark.parametrize("block", of_kind("yaml"), ids=lambda block: block.id)
def test_yaml(block: Block, tmp_path: Path) -> None:
    data = yaml.safe_load(block.text)
    if "jobs" in data:
        return  # test_workflows.py
    if "services" in data:
        return  # tests/docker
    if "openapi" in data:
        (tmp_path / "api.yaml").write_text(block.text)
        data = {"apis": {"shop": {"type": "rest", "openapi": "api.yaml"}}, "functions": {"Items": ITEMS}}
    else:
        (tmp_path / "api.yaml").write_text(DOCUMENT)
    assert data.keys() <= keys(Configuration).keys(), "neither a workflow nor of emulator.yaml"
    copy_of_the_sample(tmp_path)
    files_beside(block, tmp_path)
    (tmp_path / "keys.json").write_text(jwks())
    is_whole = "openapi" not in yaml.safe_load(block.text) and {"apis", "functions"} <= data.keys()
    (tmp_path / "emulator.yaml").write_text(block.text if is_whole else yaml.safe_dump(completed(data)))
    assert load(tmp_path / "emulator.yaml").deployment.endpoints


DOCUMENT = """openapi: 3.0.1
paths:
  /x:
    get: {x-amazon-apigateway-integration: {type: mock}}
"""
ITEMS = {"handler": "shop.list_items", "codeUri": "sample_handlers"}


def completed(data: dict[str, Any]) -> dict[str, Any]:
    """A part of a configuration with what it leaves out: an API, its type and a route, the functions that it names."""
    apis = data.get("apis", {"shop": {}})
    for api in apis.values():
        api.setdefault("type", "http")
        if "openapi" not in api:
            api.setdefault("routes", {"GET /items": "items"})
    behind = [one for api in apis.values() for one in api.get("routes", {}).values()]
    named = {one["function"] if isinstance(one, dict) else str(one) for one in behind}
    functions = dict.fromkeys(named, ITEMS)
    return {**data, "apis": apis, "functions": functions | data.get("functions", {})}


@pytest.mark.parametrize("block", of_kind("json"), ids=lambda block: block.id)
def test_json(block: Block) -> None:
    assert json.loads(block.text)


@pytest.mark.parametrize("block", of_kind("dotenv"), ids=lambda block: block.id)
def test_dotenv(block: Block) -> None:
    values = dotenv_values(stream=StringIO(block.text))
    assert values
    assert all(values.values())


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """Those of the sample, which is served."""
    folder = on_free_ports(copy_of_the_sample(tmp_path_factory.mktemp("running")))
    with served(folder, ["--no-platform-logs"], DOCUMENTED) as (_, taken):
        yield taken


EXPRESS = ROOT / "tests" / "node" / "express"


@pytest.fixture(scope="module")
def express() -> Path:
    """The folder node_modules with Express and serverless-express; without network when it is there."""
    installed = ROOT / ".venv" / "express"
    names = ("package.json", "package-lock.json")
    if not all((installed / n).is_file() and (installed / n).read_text() == (EXPRESS / n).read_text() for n in names):
        if not (shutil.which("npm") and shutil.which("node")):
            do_without("there is no `node`, or no `npm`, on PATH")
        folder = Path(tempfile.mkdtemp(dir=ROOT / ".venv"))
        for name in names:
            shutil.copy(EXPRESS / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            do_without(f"npm ci failed: {done.stderr}")
        shutil.rmtree(installed, ignore_errors=True)
        folder.rename(installed)
    return installed / "node_modules"


def do_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


OF_PYTEST = [block for block in of_kind("python") if "def test_" in block.text]
SUITES = [one for one in OF_PYTEST if not any(one.text in other.text and one != other for other in OF_PYTEST)]
"""Those that are a part of another are run with it."""

OF_RULES = [block for block in of_kind("python") if block.page.name == "findings.md"]
PAGE = "https://shop.example.com"
HANDLERS = [block for block in BLOCKS if block.name and block.kind in ("python", "js")]
PROGRAMS = [block for block in of_kind("python") if block not in (*OF_PYTEST, *OF_RULES, *HANDLERS)]


@pytest.mark.parametrize("block", HANDLERS, ids=lambda block: block.id)
def test_handler(block: Block, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It answers every route of the configuration beside it."""
    files_beside(block, tmp_path)
    if not (tmp_path / "emulator.yaml").exists():
        assert "emulate init" in block.page.read_text() or block.kind == "js"
        return
    if "require(" in block.text:
        (tmp_path / "node_modules").symlink_to(request.getfixturevalue("express"))
    for api, settings in yaml.safe_load((tmp_path / "emulator.yaml").read_text())["apis"].items():
        for route in settings["routes"]:
            method, _, path = route.partition(" ")
            called = path.replace("{proxy+}", "items").replace("{id}", "1")
            done = run(tmp_path, "fetch", called, "-X", method, "--api", api, "--origin", PAGE, "--fail-on", "status")
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("block", SUITES, ids=lambda block: block.id)
def test_suite(block: Block, tmp_path: Path) -> None:
    copy_of_the_sample(tmp_path)
    (tmp_path / "test_page.py").write_text(block.text)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_page.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("block", PROGRAMS, ids=lambda block: block.id)
def test_program(block: Block, ports: Ports) -> None:
    command = [sys.executable, "-c", ports.in_command(block.text)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("block", OF_RULES, ids=lambda block: block.id)
def test_piece_of_a_handler(block: Block) -> None:
    assert ast.parse(block.text).body


@pytest.mark.parametrize("block", of_kind("js"), ids=lambda block: block.id)
def test_js(block: Block, tmp_path: Path) -> None:
    """Node.js can parse it."""
    if shutil.which("node") is None:
        pytest.skip("no node")
    file = tmp_path / ("block.cjs" if "require(" in block.text else "block.mjs")
    file.write_text(re.sub(r"import\.meta\.env", "process.env", block.text))
    done = subprocess.run(["node", "--check", str(file)], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
