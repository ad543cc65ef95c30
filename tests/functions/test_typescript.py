"""Handlers in TypeScript, by what real projects run them with: the real tsx, the real esbuild, Node.js itself."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from emulator.functions.invocation import FunctionError, Returned
from functions.conftest import Lab

PROJECT = Path(__file__).parent.parent.parent
PACKAGES = PROJECT / "tests" / "node" / "typescript"
INSTALLED = PROJECT / ".venv" / "typescript"
RUNTIMES = ("nodejs20.x", "nodejs24.x")

PLAIN = """
type Event = { word: string };

export const handler = async (event: Event): Promise<{ said: string }> => {
  if (event.word === "boom") throw new Error("boom");
  return { said: `tea${event.word}` };
};
"""
WHOLE = """
import { Kind, title, type Item } from "./shop.js";

export const handler = async (event: { word: string }): Promise<object> => {
  const item: Item = { said: title(event.word) };
  if (event.word === "boom") throw new Error("boom");
  return { ...item, kind: Kind.Tea };
};
"""
SHOP = """
export interface Item { said: string }
export enum Kind { Tea = 7 }
export const title = (word: string): string => `tea${word}`;
"""


def node_strips_types() -> bool:
    node = shutil.which("node")
    if node is None:
        return False
    asked = [node, "-p", "process.features.typescript"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() in ("strip", "transform")


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder node_modules with tsx, and esbuild, which comes with it; without network when it is there."""
    names = ("package.json", "package-lock.json")
    is_there = all(
        (INSTALLED / n).is_file() and (INSTALLED / n).read_text() == (PACKAGES / n).read_text() for n in names
    )
    if not (is_there and (INSTALLED / "node_modules" / "esbuild" / "package.json").is_file()):
        if not (shutil.which("npm") and shutil.which("node")):
            do_without("there is no `node`, or no `npm`, on PATH")
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(PACKAGES / name, INSTALLED / name)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        done = subprocess.run(["npm", "ci", *options], cwd=INSTALLED, capture_output=True, text=True, check=False)
        if done.returncode:
            do_without(f"npm ci failed: {done.stderr}")
    return INSTALLED / "node_modules"


def do_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def install(lab: Lab, packages: Path, tool: str) -> None:
    """Let the project have this tool, and not the other."""
    if tool == "tsx":
        (lab.folder / "node_modules").symlink_to(packages)
        return
    (lab.folder / "node_modules").mkdir()
    for name in ("esbuild", "@esbuild"):
        (lab.folder / "node_modules" / name).symlink_to(packages / name)


@pytest.mark.parametrize("manifest", ["{}", '{"type": "module"}'], ids=["commonjs", "module"])
@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("tool", ["tsx", "esbuild"])
def test_by_the_projects_own_tool(lab: Lab, packages: Path, tool: str, runtime: str, manifest: str) -> None:
    """With imports as TypeScript writes them, and what type stripping alone cannot do."""
    install(lab, packages, tool)
    for file, text in {"src/app.ts": WHOLE, "src/shop.ts": SHOP, "package.json": manifest}.items():
        lab.write(file, text)
    function = lab.function(runtime=runtime, handler="src/app.handler")
    answer = lab.invoke(function, b'{"word": "pot"}')
    assert isinstance(answer, Returned), answer
    assert json.loads(answer.payload) == {"said": "teapot", "kind": 7}
    raised = lab.invoke(function, b'{"word": "boom"}')
    assert isinstance(raised, FunctionError)
    assert (raised.error_type, raised.error_message) == ("Error", "boom")
    assert "src/app.ts:6:" in "".join(raised.stack_trace)


@pytest.mark.parametrize("tool", ["tsx", "esbuild"])
def test_a_mistake_in_the_source_is_said(lab: Lab, packages: Path, tool: str) -> None:
    install(lab, packages, tool)
    lab.write("app.ts", "export const handler = async (\n")
    failed = lab.invoke(lab.function(runtime="nodejs20.x"))
    assert isinstance(failed, FunctionError)
    assert "app.ts" in failed.error_message + "".join(lab.printed())
    assert "Unexpected" in failed.error_message


def test_javascript_is_loaded_first_as_on_lambda(lab: Lab, packages: Path) -> None:
    install(lab, packages, "tsx")
    lab.write("app.ts", PLAIN)
    lab.write("app.js", "exports.handler = async () => 'built'")
    assert lab.invoke(lab.function(runtime="nodejs20.x")).payload == b'"built"'


def test_by_nothing_but_node(lab: Lab) -> None:
    """A Node.js that strips types runs it, another says what would."""
    if shutil.which("node") is None:
        do_without("there is no `node` on PATH")
    lab.write("app.ts", PLAIN)
    result = lab.invoke(lab.function(runtime="nodejs20.x"), b'{"word": "pot"}')
    if node_strips_types():
        assert json.loads(result.payload) == {"said": "teapot"}
        return
    assert isinstance(result, FunctionError)
    assert result.error_type == "Runtime.ImportModuleError"
    assert "'app.ts' is TypeScript, which Node.js v" in result.error_message
    assert "(npm install --save-dev tsx), use Node.js 22.18 or newer, or build it" in result.error_message
