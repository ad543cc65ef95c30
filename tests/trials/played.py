"""A trial served in this process and called as a page would: the preflight, then the call, through the model of
Chromium; and everything that `emulate` says of it, as `emulate fetch` says it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import httpx

from emulator.browser.modes import Credentials
from emulator.client import AsyncBrowserClient, BrowserResponse, FetchError
from emulator.config.dialects.emulator_yaml import place_of, worded
from emulator.config.load import Loaded, load
from emulator.deployment import Place
from emulator.errors import ConfigError, Problem
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Severity
from emulator.findings.of_call import findings_of_call
from emulator.findings.origin_reads import with_origin_read
from emulator.functions.code_look import origin_reads
from emulator.testing.in_process import InProcessTransport
from trials.live import live
from trials.trial import CONFIGURATION, Call, Trial

TROUBLE = frozenset({Severity.ERROR, Severity.WARNING})


@dataclass(frozen=True)
class Told:
    """A finding on one of the call's exchanges: as it is printed, and where its first change is made."""

    finding: Finding
    fix: str
    place: Place | None

    @property
    def is_trouble(self) -> bool:
        return self.finding.severity in TROUBLE


@dataclass(frozen=True)
class Played:
    """`response` is what the page reads, None where its `fetch` rejects, or reading the body does. `problems` is what
    was said of the configuration, before anything was served."""

    response: BrowserResponse | None = None
    told: tuple[Told, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_refused: bool = False

    @property
    def status(self) -> int | None:
        return None if self.response is None else self.response.status

    @property
    def first(self) -> Told:
        """What is said first."""
        assert self.told, "nothing is said"
        return self.told[0]

    @property
    def trouble(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.is_trouble)


def play(trial: Trial, folder: Path) -> Played:
    """Serve it from `folder`, where its files are written anew."""
    trial.write(folder)
    try:
        loaded = load(folder / CONFIGURATION)
    except ConfigError as error:
        return Played(problems=error.problems, is_refused=True)
    response, exchanges = asyncio.run(_called(trial, loaded, folder))
    return Played(response, tuple(_told(loaded, exchanges, trial.call)), loaded.warnings)


async def _called(trial: Trial, loaded: Loaded, folder: Path) -> tuple[BrowserResponse | None, list[Exchange]]:
    apis = {50000 + index: endpoint.api for index, endpoint in enumerate(loaded.deployment.endpoints)}
    port = next(port for port, api in apis.items() if api.name == trial.call.api)
    transport = InProcessTransport(apis, live(trial.files), httpx.AsyncHTTPTransport(verify=False))
    async with httpx.AsyncClient(transport=transport) as http:
        response = await _fetched(AsyncBrowserClient(trial.call.origin, http=http), trial.call, port)
    reads = origin_reads(loaded.deployment.functions, folder, {})
    return response, [with_origin_read(exchange, reads) for exchange in transport.exchanges]


async def _fetched(browser: AsyncBrowserClient, call: Call, port: int) -> BrowserResponse | None:
    try:
        return await browser.fetch(
            f"http://localhost:{port}{call.path}",
            method=call.method,
            headers=[*call.headers.items()],
            body=call.body,
            credentials=call.credentials,
        )
    except FetchError:
        return None


def _told(loaded: Loaded, exchanges: list[Exchange], call: Call) -> list[Told]:
    frontends, places = loaded.deployment.frontends, loaded.deployment.places
    found = [one.finding for one in findings_of_call(exchanges, frontends, Credentials(call.credentials))]
    return [Told(finding, worded(finding.fix, places), _first_place(finding, loaded)) for finding in found]


def _first_place(finding: Finding, loaded: Loaded) -> Place | None:
    return place_of(finding.fix.changes[0], loaded.deployment.places) if finding.fix.changes else None
