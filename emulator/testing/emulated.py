"""What a test has of the emulator: APIs to call, pages that call them, and what was found in the calls."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

import httpx

from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.client.browser import BrowserClient, FetchOptions
from emulator.client.errors import FetchError
from emulator.client.response import BrowserResponse
from emulator.config.dialects.emulator_yaml import placed
from emulator.console.lines import Lines
from emulator.deployment import root_of, url_of
from emulator.exchange import Exchange
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.findings.finding import Severity
from emulator.findings.of_call import FoundIn, findings_of_call
from emulator.findings.origin_reads import with_origin_read
from emulator.findings.other_answers import OtherAnswers
from emulator.testing.running import BlockingTransport, Running


@dataclass(frozen=True, slots=True)
class Kept:
    """An exchange, and the credentials mode that its page called with, None where no page did."""

    exchange: Exchange
    credentials: Credentials | None


class Page(BrowserClient):
    """A page of `origin` in a browser of its own, with its own cookies and preflight cache. `credentials` is the mode
    of calls that name none; without it the configuration's `frontends` decide, else it is same-origin."""

    def __init__(self, emulated: "Emulated", origin: str, profile: str, credentials: str | None) -> None:
        super().__init__(origin, profile, emulated.open(self._keep))
        self._emulated = emulated
        self._origin = origin
        self._credentials = credentials
        self._mode = Credentials.SAME_ORIGIN

    def fetch(self, url: str, **options: Unpack[FetchOptions]) -> BrowserResponse:
        """Call `fetch` as the page: return what JavaScript would see. Raises FetchError where it would get a TypeError,
        with what is to be mended in its notes, and ValueError for a mode that does not exist."""
        __tracebackhide__ = True
        declared = (
            self._credentials or self._emulated.declared_credentials(self._origin, url) or Credentials.SAME_ORIGIN
        )
        named: FetchOptions = {"credentials": declared, **options}
        self._mode, began = Credentials(named["credentials"]), len(self._emulated.kept)
        try:
            return super().fetch(url, **named)
        except FetchError as failed:
            for line in self._emulated.explained(self._emulated.kept[began:]):
                failed.add_note(line)
            raise failed.with_traceback(None) from failed.__cause__  # what is below is ours, and no news

    def _keep(self, exchange: Exchange) -> None:
        self._emulated.keep(exchange, self._mode)


class Emulated:
    """The APIs of a configuration as one test calls them, in this process and with live functions. `urls` are theirs by
    name, their stages included, and those of custom domain names; `http` is a client that is no browser. Every call is
    kept, for `findings`."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._clients: list[httpx.Client] = []
        self.kept: list[Kept] = []
        apis = {api.name: url_of(api, port) for port, api in running.apis.items()}
        domains = {domain.name: root_of(port) for port, domain in running.domains.items()}
        self.urls: Mapping[str, str] = {**apis, **{name: url for name, url in domains.items() if name not in apis}}
        self.http = self.open(lambda exchange: self.keep(exchange, None))

    def keep(self, exchange: Exchange, credentials: Credentials | None) -> None:
        """Keep an exchange, with what the function's code tells of it and the mode that its page called with."""
        self.kept.append(Kept(with_origin_read(exchange, self._running.origin_reads), credentials))

    def open(self, kept: Callable[[Exchange], None]) -> httpx.Client:
        """Open an httpx client to the APIs, which is closed with all others; `kept` gets its exchanges."""
        client = httpx.Client(transport=BlockingTransport(self._running, kept), trust_env=False)
        self._clients.append(client)
        return client

    def url(self, path: str = "", api: str | None = None) -> str:
        """Make the URL of a path below the stage of an API, the first when none is named. Raises LookupError, with the
        names there are, for one that is not there."""
        name = next(iter(self.urls)) if api is None else api
        if name not in self.urls:
            raise LookupError(f"there is no API {name!r}; the configuration has {', '.join(self.urls)}")
        return f"{self.urls[name]}{path}"

    def browser(self, origin: str, credentials: str | None = None, profile: str = "chromium") -> Page:
        """Open a page of `origin` in a browser: chromium, firefox, webkit or spec. Raises ValueError for an origin or a
        profile that does not exist."""
        return Page(self, origin, profile, credentials)

    def declared_credentials(self, origin: str, url: str) -> str | None:
        """Return the mode that a declared frontend of this origin, or dev origin, calls the URL's API with."""
        api = self._api_of(url)
        frontends = self._running.deployment.frontends
        name = None if api is None else api.name
        modes = (one.credentials_for(name) for one in frontends if origin in (one.origin, *one.dev))
        return next(modes, None)

    def _api_of(self, url: str) -> Api | None:
        try:
            return self._running.in_process().api_of(httpx.URL(url))
        except httpx.InvalidURL:
            return None  # the browser says so

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every request to an API so far, with its answer."""
        return tuple(kept.exchange for kept in self.kept)

    @property
    def findings(self) -> tuple[FoundIn, ...]:
        """What was found in the calls so far, each finding of an API once, with the exchange it was first found in."""
        found: dict[object, FoundIn] = {}
        answers, preflights, frontends = OtherAnswers(), EarlierPreflights(), self._running.deployment.frontends
        for kept in self.kept:
            exchange = preflights.with_preflight(kept.exchange)
            for one in findings_of_call((exchange,), frontends, kept.credentials, answers):
                found.setdefault((one.exchange.api.name, one.finding.name, one.finding.fix), one)
        return tuple(found.values())

    def assert_no_findings(self, allow: Collection[str] = ()) -> None:
        """Raise AssertionError, with what was found and how it is mended, for errors and warnings but those whose names
        `allow` has."""
        __tracebackhide__ = True
        found = [one for one in self.findings if one.finding.severity is not Severity.NOTE]
        told = self._told(one for one in found if one.finding.name not in allow)
        if told:
            raise AssertionError("\n".join(["a browser's page would meet:", *told]))

    def explained(self, call: Sequence[Kept]) -> list[str]:
        """Make the lines of what is to be mended for one call of a page to pass; `call` is all that was kept of it."""
        if not call:
            return []
        exchanges = [kept.exchange for kept in call]
        found = findings_of_call(exchanges, self._running.deployment.frontends, call[0].credentials)
        return self._told(one for one in found if one.finding.severity is Severity.ERROR)

    def _told(self, found: Iterable[FoundIn]) -> list[str]:
        lines = Lines(colour=False, words=lambda fix: placed(fix, self._running.deployment.places), indent="  ")
        told: list[str] = []
        for one in found:
            request = one.exchange.request
            told += [f"{one.exchange.api.name} {request.method} {request.raw_path}", *lines.finding(one.finding)]
        return told

    def close(self) -> None:
        """Close the clients; the functions stay warm for the next test."""
        for client in self._clients:
            client.close()
