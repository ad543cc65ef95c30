"""How each command that the documentation shows is carried out. One that is not known here raises."""

import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from documentation.blocks import ROOT
from documentation.clone import Ports, copy_of_the_sample, on_free_ports, served, shell
from documentation.test_pages import told
from emulator.config.load import load
from serving.emulate import Served
from serving.ports import free_ports

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SERVE = "emulate serve --sample"
PLUGIN = ROOT / "vite-plugin" / "package.json"
DOCUMENTED = ["3000", "3001", "3002", "3003", "4000"]
"""The ports of the sample's APIs in the order of the file, and of the control port."""


@dataclass(frozen=True)
class Place:
    """Where a command is run: in `folder`, a copy of the sample or what the page shows; beside `running`, the sample on
    `ports`. Copies of its own are made in `scratch`."""

    folder: Path
    running: Served
    ports: Ports
    scratch: Path

    def on_free_ports(self) -> Path:
        """A folder whose APIs may be served while other tests serve the same."""
        if self.folder == self.scratch:
            return self.folder
        folder = self.scratch / f"copy{len([*self.scratch.iterdir()])}"
        folder.mkdir()
        return on_free_ports(copy_of_the_sample(folder))


def carried_out(command: str, place: Place) -> str:
    """The output of a command, with the ports that the page names."""
    for pattern, act in COMMANDS.items():
        if re.match(pattern, command):
            return act(command, place)
    raise AssertionError(f"nothing here knows how to run: {command}")


def emulate_serve(command: str, place: Place) -> str:
    """Until it is ready."""
    arguments = [word for word in shlex.split(command)[2:] if word != "--sample"]  # which is what the folder has
    real = map(str, free_ports(2))
    taken: dict[str, str] = {}
    for number, argument in enumerate(arguments):
        if arguments[number - 1] == "--debug":
            name, _, port = argument.partition(":")
            taken[port or "5678"] = next(real)
            arguments[number] = f"{name}:{taken[port or '5678']}"
    folder = place.on_free_ports()
    config = arguments[arguments.index("-c") + 1] if "-c" in arguments else "emulator.yaml"
    count = len(load(folder / config).deployment.endpoints)
    documented = [*DOCUMENTED[:count], DOCUMENTED[-1]]
    with served(folder, arguments, documented) as (one, ports):
        return Ports({**ports.real, **taken}).in_output(one.console)


def make_serve(_: str, place: Place) -> str:
    """What the target does once all is installed; tests/newcomer makes it install."""
    assert f"\t$(BIN)/{SERVE}\n" in (ROOT / "Makefile").read_text()
    return emulate_serve(SERVE, place)


def elsewhere(command: str, place: Place) -> str:
    """In a copy whose APIs take free ports."""
    return finished(command, place.on_free_ports())


def here(command: str, place: Place) -> str:
    """In the folder. What it calls on this machine (or as `api`, as in Compose) is what is served beside it."""
    if re.search(r"localhost:\d|//api:\d", command):
        command = place.ports.in_command(command.replace("//api:", "//localhost:"))
    if (command, place.folder) not in _outputs:
        _outputs[command, place.folder] = finished(command, place.folder)
    return place.ports.in_output(_outputs[command, place.folder])


_outputs: dict[tuple[str, Path], str] = {}
"""What has been printed in a folder, by command: pages show some twice, and none changes anything there."""


def finished(command: str, folder: Path) -> str:
    """The output; 1 is what emulate found, 2 a usage that is wrong."""
    done = shell(command, folder)
    assert done.returncode == 0 or (done.returncode == 1 and "emulate" in command), f"$ {command}\n{done.stdout}"
    return done.stdout


def filtered(command: str, place: Place) -> str:
    """What reads the JSON lines of a run reads one of each type."""
    if shutil.which("jq") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no jq")
        pytest.skip("no jq")
    lines = "\n".join(json.dumps(one) for one in told().values())
    (place.scratch / "lines").write_text(lines)
    return finished(f"cat {place.scratch / 'lines'} | {command.partition(' | ')[2]}", place.folder)


def make(command: str, _: Place) -> str:
    """Nothing but a look whether there is such a target: they are long runs, and each has its own test."""
    subprocess.run(["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, check=True)
    return ""


def installing(command: str, _: Place) -> str:
    """Nothing but a look at what is installed: this project, a wheel of it, its extras, or what it depends on."""
    words = [word for word in shlex.split(command)[1:] if not word.startswith("-")]
    for word in words[: words.index("emulate") if "emulate" in words else None]:
        if word not in ("install", "run", ".") and not word.endswith(".whl"):
            requirement = Requirement(word)
            assert requirement.name == PROJECT["name"], command
            assert requirement.extras <= PROJECT["optional-dependencies"].keys(), command
    return ""


def cloning(command: str, _: Place) -> str:
    assert command == "git clone … apigw-emulator && cd apigw-emulator"
    return ""


def npm(command: str, _: Place) -> str:
    """Nothing but a look at what is run or installed: their own tests do it (tests/spa, tests/vite_plugin)."""
    words = [word for word in shlex.split(command)[1:] if not word.startswith("-")]
    packages = [json.loads(path.read_text()) for path in (*ROOT.glob("examples/*/package.json"), PLUGIN)]
    match words:
        case ["ci"]:
            pass
        case ["run", name]:
            assert any(name in package.get("scripts", {}) for package in packages), command
        case ["install", name]:
            assert name == json.loads(PLUGIN.read_text())["name"], command
        case _:
            raise AssertionError(f"nothing here knows how to run: {command}")
    return ""


def entering(command: str, _: Place) -> str:
    assert (ROOT / shlex.split(command)[1]).is_dir(), command
    return ""


def activating(command: str, _: Place) -> str:
    """Nothing here, where the command is on the PATH; tests/newcomer does it."""
    assert command == "source .venv/bin/activate"
    return ""


def in_containers(command: str, place: Place) -> str:
    """Nothing here; tests/docker carries out what docs/docker.md shows."""
    assert command in (ROOT / "docs" / "docker.md").read_text()
    return ""


COMMANDS: dict[str, Callable[[str, Place], str]] = {
    r"emulate serve & ": elsewhere,
    r"(emulate serve|docker compose logs) .*\| jq ": filtered,
    r"docker ": in_containers,
    r"emulate serve": emulate_serve,
    r"emulate exec": elsewhere,
    r"emulate \w+|curl |eval \"\$\(_EMULATE_COMPLETE": here,
    r"make serve$": make_serve,
    r"make ": make,
    r"(pip|pipx|uvx) ": installing,
    r"git clone ": cloning,
    r"source ": activating,
    r"npm ": npm,
    r"cd ": entering,
}
"""How a command is carried out, by how it begins: the first that fits."""
