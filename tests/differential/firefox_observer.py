"""Runs cases in a real Firefox and notes what its page, its console and the API saw."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marionette_driver.marionette import Marionette

from differential.api_server import ApiServers, run_api_servers
from differential.batches import call_arguments
from differential.cases import CASE_PATH, Answer, Call, Case, Resource
from differential.firefox_console import is_generic, reason, without_echo
from differential.observation import Observation, outcome_from_json
from real_browsers.firefox import open_firefox

SCRIPT_TIMEOUT = 600
# For some tenths of a second a fresh document in Firefox does not find the preflight results it has just cached.
WARMING_ROUNDS = 8

LISTEN = """
const messages = [];
Services.console.registerListener({ observe(message) {
  if (message instanceof Ci.nsIScriptError && message.category.startsWith("CORS")) {
    messages.push(message.errorMessage);
  }
}});
globalThis.corsMessages = messages;
"""
TAKE = "return globalThis.corsMessages.splice(0);"
# The console hears of a call a little after the page does.
RUN = """
const [batch, done] = arguments;
window.runBatch(batch).then((results) => setTimeout(() => done(results), 100));
"""


class FirefoxObserver:
    """One Firefox and its API servers. `version` is the product's own string."""

    # The preflight cache holds 100 entries (netwerk/protocol/http/nsCORSListenerProxy.cpp); a sequence makes up to
    # four, and must find them again after it has slept.
    sequences_in_flight = 12

    def __init__(self, marionette: Marionette, servers: ApiServers) -> None:
        self._marionette = marionette
        self._servers = servers
        self.origins = servers.origins
        capabilities = marionette.session_capabilities
        self.version = f"Firefox/{capabilities['browserVersion']}"
        marionette.timeout.script = SCRIPT_TIMEOUT
        with marionette.using_context("chrome"):
            marionette.execute_script(LISTEN, sandbox="system", new_sandbox=False)
        marionette.navigate(f"{self.origins.by_name['page']}/page.html")
        for index in range(WARMING_ROUNDS):
            self.observe(_warming_cases(index), in_flight=1)

    def observe(self, cases: Sequence[Case], in_flight: int) -> list[Observation]:
        """One batch, `in_flight` cases at a time."""
        self._servers.add(cases)
        with self._marionette.using_context("chrome"):
            self._marionette.execute_script("Services.cookies.removeAll();", sandbox="system", new_sandbox=False)
        arguments = call_arguments(cases, self.origins, in_flight)
        results = self._marionette.execute_async_script(RUN, script_args=(arguments,), sandbox=None)
        with self._marionette.using_context("chrome"):
            messages = self._marionette.execute_script(TAKE, sandbox="system", new_sandbox=False)
        texts = _texts_by_case(messages)
        observations = []
        for case in cases:
            requests = self._servers.take(case)
            outcomes = tuple(outcome_from_json(item) for item in results[case.path])
            lines = without_echo(texts.get(case.path, []))
            observations.append(Observation(outcomes, requests, tuple(reason(line) for line in lines), tuple(lines)))
        return observations


def _warming_cases(index: int) -> list[Case]:
    """One for the page and one for the sandboxed frame: calls that are preflighted."""
    allowing = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT"))
    resource = Resource("a", (Answer(204, allowing),), (Answer(200, allowing),))
    calls = (Call(method="PUT"),) * 3
    return [Case("warming", opaque, index, (resource,), calls, bool(opaque)) for opaque in (0, 1)]


def _texts_by_case(messages: list[str]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for text in messages:
        path = CASE_PATH.search(text)
        if path and not is_generic(text):
            texts.setdefault(path[0], []).append(text)
    return texts


@contextmanager
def firefox_observer(binary: Path) -> Iterator[FirefoxObserver]:
    with run_api_servers(ApiServers) as servers, open_firefox(binary) as marionette:
        yield FirefoxObserver(marionette, servers)
