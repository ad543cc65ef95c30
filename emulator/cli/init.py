"""The command `emulate init`: its options. What it does is in first_files.py, which is imported when it runs."""

from pathlib import Path
from typing import Any

import click


@click.command()
@click.option(
    "--api",
    type=click.Choice(["http", "rest", "function-url"]),
    default="http",
    show_default=True,
    help="The type of the API; function-url is one for each function.",
)
@click.option(
    "--frontend",
    metavar="ORIGIN",
    help="The page that calls it, in production; default: http://localhost:5173, Vite's.",
)
@click.option(
    "--handler",
    "handlers",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A file with a handler; repeatable. Default: all that are found here, else one that is written.",
)
def init(**values: Any) -> None:
    """Write a first emulator.yaml, with comments, for the handlers in this folder.

    It asks nothing, runs nothing, and overwrites nothing.

    \b
      emulate init --frontend https://shop.example.com
      emulate init --api rest --handler src/orders.py
    """
    from emulator.cli.first_files import Settings, run

    run(Settings(**values))
