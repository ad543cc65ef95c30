"""What README shows is so: its configuration loads, its picture of the package is the package's, its options exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.load import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
EMULATE = Path(sys.executable).parent / "emulate"


def block(language: str, having: str) -> str:
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", README)
    return next(text for kind, text in blocks if kind == language and having in text)


def test_the_example_configuration_loads(tmp_path: Path) -> None:
    (tmp_path / "sample_handlers").mkdir()
    (tmp_path / "emulator.yaml").write_text(block("yaml", "apis:"))
    deployment = load(tmp_path / "emulator.yaml").deployment
    assert [type(endpoint.api) for endpoint in deployment.endpoints] == [HttpApi, RestApi, FunctionUrl]
    assert [endpoint.port for endpoint in deployment.endpoints] == [3000, 3001, 3002]
    assert deployment.frontends[0].credentials == "include"


def test_the_sample_is_what_the_tour_says() -> None:
    deployment = load(ROOT / "emulator.yaml").deployment
    listed = re.findall(r"(?m)^  (\S+) +(?:HTTP API|REST API|function URL) +(http\S+)$", block("console", "make serve"))
    assert [(endpoint.api.name, endpoint.port) for endpoint in deployment.endpoints] == [
        (name, int(url.split(":")[2].partition("/")[0])) for name, url in listed
    ]


def test_the_picture_of_the_package() -> None:
    shown = re.findall(r"(?m)^  (\w+(?:/|\.py))  ", block("", "messages.py"))
    parts = [path.name + ("/" if path.is_dir() else "") for path in (ROOT / "emulator").iterdir()]
    assert sorted(shown) == sorted(part for part in parts if not part.startswith("__"))


@pytest.mark.parametrize(
    "command",
    [
        part.removeprefix("emulate ").split()
        for line in re.findall(r"(?m)^\$ (emulate .*)$", README)
        for part in line.split(" | ")
        if part.startswith("emulate ")
    ],
    ids=" ".join,
)
def test_options_exist(command: list[str]) -> None:
    shown = subprocess.run([EMULATE, command[0], "--help"], capture_output=True, text=True, check=True).stdout
    for option in re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", " ".join(command[1:])):
        assert option in shown
