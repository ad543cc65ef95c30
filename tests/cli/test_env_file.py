"""`--env-file`, as `serve` and `fetch` take it: what reaches a function, and what a save of the file does."""

import json
import os
from pathlib import Path

import pytest

from serving.emulate import get, run, serve, until

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {GET /env: env}, cors: {allowOrigins: ["*"]}}}
functions: {env: {handler: app.handler, environment: {TABLE: configured, STAGE: configured}}}
"""
HANDLER = """
import os
NAMES = ("TABLE", "STAGE", "TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_REGION")
def handler(event, context):
    return {name: os.environ.get(name) for name in NAMES}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "base.env").write_text("TABLE=base\nTOKEN='a $b #c'\n")
    (tmp_path / "local.env").write_text("TABLE=local\nAWS_ACCESS_KEY_ID=AKIALOCAL\nAWS_REGION=eu-west-1\n")
    return tmp_path


def test_a_file_wins_over_the_configuration_and_over_the_developers_environment(folder: Path) -> None:
    environ = dict(os.environ) | {"AWS_ACCESS_KEY_ID": "AKIAMINE", "AWS_SESSION_TOKEN": "mine", "TABLE": "mine"}
    with serve(folder, "--env-file", "base.env", "--env-file", "local.env", environ=environ) as served:
        assert get(f"{served.urls['shop']}/env").json() == {
            "TABLE": "local",
            "STAGE": "configured",
            "TOKEN": "a $b #c",
            "AWS_ACCESS_KEY_ID": "AKIALOCAL",
            "AWS_SESSION_TOKEN": None,
            "AWS_REGION": "eu-west-1",
        }


def test_a_save_of_the_file_reloads_and_a_mistake_in_it_does_not(folder: Path) -> None:
    with serve(folder, "--env-file", "local.env") as served:
        url = f"{served.urls['shop']}/env"
        assert get(url).json()["TABLE"] == "local"
        (folder / "local.env").write_text("TABLE=saved\n")
        until(lambda: get(url).json()["TABLE"], "saved".__eq__)
        served.wait_for(r"Saved local\.env: env: environment \(.*TABLE.*\) changed; now serving")
        (folder / "local.env").write_text("_HANDLER=mine\n")
        served.wait_for(r"local\.env:1: _HANDLER: `_HANDLER`, which Lambda reserves")
        assert get(url).json()["TABLE"] == "saved"


def test_fetch(folder: Path) -> None:
    result = run(folder, "fetch", "/env", "--env-file", "base.env", "--env-file", "local.env")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout.strip().rpartition("\n")[2])
    assert (found["TABLE"], found["TOKEN"], found["AWS_ACCESS_KEY_ID"]) == ("local", "a $b #c", "AKIALOCAL")


@pytest.mark.parametrize("command", [("serve",), ("fetch", "/env")], ids=["serve", "fetch"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "bad.env: no such file; expected a file of environment variables.", id="missing"),
        pytest.param("TABLE=x\nAWS_LAMBDA_RUNTIME_API=x\n", "bad.env:2: AWS_LAMBDA_RUNTIME_API: `", id="reserved"),
        pytest.param("TABLE='x\n", "bad.env:1: a line that cannot be understood;", id="unparsable"),
    ],
)
def test_a_bad_file_ends_the_command(folder: Path, command: tuple[str, ...], content: str | None, message: str) -> None:
    if content is not None:
        (folder / "bad.env").write_text(content)
    result = run(folder, *command, "--env-file", "bad.env")
    assert result.returncode == 2
    assert result.stderr.startswith(message), result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_the_configuration_names_reloads_too(folder: Path) -> None:
    config = "envFile: local.env\n" + CONFIG.replace("STAGE: configured", '"STAGE": "${STAGE_NAME:-dev}-${AWS_REGION}"')
    (folder / "emulator.yaml").write_text(config)
    with serve(folder, environ={"PATH": os.environ["PATH"], "STAGE_NAME": "mine"}) as served:
        url = f"{served.urls['shop']}/env"
        found = get(url).json()
        assert (found["TABLE"], found["STAGE"], found["AWS_ACCESS_KEY_ID"]) == ("local", "mine-eu-west-1", "AKIALOCAL")
        (folder / "local.env").write_text("AWS_REGION=eu-central-1\n")
        until(lambda: get(url).json()["STAGE"], "mine-eu-central-1".__eq__)
