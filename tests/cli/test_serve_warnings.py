"""What `emulate serve` warns of, and serves all the same."""

from pathlib import Path

import pytest

from serving.emulate import get, serve

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: ["http://localhost:5173/"]}
    routes: {GET /: notes}
functions:
  notes: {handler: notes.list_notes}
"""
HANDLER = "def list_notes(event, context):\n    return 'notes'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "notes.py").write_text(HANDLER)
    return tmp_path


def test_a_configuration_that_aws_may_take_is_served_with_a_warning(folder: Path) -> None:
    with serve(folder) as served:
        warning = (
            "emulator.yaml:6: warning: apis.shop.cors.allowOrigins[0]: `http://localhost:5173/`, which no browser "
        )
        assert warning in served.console.partition("\nReady")[0]
        assert get(served.urls["shop"]).text == "notes"
        (folder / "emulator.yaml").write_text(CONFIG.replace("5173/", "5173/app"))
        saved = served.wait_for(r"(?m)^emulator\.yaml:6: warning: .*5173/app`", after="Saved emulator.yaml")
        assert "an origin has no path" in saved
        (folder / "emulator.yaml").write_text(CONFIG.replace("5173/", "5173") + "# mended\n")
        assert get(served.urls["shop"]).text == "notes"
        console = served.wait_until(lambda text: text.count("Saved emulator.yaml") >= 2 and text.endswith(
            served.urls["shop"]), "the last list of APIs")  # fmt: skip
        assert "warning" not in console.rpartition("Saved")[2]
