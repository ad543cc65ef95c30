"""`emulate schema` and `emulate export`: documents about a configuration, for other programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from emulator.cli.options import CONFIG, ENV_FILE
from emulator.errors import EmulatorError

if TYPE_CHECKING:
    from emulator.aws.api import Api
    from emulator.aws.http_api.http_api import HttpApi
    from emulator.aws.rest_api.rest_api import RestApi


@click.command()
def schema() -> None:
    """Print the JSON Schema of emulator.yaml, for editors."""
    from emulator.config.emulator_yaml.json_schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


@click.group()
def export() -> None:
    """Write what is served in another tool's words."""


@export.command("openapi")
@CONFIG
@ENV_FILE
@click.option("--json", "as_json", is_flag=True, help="JSON in place of YAML.")
@click.argument("name", required=False, metavar="[API]")
def export_openapi(config: Path, env_files: tuple[Path, ...], as_json: bool, name: str | None) -> None:
    """Write a REST or HTTP API as an OpenAPI document with AWS's extensions, which API Gateway imports; without a name
    the first. Functions are named by ARNs of AWS's example account.

    \b
      emulate export openapi shop > api.yaml
    """
    import yaml

    from emulator.config.load import load
    from emulator.config.sources.openapi.write import not_written, write_openapi

    apis = [endpoint.api for endpoint in load(config, env_files, environ=dict(os.environ)).deployment.endpoints]
    api = chosen(apis, name)
    for what in not_written(api):
        click.echo(f"Not written: {what}.", err=True)
    document = write_openapi(api)
    text = json.dumps(document, indent=2) if as_json else yaml.safe_dump(document, sort_keys=False, width=120)
    click.echo(text.rstrip())


def chosen(apis: list[Api], name: str | None) -> RestApi | HttpApi:
    """Return the API of this name, or the first. Raises EmulatorError where there is none, or it is a function URL."""
    from emulator.aws.function_url.function_url import FunctionUrl

    api = next((one for one in apis if name in (None, one.name)), None)
    if api is None:
        raise EmulatorError(f"No API is named `{name}`: there are {', '.join(one.name for one in apis)}.")
    if isinstance(api, FunctionUrl):
        raise EmulatorError(f"`{api.name}` is a function URL, of which OpenAPI has no description.")
    return api
