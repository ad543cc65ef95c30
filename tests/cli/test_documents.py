"""`emulate export openapi`: what is served, as a document that serves the same."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from emulator.cli.main import emulate
from emulator.errors import EmulatorError

FUNCTIONS = "functions: {items: {handler: items.handler}}"
CONFIG = f"""
apis:
  shop: {{type: rest, binaryMediaTypes: [image/png], routes: {{GET /items: items}}}}
  web: {{type: http, cors: {{allowOrigins: ["*"]}}, routes: {{$default: items}}}}
  url: {{type: function-url, function: items}}
{FUNCTIONS}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "items.py").write_text("def handler(event, context): ...")
    monkeypatch.chdir(tmp_path)


def export(*arguments: str) -> Result:
    return CliRunner().invoke(emulate, ["export", "openapi", *arguments])


def test_yaml_and_json() -> None:
    first = export()
    assert (first.exit_code, first.stderr) == (0, "")
    assert yaml.safe_load(first.stdout) == json.loads(export("shop", "--json").stdout)
    assert list(yaml.safe_load(first.stdout)["paths"]) == ["/items"]
    assert json.loads(export("web", "--json").stdout)["x-amazon-apigateway-cors"] == {"allowOrigins": ["*"]}


def test_an_export_is_served_as_what_it_was_written_of() -> None:
    Path("shop.yaml").write_text(export("shop").stdout)
    Path("emulator.yaml").write_text(f"apis: {{shop: {{type: rest, openapi: shop.yaml}}}}\n{FUNCTIONS}")
    assert export("shop").stdout.rstrip() == Path("shop.yaml").read_text().rstrip()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shpo", "No API is named `shpo`: there are shop, web, url."),
        ("url", "`url` is a function URL, of which OpenAPI has no description."),
    ],
)
def test_what_cannot_be_exported(name: str, said: str) -> None:
    failed = export(name)
    assert isinstance(failed.exception, EmulatorError)
    assert str(failed.exception) == said


def test_what_is_not_written_is_told() -> None:
    Path("emulator.yaml").write_text(
        f"apis: {{shop: {{type: rest, openapi: shop.yaml, unsupported: warn}}}}\n{FUNCTIONS}"
    )
    document = {"x-amazon-apigateway-policy": {"Version": "2012-10-17"}}
    mock = {"get": {"x-amazon-apigateway-integration": {"type": "mock"}}}
    Path("shop.yaml").write_text(json.dumps({"openapi": "3.0.1", "paths": {"/x": mock}, **document}))
    assert "Not written: the resource policy." in export().stderr
