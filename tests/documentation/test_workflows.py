"""The workflows for GitHub are valid, and their lines with `emulate` do on a clone what they say."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from documentation.blocks import ROOT, of_kind
from documentation.clone import copy_of_the_sample, environment, on_free_ports
from serving.emulate import PATIENCE

FILES = sorted((ROOT / "examples" / "ci").glob("*.yml"))
SHOWN = [block for block in of_kind("yaml") if "jobs" in yaml.safe_load(block.text)]
TEXTS = {file.name: file.read_text() for file in FILES} | {block.id: block.text for block in SHOWN}
SCHEMA = json.loads((files("check_jsonschema") / "builtin_schemas" / "vendor" / "github-workflows.json").read_text())


def lines_with_emulate(text: str) -> list[str]:
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if "emulate " in step.get("run", "")]


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_a_workflow(name: str) -> None:
    workflow = {str(key) if key is not True else "on": value for key, value in yaml.safe_load(TEXTS[name]).items()}
    assert list(Draft7Validator(SCHEMA).iter_errors(workflow)) == []


@pytest.mark.parametrize("name", [name for name in TEXTS if not name.startswith("docs/check.md")])
def test_its_lines_with_emulate(name: str, tmp_path: Path) -> None:
    """The sample is broken on purpose, which is what each of them is to find, and no line may be a wrong usage."""
    folder = on_free_ports(copy_of_the_sample(tmp_path))
    codes = []
    lines = lines_with_emulate(TEXTS[name])
    for line in lines:
        done = subprocess.run(
            ["bash", "-e", "-c", line], cwd=folder, env=environment(folder), capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        codes.append(done.returncode)
        if "sarif" in line:
            assert json.loads((folder / "cors.sarif").read_text())["version"] == "2.1.0"
        if "github" in line:
            assert "::error file=emulator.yaml,line=" in done.stdout
    assert codes
    assert codes == [0 if "sarif" in line or "exec" in line else 1 for line in lines]


def test_the_page_shows_the_file() -> None:
    """Its lines are run above, and need not be twice."""
    shown = next(block.text for block in SHOWN if block.page.name == "check.md")
    assert (ROOT / "examples" / "ci" / "cors.yml").read_text().endswith(shown)
