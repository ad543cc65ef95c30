"""Settings of `emulate serve` by environment variables, as a container gets them."""

import os
import subprocess
from pathlib import Path

import httpx
import pytest

from serving.emulate import EMULATE, PATIENCE, serve

CONFIG = """
apis: {shop: {type: http, port: 3000, routes: {GET /: f}}}
functions: {f: {handler: app.handler}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "other.yaml").write_text(CONFIG)
    (tmp_path / "a.env").write_text("SAID=from a\nSECOND=too\n")
    (tmp_path / "b.env").write_text("SAID=from b\n")
    (tmp_path / "app.py").write_text(
        "import os\n\ndef handler(event, context):\n    return os.environ['SAID'] + os.environ['SECOND']\n"
    )
    return tmp_path


def environ(**variables: str) -> dict[str, str]:
    return {**os.environ, **variables}


SERVED = {
    "EMULATE_CONFIG": "other.yaml",
    "EMULATE_PORT": "0",
    "EMULATE_HOST": "0.0.0.0",
    "EMULATE_ALLOW_HOST": "api web",
    "EMULATE_ENV_FILE": "a.env:b.env",
    "EMULATE_NO_RELOAD": "1",
    "EMULATE_NO_CONTROL": "0",
    "EMULATE_CONTROL_PORT": "0",
    "EMULATE_LOG_FORMAT": "",  # as `${LOG_FORMAT:-}` of a compose.yaml that nobody has set
}


def test_serve(folder: Path) -> None:
    with serve(folder, environ=environ(**SERVED)) as served:
        url = served.urls["shop"]
        for host in ("api", "web", "localhost"):
            assert httpx.get(url, headers={"Host": host}, trust_env=False).text == "from btoo"
        assert "--host 0.0.0.0: " in served.console
        assert "Saving reloads" not in served.console
        assert "  control  http://127.0.0.1:" in served.console


def test_the_command_line_wins(folder: Path) -> None:
    variables = environ(**SERVED, EMULATE_PLATFORM_LOGS="0") | {"EMULATE_PORT": "no number"}
    with serve(folder, "--port", "0", "--platform-logs", "--no-control", environ=variables) as served:
        httpx.get(served.urls["shop"], trust_env=False)
        assert "control" not in served.wait_for("REPORT RequestId")


REFUSED = [("EMULATE_PORT", "x"), ("EMULATE_POLL", "perhaps"), ("EMULATE_LOG_FORMAT", "xml")]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_bad_value_names_its_variable(folder: Path, name: str, value: str) -> None:
    command = [EMULATE, "serve", "-c", "other.yaml"]
    done = subprocess.run(
        command, cwd=folder, env=environ(**{name: value}), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 2
    assert f"(env var: '{name}')" in done.stderr
    assert f"'{value}' is not" in done.stderr


def test_other_commands_read_the_configuration_of_it_too(folder: Path) -> None:
    variables = environ(EMULATE_CONFIG="other.yaml", EMULATE_ENV_FILE="a.env")
    command = [EMULATE, "invoke", "f"]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=True)
    assert done.stdout == '"from atoo"'


def test_help_shows_every_variable() -> None:
    shown = subprocess.run([EMULATE, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    for name in (*SERVED, "EMULATE_POLL", "EMULATE_DEBUG", "EMULATE_CONTROL_HOST", "EMULATE_PLATFORM_LOGS"):
        assert name in shown
