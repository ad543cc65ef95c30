"""The `emulate` command: parse, one call, print. Nothing heavy is imported before a subcommand needs it."""

from __future__ import annotations

import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.aws.methods import METHODS
from emulator.cli.arguments import header_pairs, request_body
from emulator.cli.completion import finding_names, function_names
from emulator.cli.control_options import control_port_options, control_settings
from emulator.cli.documents import export, schema
from emulator.cli.from_environment import FromEnvironment
from emulator.cli.init import init
from emulator.cli.options import CONFIG, ENV_FILE, NO_ENFORCE, PLATFORM_LOGS, PORT, SAMPLE
from emulator.cli.standard_output import columns, has_colour, open_standard_streams
from emulator.cli.wait import wait
from emulator.errors import EmulatorError

if TYPE_CHECKING:
    from emulator.client.browser import FetchOptions


BEGAN = time.perf_counter() - time.process_time()
"""When the process began, in seconds of perf_counter: so far it has done nothing but import."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="apigw-emulator", prog_name="emulate")
def emulate() -> None:
    """API Gateway and Lambda on this machine, with CORS as AWS applies it and as a browser judges it."""


emulate.add_command(init)
emulate.add_command(schema)
emulate.add_command(export)
emulate.add_command(wait)


@emulate.command(cls=FromEnvironment)
@CONFIG
@SAMPLE
@ENV_FILE
@click.option("--host", default="localhost", show_default=True, help="Address to listen on.")
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="NAME",
    help="Answer requests for this host too, beside localhost and IP addresses; repeatable, .NAME for all below it.",
)
@PORT
@click.option("--no-reload", is_flag=True, help="Do not watch files.")
@NO_ENFORCE
@PLATFORM_LOGS
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What standard output gets: lines for a person, or one JSON object a line, each with a `type` and a `time`: "
    "`exchange` for every request with its verdict and findings, `output`, `warning`, `ready` and others "
    "(docs/json.md). Bodies and credentials are left out.",
)
@click.option("--poll", is_flag=True, help="Poll files for changes; done anyway where mounts are known to need it.")
@click.option(
    "--debug", multiple=True, metavar="FUNCTION[:PORT]", help="Run it under a debugger, without timeouts; repeatable."
)
@control_port_options
def serve(no_reload: bool, no_enforce: bool, platform_logs: bool | None, log_format: str, **values: Any) -> None:
    """Serve the APIs of the configuration until Ctrl-C. Each option can be given by an environment variable.

    \b
      emulate serve --log-format json | jq 'select(.verdict.outcome == "blocked") | .findings[0]'
    """
    from emulator.server.serve import run
    from emulator.server.settings import Settings

    if sample := values.pop("sample"):
        from emulator.cli.sample_page import sample_page  # costs what a web server does
    as_json, is_terminal = log_format == "json", sys.stdout.isatty()
    shown: Any = {"as_json": as_json, "is_terminal": is_terminal, "colour": has_colour(sys.stdout), "columns": columns}
    shown |= {"began": BEGAN, "platform_logs": as_json or not is_terminal if platform_logs is None else platform_logs}
    shown["control"] = control_settings(values)
    settings = Settings(**values, reload=not no_reload, enforce=not no_enforce, **shown)
    with sample_page() if sample else nullcontext():
        run(settings, dict(os.environ))


@emulate.command("exec", context_settings={"allow_interspersed_args": False})
@CONFIG
@ENV_FILE
@PORT
@NO_ENFORCE
@click.option("--reload", is_flag=True, help="Watch files, as `serve` does; tests that write files should not be.")
@click.option("--quiet", is_flag=True, help="No lines for requests, on standard error; only the summary.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "none"]),
    default="error",
    show_default=True,
    help="Exit with 1 for what was found though the command succeeds: a blocked page or another error, a warning too, "
    "or nothing.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND...")
def execute(command: tuple[str, ...], fail_on: str, quiet: bool, no_enforce: bool, **values: Any) -> None:
    """Serve the APIs while a command runs: a browser test suite, `npm test`.

    It runs once all APIs answer, and finds them by the environment variables EMULATE_URL (the first), EMULATE_URL_NAME
    (each, as EMULATE_URL_SHOP) and EMULATE_URLS (all, as JSON). All ends with it, and what was found is told on
    standard error. Exit code: the command's own; 1 when it is 0 and --fail-on names what was found.

    \b
      emulate exec -- npx playwright test
      emulate exec --fail-on warning -- sh -c 'curl -fsS "$EMULATE_URL/items"'
    """
    from emulator.server.execute import execute
    from emulator.server.settings import Settings

    stream = open(os.devnull, "w") if quiet else sys.stderr  # noqa: PTH123, SIM115  open until the end
    shown: Any = {"stream": stream, "colour": has_colour(sys.stderr), "columns": columns}
    shown |= {"host": "localhost", "platform_logs": False, "began": BEGAN}
    settings = Settings(**values, enforce=not no_enforce, **shown)
    sys.exit(execute(settings, dict(os.environ), command, fail_on))


@emulate.command()
@CONFIG
@ENV_FILE
@click.argument("target", metavar="URL|/PATH")
@click.option("-X", "--request", "method", help="Method; default GET, or POST with -d.")
@click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A request header; repeatable.")
@click.option(
    "-d",
    "--data",
    help="Request body; @FILE reads a file. Text, and JSON too, goes as fetch() sends a string, as "
    "text/plain;charset=UTF-8 without a preflight, unless -H 'Content-Type: ...' says otherwise.",
)
@click.option("--origin", help="The page's origin; default: the first of `frontends`, else http://localhost:5173.")
@click.option(
    "--credentials",
    type=click.Choice(["omit", "same-origin", "include"]),
    help="The credentials mode; default: what `frontends` says of the page, else same-origin.",
)
@click.option("--mode", type=click.Choice(["cors", "no-cors", "same-origin"]), default="cors")
@click.option("--redirect", type=click.Choice(["follow", "error", "manual"]), default="follow")
@click.option("--browser", type=click.Choice(["chromium", "firefox", "webkit", "spec"]), default="chromium")
@click.option("--api", help="Whose /PATH it is; default: the first API of the configuration.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, help="Seconds.", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with `findings`, instead of text.")
@click.option(
    "--fail-on",
    type=click.Choice(["warning", "status"]),
    multiple=True,
    help="Exit with 1 for this too: a warning, or a status of 400 and above that the page gets; repeatable.",
)
def fetch(**values: Any) -> None:
    """Call an API as a page would: curl that obeys CORS.

    A /PATH is served in this process from the configuration, without a server. Exit code 1 when the page gets nothing.
    """
    from emulator.cli.fetch import Settings, run
    from emulator.cli.fetch_notes import as_page_sends, meant_target

    if (meant := meant_target(values["target"])) is not None:
        raise click.UsageError(f"{values['target']} is neither a URL nor a path: write {meant}.")
    headers = header_pairs(values["headers"])
    body, notes = as_page_sends(request_body(values["data"]), headers)
    settings = Settings(**{name: values[name] for name in SETTINGS}, notes=notes)
    sys.exit(0 if run(settings, fetch_options(values, headers, body)) else 1)


SETTINGS = ("target", "origin", "browser", "config", "env_files", "api", "timeout", "as_json", "fail_on")


def fetch_options(values: dict[str, Any], headers: list[tuple[str, str]], body: str | bytes | None) -> FetchOptions:
    """Make the second argument of `fetch` from the command line."""
    options: FetchOptions = {
        "method": values["method"] or ("GET" if body is None else "POST"),
        "headers": headers,
        "body": body,
        "mode": values["mode"],
        "redirect": values["redirect"],
    }
    if values["credentials"] is not None:
        options["credentials"] = values["credentials"]
    return options


@emulate.command()
@CONFIG
@ENV_FILE
@click.argument("function", metavar="FUNCTION", shell_complete=function_names)
@click.option("-e", "--event", metavar="FILE|-", help="The event, as JSON; - reads standard input. Default: {}")
@click.option("--json", "as_json", is_flag=True, help="Result, times and log as one JSON object.")
def invoke(**values: Any) -> None:
    """Run a function of the configuration once, without a server.

    Its log goes to standard error, its result to standard output: indented on a terminal, byte for byte to a pipe.
    Exit code 1 when the function fails; its error object is the result then, as AWS's Invoke returns it.

    \b
      emulate invoke items -e event.json
      emulate event http /items/1 | emulate invoke items -e -
    """
    from emulator.cli.invoke import Settings, run

    sys.exit(run(Settings(**values)))


@emulate.command()
@click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    help="The configuration file; default: emulator.yaml, here or above, where there is one.",
)
@click.argument("product", type=click.Choice(["http", "rest", "function-url"]))
@click.argument("path", metavar="[PATH|URL]", default="/")
@click.option(
    "-X",
    "--request",
    "method",
    type=click.Choice(METHODS, case_sensitive=False),
    metavar="METHOD",
    help="Method; default GET, or POST with -d.",
)
@click.option(
    "-H",
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME: VALUE'",
    help="A request header; repeatable. 'NAME:' leaves one out.",
)
@click.option(
    "-d",
    "--data",
    help="Request body; @FILE reads a file. Its Content-Type, unless -H says one: "
    "application/json for JSON, text/plain for other text, application/octet-stream for the rest.",
)
@click.option("--api", help="Whose event; default: the first API of that type in the configuration.")
@click.option(
    "--payload-format", type=click.Choice(["1.0", "2.0"]), help="Of an HTTP API's event; default: the route's own."
)
def event(**values: Any) -> None:
    """Print the event that a request to an API would give its function.

    It is the gateway's own, for a client that sends Host, User-Agent, Accept and your headers. PATH has its query and
    may lack the stage; a URL is taken as it is. Without a configuration the API has one route that takes everything.
    Exit code 1 when the gateway answers such a request by itself.

    \b
      emulate event http '/items?page=2' -H 'Cookie: session=abc'
      emulate event rest /orders -d '{"item": "Spoon"}' > event.json
    """
    from emulator.cli.event import Settings, run
    from emulator.cli.event_request import Asked

    body = request_body(values["data"])
    asked = Asked(
        target=values["path"],
        method=values["method"],
        headers=tuple(header_pairs(values["headers"])),
        body=body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body,
    )
    settings = Settings(values["product"], values["config"], values["api"], values["payload_format"])
    sys.exit(0 if run(settings, asked) else 1)


@emulate.command()
@CONFIG
@ENV_FILE
@click.option(
    "--invoke",
    is_flag=True,
    help="Run functions for more than preflights: GET routes, calls with a missing body or of a user who is not logged "
    "in (which may change something), and origins that no frontend has.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="What standard output gets: text by cause, JSON (check.schema.json), SARIF 2.1.0, JUnit XML, or GitHub's "
    "workflow commands.",
)
@click.option("--json", "output", flag_value="json", help="The same as --format json.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="The mildest severity that makes the exit code 1.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Leave out what this file knows, so that only new findings fail.",
)
@click.option("--write-baseline", "writes_baseline", is_flag=True, help="Write what is found now to --baseline FILE.")
def check(**values: Any) -> None:
    """Try every call of the declared frontends to every route, and tell which a browser would block, and why.

    Without --invoke nothing but preflights reaches a function. Exit code 1 when something is wrong, 2 for a bad
    configuration.
    """
    from emulator.cli.check import Settings, run

    if values["writes_baseline"] and values["baseline"] is None:
        raise click.UsageError("--write-baseline needs the file: --baseline FILE.")
    sys.exit(0 if run(Settings(**values)) else 1)


@emulate.command()
@click.argument("name", required=False, shell_complete=finding_names)
def explain(name: str | None) -> None:
    """Print the page of a finding: what it means, why, an example, the fix. Without NAME: every name there is."""
    from emulator.cli.explain import pages, told

    click.echo(told(name, pages()))


def main() -> None:
    """Run the command. Exit codes: 0 fine, 1 blocked or findings, 2 bad usage or configuration."""
    open_standard_streams()
    # pydantic would look through all installed packages for plugins of its own at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        emulate(prog_name="emulate")
    except EmulatorError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
