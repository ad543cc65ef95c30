"""The `emulate` command: parse, one call, print. Nothing heavy is imported before a subcommand needs it."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.errors import EmulatorError

if TYPE_CHECKING:
    from emulator.client.browser import FetchOptions

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
@CONFIG
@click.argument("target", metavar="URL|/PATH")
@click.option("-X", "--request", "method", help="Method; default GET, or POST with -d.")
@click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A request header; repeatable.")
@click.option("-d", "--data", help="Request body as text (text/plain unless -H says otherwise); @FILE reads a file.")
@click.option("--origin", help="The page's origin; default: the first of `frontends`, else http://localhost:5173.")
@click.option("--credentials", type=click.Choice(["omit", "same-origin", "include"]), default="same-origin")
@click.option("--mode", type=click.Choice(["cors", "no-cors", "same-origin"]), default="cors")
@click.option("--redirect", type=click.Choice(["follow", "error", "manual"]), default="follow")
@click.option("--browser", type=click.Choice(["chromium", "firefox", "webkit", "spec"]), default="chromium")
@click.option("--api", help="Whose /PATH it is; default: the first API of the configuration.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, help="Seconds.", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def fetch(**values: Any) -> None:
    """Call an API as a page would: curl that obeys CORS.

    A /PATH is served in this process from the configuration, without a server. Exit code 1 when the page gets nothing.
    """
    from emulator.cli.fetch import Settings, run

    if re.match(r"[\w.-]+:\d+(/|$)", values["target"]):
        raise click.UsageError(f"{values['target']} lacks its scheme: write http://{values['target']}")
    options = fetch_options(values)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    settings = Settings(**{name: values[name] for name in SETTINGS}, colour=colour)
    sys.exit(0 if run(settings, options) else 1)


SETTINGS = ("target", "origin", "browser", "config", "api", "timeout", "as_json")


def fetch_options(values: dict[str, Any]) -> FetchOptions:
    """The second argument of `fetch` from the command line. Raises click.UsageError."""
    body: str | bytes | None = values["data"]
    if isinstance(body, str) and body.startswith("@"):
        try:
            body = Path(body[1:]).read_bytes()
        except OSError as error:
            raise click.UsageError(f"-d {values['data']}: cannot be read ({error.strerror}).") from None
    pairs = [header.partition(":") for header in values["headers"]]
    for name, colon, _ in pairs:
        if not colon:
            raise click.UsageError(f"-H '{name}': a header is written 'Name: value'.")
    return {
        "method": values["method"] or ("GET" if body is None else "POST"),
        "headers": [(name.strip(), value.strip()) for name, _, value in pairs],
        "body": body,
        "mode": values["mode"],
        "credentials": values["credentials"],
        "redirect": values["redirect"],
    }


@emulate.command()
def schema() -> None:
    """Print the JSON Schema of emulator.yaml, for editors."""
    from emulator.config.json_schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


def main() -> None:
    """The console entry point. Exit codes: 0 fine, 1 blocked or findings, 2 bad usage or configuration."""
    open_standard_streams()
    try:
        emulate(prog_name="emulate")
    except EmulatorError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def open_standard_streams() -> None:
    """Python has None for a stream that was closed (`>&-`), and a socket could get its number. What a terminal cannot
    show is replaced, not an error."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # The lowest free number is the closed stream's own.
            setattr(sys, name, open(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
