"""Layers as handlers meet them: packages, programs and libraries, a later layer before an earlier one."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from emulator.functions.invocation import Function

SITE_PACKAGES = "python/lib/python3.12/site-packages"


def answer(lab: Any, source: str, **values: Any) -> Any:
    """What app.handler returns with the layers `one` and `two`."""
    code = lab.write("code/app.py", source).parent
    layers = (lab.folder / "one", lab.folder / "two")
    for layer in layers:
        layer.mkdir(exist_ok=True)
    function = Function(**({"name": "app", "handler": "app.handler", "code_uri": code, "layers": layers} | values))
    result = lab.invoke(function)
    return json.loads(result.payload)


IMPORTS = """
    import json, sys, {name}
    def handler(event, context):
        return {name}.origin
"""


@pytest.mark.parametrize(
    ("files", "origin"),
    [
        pytest.param(["one/python"], "one/python", id="package"),
        pytest.param([f"one/{SITE_PACKAGES}"], f"one/{SITE_PACKAGES}", id="site-packages"),
        pytest.param(["one/python", "two/python"], "two/python", id="the-later-layer"),
        pytest.param([f"one/{SITE_PACKAGES}", "two/python"], f"one/{SITE_PACKAGES}", id="site-packages-first"),
        pytest.param(["code", "two/python"], "code", id="the-code-before-layers"),
    ],
)
def test_a_python_package(lab: Any, files: list[str], origin: str) -> None:
    for folder in files:
        lab.write(f"{folder}/shared/__init__.py", f"origin = {folder!r}")
    assert answer(lab, IMPORTS.format(name="shared")) == origin


def test_a_layer_before_the_standard_library(lab: Any) -> None:
    """As on Lambda, whose layers stand before everything but the code."""
    lab.write("one/python/colorsys.py", "origin = 'layer'")
    assert answer(lab, IMPORTS.format(name="colorsys")) == "layer"


def test_path_files_of_a_layer(lab: Any) -> None:
    lab.write("one/python/extra.pth", "more\n")
    lab.write("one/python/more/further.py", "origin = 'path file'")
    assert answer(lab, IMPORTS.format(name="further")) == "path file"


def test_a_pythonpath_stands_for_the_layers_packages(lab: Any) -> None:
    lab.write("one/python/shared.py", "origin = 'layer'")
    lab.write("mine/shared.py", "origin = 'mine'")
    environment = (("PYTHONPATH", str(lab.folder / "mine")),)
    assert answer(lab, IMPORTS.format(name="shared"), environment=environment) == "mine"


def test_the_whole_search_path_and_what_children_see_of_it(lab: Any) -> None:
    source = """
        import subprocess, sys
        def handler(event, context):
            child = subprocess.check_output([sys.executable, "-c", "import sys; print(*sys.path)"], text=True)
            return {"path": sys.path, "argv": sys.argv, "child": child}
    """
    found = answer(lab, source)
    one, two = str(lab.folder / "one"), str(lab.folder / "two")
    layers = [f"{two}/{SITE_PACKAGES}", f"{one}/{SITE_PACKAGES}", f"{two}/python", f"{one}/python"]
    assert found["path"][:5] == [str(lab.folder / "code"), *layers]
    assert len(found["argv"]) == 1
    assert one not in found["child"]


def test_a_program_of_a_layer_is_on_the_path(lab: Any) -> None:
    for layer in ("one", "two"):
        lab.write(f"{layer}/bin/convert-it", f"#!/bin/sh\necho {layer}\n").chmod(0o755)
    source = """
        import subprocess
        def handler(event, context):
            return subprocess.run(["convert-it"], capture_output=True, text=True).stdout
    """
    assert answer(lab, source) == "two\n"


def shared_library(folder: Path, number: int) -> None:
    folder.mkdir(parents=True)
    source = folder / "shop.c"
    source.write_text(f"int number(void) {{ return {number}; }}\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "libshop.so", source], check=True)


@pytest.mark.parametrize(
    ("folders", "number"),
    [
        pytest.param({"one/lib": 1}, 1, id="layer"),
        pytest.param({"one/lib": 1, "two/lib": 2}, 2, id="the-later-layer"),
        pytest.param({"one/lib": 1, "code/lib": 3}, 3, id="the-codes-own"),
    ],
)
def test_a_native_library(lab: Any, folders: dict[str, int], number: int) -> None:
    for folder, returned in folders.items():
        shared_library(lab.folder / folder, returned)
    source = """
        import ctypes
        def handler(event, context):
            return ctypes.CDLL("libshop.so").number()
    """
    assert answer(lab, source) == number


@pytest.mark.parametrize(
    ("files", "origin"),
    [
        pytest.param(["one/nodejs/node_modules"], "one/nodejs/node_modules", id="node-modules"),
        pytest.param(
            ["one/nodejs/node_modules", "two/nodejs/node_modules"], "two/nodejs/node_modules", id="the-later-layer"
        ),
        pytest.param(
            ["one/nodejs/node20/node_modules", "two/nodejs/node_modules"],
            "one/nodejs/node20/node_modules",
            id="those-of-the-version-first",
        ),
        pytest.param(["code/node_modules", "two/nodejs/node_modules"], "code/node_modules", id="the-codes-own"),
    ],
)
def test_a_nodejs_module(lab: Any, files: list[str], origin: str) -> None:
    for folder in files:
        lab.write(f"{folder}/shared/index.js", f"exports.origin = '{folder}';")
    lab.write("code/app.js", "exports.handler = async () => require('shared').origin;")
    assert answer(lab, "", runtime="nodejs20.x") == origin


def test_an_es_module_does_not_see_layers(lab: Any) -> None:
    """AWS, "Working with layers for Node.js Lambda functions"; Node.js, "Modules: ECMAScript modules", No NODE_PATH."""
    lab.write("one/nodejs/node_modules/shared/index.js", "exports.origin = 'layer';")
    source = """
        import { createRequire } from 'node:module';
        export const handler = async () => {
            const imported = await import('shared').then(() => 'found', (error) => error.code);
            return [imported, createRequire(import.meta.url)('shared').origin];
        };
    """
    lab.write("code/app.mjs", source)
    assert answer(lab, "", runtime="nodejs20.x") == ["ERR_MODULE_NOT_FOUND", "layer"]
