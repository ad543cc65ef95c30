"""`emulate fetch`: curl that obeys CORS."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click
import httpx

from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.browser.url import is_loopback, parse_url
from emulator.cli.fetch_notes import as_deployed, failures, page_instead_of_api
from emulator.cli.fetch_report import Outcome, report, report_json
from emulator.cli.standard_output import as_text, columns, has_colour, write_out
from emulator.client import AsyncBrowserClient, CorsError, FetchError
from emulator.client.browser import FetchOptions
from emulator.config.dialects.emulator_yaml import placed, worded
from emulator.config.load import Loaded, load
from emulator.console.json_values import finding_value
from emulator.console.lines import Lines, repeats_error
from emulator.deployment import NO_PLACES, Deployment, Places, url_of
from emulator.errors import EmulatorError
from emulator.exchange import Exchange
from emulator.findings.of_call import FoundIn, findings_of_call
from emulator.findings.origin_reads import with_origin_read
from emulator.frontends import stand_ins
from emulator.functions.code_look import origin_reads
from emulator.functions.invocation import FunctionError, FunctionErrorKind, LogEvent, OutputLine
from emulator.functions.pool import Pool
from emulator.server.code_warnings import failed_to_start
from emulator.testing.in_process import InProcessTransport, numbered

ANY_PAGE = "http://localhost:5173"
"""The origin of the page that calls when nothing else is said: where Vite serves one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line. `target` is a URL, or a path of an API of the configuration; `timeout` is in
    seconds; `env_files` are as in config.load; `fail_on` names what ends with exit code 1 beside a
    call that the page gets nothing of: "warning", "status"; `notes` are told first."""

    target: str
    origin: str | None
    browser: str
    config: Path
    env_files: tuple[Path, ...]
    api: str | None
    timeout: float
    as_json: bool
    fail_on: tuple[str, ...]
    notes: Sequence[str]


def run(settings: Settings, options: FetchOptions) -> bool:
    """Make the call and print it; return whether the page gets the response. Raises EmulatorError when it cannot be
    made."""
    return asyncio.run(_run(settings, options))


async def _run(settings: Settings, options: FetchOptions) -> bool:
    in_process = settings.target.startswith("/")
    reads = in_process or settings.config.is_file()
    loaded = load(settings.config, settings.env_files) if reads else None
    deployment = None if loaded is None else loaded.deployment
    origin = settings.origin or calling_page(deployment)
    places = NO_PLACES if deployment is None else deployment.places
    shown = Shown(settings, places)
    declared = declared_credentials(deployment, origin, settings)
    if declared is not None and "credentials" not in options:
        shown.note(f"credentials: {declared}, as `frontends` says of {origin}")
    for note in settings.notes:
        shown.note(note)
    options = {"credentials": declared or "same-origin", **options}
    if in_process and loaded is not None and deployment is not None:
        return await in_this_process(loaded, origin, settings, options, shown=shown)
    async with httpx.AsyncClient(timeout=settings.timeout) as http:
        outcome = await fetched(http, settings.target, origin, settings.browser, options)
    if deployment is not None and called_api(deployment, settings) is not None:
        outcome = as_deployed(outcome, origin, deployment.frontends)
    asked = tuple(options.get("headers", ()))
    if (page := page_instead_of_api(outcome.requests, asked, configured_urls(deployment))) is not None:
        shown.note(page)
    return shown.end(outcome, None)


async def in_this_process(
    loaded: Loaded, origin: str, settings: Settings, options: FetchOptions, *, shown: "Shown"
) -> bool:
    """Call a /PATH of the configuration and print it; return whether the page gets the response."""
    deployment = loaded.deployment
    apis = numbered(deployment)
    port = chosen_port(apis, settings.api)
    async with in_process_client(deployment, settings, apis) as (http, transport):
        called = await fetched(http, f"http://localhost:{port}{settings.target}", origin, settings.browser, options)
    outcome = as_deployed(called, origin, deployment.frontends)
    credentials = Credentials(options["credentials"])
    reads = origin_reads(deployment.functions, settings.config.resolve().parent, os.environ)
    exchanges = [with_origin_read(exchange, reads) for exchange in transport.exchanges]
    found = findings_of_call(exchanges, deployment.frontends, credentials)
    succeeded = shown.end(outcome, found, transport.exchanges[-1:])
    explain(loaded, transport, settings)
    return succeeded


def calling_page(deployment: Deployment | None) -> str:
    """Choose the first declared frontend's origin, else ANY_PAGE."""
    frontends = deployment.frontends if deployment is not None else ()
    return frontends[0].origin if frontends else ANY_PAGE


def declared_credentials(deployment: Deployment | None, origin: str, settings: Settings) -> str | None:
    """Return the credentials mode that the frontend of `origin`, or of this dev origin, declares for the API that is
    called, if it does."""
    if deployment is None:
        return None
    api = called_api(deployment, settings)
    modes = (item.credentials_for(api) for item in deployment.frontends if origin in (item.origin, *item.dev))
    return next(modes, None)


def called_api(deployment: Deployment, settings: Settings) -> str | None:
    """Name the API of a /PATH, or of a URL on this machine at a port of the configuration; None for one elsewhere."""
    if settings.target.startswith("/"):
        return settings.api or next((endpoint.api.name for endpoint in deployment.endpoints), None)
    url = parse_url(settings.target)
    if url is None or url.scheme != "http" or not is_loopback(url.host):
        return None
    endpoint = deployment.endpoint_at(url.port or 80, url.path)
    return None if endpoint is None else endpoint.name


def configured_urls(deployment: Deployment | None) -> list[str]:
    """List the URLs at which `emulate serve` has the APIs, but for those at any free port."""
    endpoints = () if deployment is None else deployment.endpoints
    return [url_of(endpoint.api, endpoint.port) for endpoint in endpoints if endpoint.port]


def chosen_port(apis: Mapping[int, Api], name: str | None) -> int:
    """Return the named API's port, else the first's. Raises EmulatorError when there is none of that name."""
    for port, api in apis.items():
        if name in (None, api.name):
            return port
    names = ", ".join(api.name for api in apis.values())
    raise EmulatorError(f"--api {name}: there is no such API; the configuration has {names}.")


@asynccontextmanager
async def in_process_client(
    deployment: Deployment, settings: Settings, apis: Mapping[int, Api]
) -> AsyncIterator[tuple[httpx.AsyncClient, InProcessTransport]]:
    """Open an httpx client to the deployment's APIs; what functions print goes to standard error."""
    lines = Lines(colour=has_colour(sys.stderr))

    def printed(event: LogEvent) -> None:
        if isinstance(event, OutputLine):
            sys.stderr.write(f"{lines.output(event)}\n")
            sys.stderr.flush()

    pool = Pool(
        deployment.functions,
        dict(os.environ),
        printed,
        lambda name, error: None,  # the runtime logs it
        project=settings.config.resolve().parent,
    )
    dev = stand_ins(deployment.frontends)
    transport = InProcessTransport(apis, pool.invoke, httpx.AsyncHTTPTransport(), dev)
    try:
        async with httpx.AsyncClient(transport=transport, timeout=settings.timeout) as http:
            yield http, transport
    finally:
        await pool.close()


async def fetched(http: httpx.AsyncClient, url: str, origin: str, browser: str, options: FetchOptions) -> Outcome:
    """Make the call; return the response, or the error, as the page would have it. Raises EmulatorError when `origin`
    is none."""
    try:
        client = AsyncBrowserClient(origin, browser, http)
    except ValueError as error:
        raise EmulatorError(f"--origin: {error}") from None
    try:
        return await client.fetch(url, **options)
    except FetchError as error:
        return error


def explain(loaded: Loaded, transport: InProcessTransport, settings: Settings) -> None:
    """Say on standard error why a function did not start, where the files show it."""
    for exchange in transport.exchanges[-1:]:
        result, name = exchange.result, exchange.function
        if isinstance(result, FunctionError) and result.kind is FunctionErrorKind.INIT and name is not None:
            function = loaded.deployment.functions[name]
            for line in failed_to_start(loaded, function, settings.config.resolve().parent, dict(os.environ)):
                click.echo(line, err=True)


class Shown:
    """What is printed of a call on standard output, as text or as JSON; fixes are worded for what is at `places`."""

    def __init__(self, settings: Settings, places: Places) -> None:
        self._settings = settings
        self._words = lambda fix: worded(fix, places)
        self._lines = Lines(
            colour=has_colour(sys.stdout), columns=columns, words=lambda fix: placed(fix, places), indent="  "
        )
        self._notes: list[str] = []

    def note(self, text: str) -> None:
        """Print what was decided for the user; in JSON it stands among the `notes`."""
        self._notes.append(text)
        if not self._settings.as_json:
            write_out(self._lines.note(text) + "\n")

    def end(self, outcome: Outcome, found: tuple[FoundIn, ...] | None, last: Sequence[Exchange] = ()) -> bool:
        """Print the call with what was found in it, None where that is not known, and the cause of its `last` exchange;
        return whether the page gets the response, and nothing that `--fail-on` names is with it."""
        settings = self._settings
        if settings.as_json:
            findings = (
                None if found is None else [finding_value(one.finding, one.exchange, self._words) for one in found]
            )
            write_out(f"{report_json(outcome, settings.browser, findings, self._notes)}\n".encode())
        else:
            self._tell(outcome, found or (), last)
        if isinstance(outcome, FetchError):
            return False
        findings_ = None if found is None else [one.finding for one in found]
        failed = failures(settings.fail_on, outcome.requests, findings_, outcome.warnings)
        if failed:
            click.echo(f"Failed, as --fail-on asks: {', '.join(failed)}.", err=True)
        return not failed

    def _tell(self, outcome: Outcome, found: tuple[FoundIn, ...], last: Sequence[Exchange]) -> None:
        """Print it as text, the body last: to a pipe or a file its very bytes. What the browser said stands above the
        findings already."""
        said = outcome.message if isinstance(outcome, CorsError) else None
        news = [one.finding for one in found if not repeats_error(one.finding, one.exchange)]
        told_once = [replace(finding, message="") if finding.message == said else finding for finding in news]
        findings = [line for exchange in last for line in self._lines.cause(exchange)]
        findings += [line for finding in told_once for line in self._lines.finding(finding)]
        told = [*report(outcome, self._settings.browser, self._lines.styled, says_fix=not findings), *findings, ""]
        write_out("\n".join(told))
        if not isinstance(outcome, FetchError) and outcome.body:
            write_out(f"\n{as_text(outcome.body)}\n" if sys.stdout.isatty() else b"\n" + outcome.body + b"\n")
