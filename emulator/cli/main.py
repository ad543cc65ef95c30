"""The `emulate` command: parse, one call, print. Nothing heavy is imported before a subcommand needs it."""

import json
import os
import sys
from pathlib import Path

import click

from emulator.errors import EmulatorError

CONFIG = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    default=Path("emulator.yaml"),
    show_default=True,
    help="The configuration file.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="apigw-emulator", prog_name="emulate")
def emulate() -> None:
    """API Gateway and Lambda on this machine, with CORS as AWS applies it and as a browser judges it."""


@emulate.command()
@CONFIG
@click.option("--host", default="localhost", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the first API; 0 takes any free one.")
@click.option("--no-reload", is_flag=True, help="Do not watch files.")
@click.option("--poll", is_flag=True, help="Look for changes by polling: for bind mounts that send no file events.")
def serve(config: Path, host: str, port: int | None, no_reload: bool, poll: bool) -> None:
    """Serve the APIs of the configuration until Ctrl-C."""
    from emulator.server.run import Settings, run

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    run(Settings(config, host, port, reload=not no_reload, poll=poll, colour=colour), dict(os.environ))


@emulate.command()
def schema() -> None:
    """Print the JSON Schema of emulator.yaml, for editors."""
    from emulator.config.json_schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


def main() -> None:
    """The console entry point. Exit codes: 0 fine, 1 blocked or findings, 2 bad usage or configuration."""
    try:
        emulate(prog_name="emulate")
    except EmulatorError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
