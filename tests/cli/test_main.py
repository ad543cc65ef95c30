"""The `emulate` command as a user types it: what it prints, and its exit codes."""

import importlib.metadata
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from emulator.cli.main import emulate, main
from serving.emulate import run

ROOT = Path(__file__).parent.parent.parent
CONFIG = "apis: {shop: {type: http, port: 0, routes: {GET /x: f}}}\nfunctions: {f: {handler: f.handler}}\n"


Type = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Types `emulate ...` in tmp_path, which must exit with 2: what it says, without a traceback."""
    monkeypatch.chdir(tmp_path)

    def type_(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["emulate", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        printed = capsys.readouterr()
        assert (exit_.value.code, printed.out) == (2, "")
        return printed.err

    return type_


def test_help_names_every_command() -> None:
    done = CliRunner().invoke(emulate, ["--help"])
    assert done.exit_code == 0
    assert set(re.findall(r"(?m)^  (\w+)  ", done.output.partition("Commands:")[2])) == set(emulate.commands)


@pytest.mark.parametrize("command", sorted(emulate.commands))
def test_every_command_has_help(command: str) -> None:
    for option in ("--help", "-h"):
        done = CliRunner().invoke(emulate, [command, option])
        assert done.exit_code == 0
        assert done.output.startswith(f"Usage: emulate {command} ")


def test_version_is_the_packages(tmp_path: Path) -> None:
    done = run(tmp_path, "--version")
    assert done.returncode == 0
    assert done.stdout == f"emulate, version {importlib.metadata.version('apigw-emulator')}\n"


def test_schema_is_the_one_checked_in_for_editors() -> None:
    done = CliRunner().invoke(emulate, ["schema"])
    assert done.exit_code == 0
    assert json.loads(done.output)["title"] == "emulator.yaml"
    assert done.output == (ROOT / "emulator.schema.json").read_text(), (
        "emulator.schema.json is out of date: run `.venv/bin/emulate schema > emulator.schema.json`"
    )


def test_the_sample_names_the_schema_for_editors() -> None:
    first = (ROOT / "emulator.yaml").read_text().partition("\n")[0]
    assert first == "# yaml-language-server: $schema=emulator.schema.json"


USAGE = [
    pytest.param(["serve", "--prot", "1"], "Error: No such option", id="option"),
    pytest.param(["serv"], "Error: No such command 'serv'", id="command"),
    pytest.param(["serve", "--port", "65536"], "Error: Invalid value for '--port'", id="port"),
    pytest.param(["serve", "-c", "x.yaml", "--sample"], "Error: --sample is a configuration of its own", id="sample"),
    pytest.param(["serve", "--config"], "Error: Option '--config' requires an argument.", id="value"),
    pytest.param(["serve", "emulator.yaml"], "Error: Got unexpected extra argument (emulator.yaml)", id="argument"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_bad_usage(refused: Type, arguments: list[str], said: str) -> None:
    assert refused(*arguments).splitlines()[-1].startswith(said)


def test_exit_code_and_streams_are_those_of_the_process(tmp_path: Path) -> None:
    done = run(tmp_path, "serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "emulator.yaml: no such file; expected a configuration. "
        "`emulate init` writes one, `-c FILE` names another, and `emulate serve --sample` serves a sample.\n"
    )


def test_a_configuration_of_another_name(tmp_path: Path, refused: Type) -> None:
    (tmp_path / "emulator.yml").write_text(CONFIG)
    assert "`-c emulator.yml`" in refused("serve")


def test_a_folder_as_configuration(tmp_path: Path, refused: Type) -> None:
    assert refused("serve", "-c", str(tmp_path)).startswith(f"{tmp_path}: a folder; expected a file.")


def test_an_unreadable_configuration(tmp_path: Path, refused: Type) -> None:
    """A link to itself: no permission of root's opens it."""
    (tmp_path / "emulator.yaml").symlink_to("emulator.yaml")
    said = refused("serve")
    assert said.startswith("emulator.yaml: a file that cannot be read (")
    assert said.count("\n") == 1


BROKEN = [
    pytest.param("apis: {shop: [\n", r"emulator\.yaml:\d+", id="yaml-syntax"),
    pytest.param("apis:\n\tshop: {}\n", r"emulator\.yaml:2", id="tab"),
    pytest.param("", r"emulator\.yaml", id="empty"),
    pytest.param("hello\n", r"emulator\.yaml", id="text"),
    pytest.param("api: {}\n", r"emulator\.yaml:1: .*\bapis\b", id="unknown-key"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_a_broken_configuration_is_told_with_its_place(tmp_path: Path, refused: Type, text: str, place: str) -> None:
    (tmp_path / "emulator.yaml").write_text(text)
    assert re.match(place, refused("serve"))


def test_bytes_that_are_no_text(tmp_path: Path, refused: Type) -> None:
    (tmp_path / "emulator.yaml").write_bytes(b"apis:\n  caf\xe9: {}\n")
    said = refused("serve")
    assert said.startswith("emulator.yaml:2: the byte 0xe9, which is not UTF-8; expected text in UTF-8.")


def test_a_code_folder_that_is_not_there(tmp_path: Path, refused: Type) -> None:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "emulator.yaml").write_text(CONFIG.replace("f.handler", "f.handler, codeUri: handler"))
    said = refused("serve")
    assert said.startswith("emulator.yaml:2: functions.f.codeUri: ")
    assert "`codeUri: handlers`" in said
    assert said.count("\n") == 1


def test_every_problem_at_once(tmp_path: Path, refused: Type) -> None:
    (tmp_path / "emulator.yaml").write_text(
        "apis:\n  shop:\n    type: http\n    prot: 3000\n    routes: {GET items: f}\nfunctions: {f: {handler: f}}\n"
    )
    lines = refused("serve").splitlines()
    assert [line.split(":")[1] for line in lines] == ["4", "5", "6"]
    assert "`port`" in lines[0]


def test_an_address_that_cannot_be_had(tmp_path: Path, refused: Type) -> None:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    assert refused("serve", "--host", "192.0.2.1").startswith("API 'shop' cannot listen on 192.0.2.1:")
