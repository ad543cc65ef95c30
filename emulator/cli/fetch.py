"""`emulate fetch`: curl that obeys CORS."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click
import httpx

from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.browser.url import is_loopback, parse_url
from emulator.browser.verdict import Blocked
from emulator.cli.fetch_report import Outcome, report, report_json
from emulator.cli.standard_output import as_text, columns, has_colour, write_out
from emulator.client import AsyncBrowserClient, FetchError
from emulator.client.browser import FetchOptions
from emulator.config.dialects.emulator_yaml import worded
from emulator.config.load import Loaded, load
from emulator.console.lines import Lines
from emulator.deployment import NO_PLACES, Deployment, Frontend
from emulator.errors import EmulatorError
from emulator.findings.review import review
from emulator.functions.invocation import FunctionError, FunctionErrorKind, LogEvent, OutputLine
from emulator.functions.pool import Pool
from emulator.server.code_warnings import failed_to_start
from emulator.testing.in_process import InProcessTransport

ANY_PAGE = "http://localhost:5173"
"""The origin of the page that calls when nothing else is said: where Vite serves one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line. `target` is a URL, or a path of an API of the configuration; `timeout` is in
    seconds; `env_files` are as in config.load."""

    target: str
    origin: str | None
    browser: str
    config: Path
    env_files: tuple[Path, ...]
    api: str | None
    timeout: float
    as_json: bool


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
    url = settings.target
    places = NO_PLACES if deployment is None else deployment.places
    lines = Lines(colour=has_colour(sys.stdout), columns=columns, words=lambda fix: worded(fix, places))
    declared = declared_credentials(deployment, origin, settings)
    if declared is not None and "credentials" not in options and not settings.as_json:
        write_out(lines.note(f"credentials: {declared}, as `frontends` says of {origin}") + "\n")
    options = {"credentials": declared or "same-origin", **options}
    if not in_process or loaded is None or deployment is None:
        async with httpx.AsyncClient(timeout=settings.timeout) as http:
            outcome = await fetched(http, url, origin, settings.browser, options)
        show(settings, outcome, lines, ())
    else:
        apis = numbered(deployment)
        port = chosen_port(apis, settings.api)
        async with in_process_client(deployment, settings, apis) as (http, transport):
            outcome = await fetched(http, f"http://localhost:{port}{url}", origin, settings.browser, options)
        credentials = Credentials(options["credentials"])
        show(settings, outcome, lines, told_by(transport, deployment.frontends, credentials, lines))
        explain(loaded, transport, settings)
    return not isinstance(outcome, FetchError)


def calling_page(deployment: Deployment | None) -> str:
    """Choose the first declared frontend's origin, else ANY_PAGE."""
    frontends = deployment.frontends if deployment is not None else ()
    return frontends[0].origin if frontends else ANY_PAGE


def declared_credentials(deployment: Deployment | None, origin: str, settings: Settings) -> str | None:
    """Return the credentials mode that the frontend of `origin` declares for the API that is called, if it does."""
    if deployment is None:
        return None
    api = called_api(deployment, settings)
    modes = (item.credentials_for(api) for item in deployment.frontends if item.origin == origin)
    return next(modes, None)


def called_api(deployment: Deployment, settings: Settings) -> str | None:
    """Name the API of a /PATH, or of a URL on this machine at a port of the configuration; None for one elsewhere."""
    if settings.target.startswith("/"):
        return settings.api or next((endpoint.api.name for endpoint in deployment.endpoints), None)
    url = parse_url(settings.target)
    if url is None or url.scheme != "http" or not is_loopback(url.host):
        return None
    return next((item.api.name for item in deployment.endpoints if item.port == (url.port or 80)), None)


def numbered(deployment: Deployment) -> dict[int, Api]:
    """Return the APIs by port; one that takes any free port gets a number no other has."""
    free = (port for port in range(49152, 65536) if all(port != endpoint.port for endpoint in deployment.endpoints))
    return {endpoint.port or next(free): endpoint.api for endpoint in deployment.endpoints}


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
    transport = InProcessTransport(apis, pool.invoke, httpx.AsyncHTTPTransport())
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


def told_by(
    transport: InProcessTransport, frontends: tuple[Frontend, ...], credentials: Credentials, lines: Lines
) -> tuple[str, ...]:
    """Make the lines of the last exchange's findings, as it is the one that decided: they know the layer and the file.
    What the browser said stands above them already."""
    if not transport.exchanges:
        return ()
    exchange = transport.exchanges[-1]
    reviewed = review(exchange, frontends, credentials)
    said = reviewed.verdict.message if isinstance(reviewed.verdict, Blocked) else None
    findings = [replace(found, message="") if found.message == said else found for found in reviewed.findings]
    return (*lines.cause(exchange), *(line for finding in findings for line in lines.finding(finding)))


def explain(loaded: Loaded, transport: InProcessTransport, settings: Settings) -> None:
    """Say on standard error why a function did not start, where the files show it."""
    for exchange in transport.exchanges[-1:]:
        result, name = exchange.result, exchange.function
        if isinstance(result, FunctionError) and result.kind is FunctionErrorKind.INIT and name is not None:
            function = loaded.deployment.functions[name]
            for line in failed_to_start(loaded, function, settings.config.resolve().parent, dict(os.environ)):
                click.echo(line, err=True)


def show(settings: Settings, outcome: Outcome, lines: Lines, findings: tuple[str, ...]) -> None:
    """Print everything on standard output, the body last: to a pipe or a file its very bytes."""
    if settings.as_json:
        write_out(f"{report_json(outcome, settings.browser)}\n".encode())
        return
    told = [*report(outcome, settings.browser, lines.styled, says_fix=not findings), *findings, ""]
    write_out("\n".join(told))
    if not isinstance(outcome, FetchError) and outcome.body:
        write_out(f"\n{as_text(outcome.body)}\n" if sys.stdout.isatty() else b"\n" + outcome.body + b"\n")
