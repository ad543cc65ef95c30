"""The options that several commands have, and what `serve` shows."""

from pathlib import Path

import click

from emulator.cli.found_configuration import configuration

CONFIG = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    callback=configuration,
    envvar="EMULATE_CONFIG",
    show_envvar=True,
    help="The configuration file; default: emulator.yaml, here or in the nearest folder above that has one.",
)
SAMPLE = click.option(
    "--sample",
    is_flag=True,
    is_eager=True,
    help="Serve the sample shop, and its page at http://localhost:5173, instead of a configuration.",
)
ENV_FILE = click.option(
    "--env-file",
    "env_files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    envvar="EMULATE_ENV_FILE",
    show_envvar=True,
    help="Environment variables for every function, NAME=value a line; repeatable, a later file wins.",
)
PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port of the first API; 0 takes any free one.")
NO_ENFORCE = click.option(
    "--no-enforce",
    is_flag=True,
    help="Answer curl and other clients that are no browser as the API does. By default their calls with an Origin get "
    "403 where a browser would block them.",
)
PLATFORM_LOGS = click.option(
    "--platform-logs/--no-platform-logs",
    default=None,
    help="Show Lambda's own log lines: START, END, REPORT. Default: not on a terminal, but in a pipe, a file and JSON.",
)
