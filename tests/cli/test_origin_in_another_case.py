"""A handler that looks Origin up by a name its event does not have, and answers without CORS headers: whoever asks is
told the line, though nothing raised."""

from pathlib import Path

import pytest

from emulator.client import CorsError
from emulator.testing.emulated import Emulated
from emulator.testing.running import Running
from serving.emulate import run

CONFIGURATION = """
apis:
  shop: {type: http, port: 0, routes: {GET /items: items}}
functions:
  items: {handler: items.handler}
frontends:
  - {origin: "http://localhost:5173"}
"""
HANDLER = """ALLOWED = ["http://localhost:5173"]


def handler(event, context):
    origin = event["headers"].get("Origin")
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin} if origin in ALLOWED else {}}
"""
FIX = "read the header as `origin`"
LINE = "items.py:5 reads `Origin`"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    (folder / "emulator.yaml").write_text(CONFIGURATION)
    (folder / "items.py").write_text(HANDLER)
    return folder


@pytest.mark.parametrize("command", [("check", "--invoke"), ("fetch", "/items")], ids=["check", "fetch"])
def test_a_command_names_it(folder: Path, command: tuple[str, ...]) -> None:
    ended = run(folder, *command)
    said = " ".join(ended.stdout.split())
    assert (ended.returncode, "header-name-case" in said) == (1, True), said
    assert FIX in said
    assert LINE in said


def test_a_test_of_the_users_is_told(folder: Path) -> None:
    running = Running(folder / "emulator.yaml")
    emulated = Emulated(running)
    try:
        with pytest.raises(CorsError) as failed:
            emulated.browser("http://localhost:5173").fetch(emulated.url("/items"))
        assert FIX in "\n".join(failed.value.__notes__)
        (found,) = emulated.findings
        assert (found.finding.name, found.finding.evidence) == ("header-name-case", (LINE,))
    finally:
        emulated.close()
        running.close()
