"""Runs cases in a real Chromium and notes what its page, its DevTools and the API saw."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from differential.api_server import ApiServers, run_api_servers
from differential.batches import call_arguments
from differential.cases import CASE_PATH, Case
from differential.observation import Observation, outcome_from_json
from real_browsers.chromium import open_chromium

SETTLING = 60
"""Milliseconds in which, twice in a row, no further report of a batch arrives when all of them have."""


class ChromiumObserver:
    """One Chromium and its API servers. `version` is the product's own string."""

    sequences_in_flight = 60

    def __init__(self, page: Page, servers: ApiServers) -> None:
        self._page = page
        self.servers = servers
        self.origins = servers.origins
        self._errors: dict[str, list[str]] = {}
        self._texts: dict[str, list[str]] = {}
        page.goto(f"{self.origins.by_name['page']}/page.html")
        # The sandboxed frame is in a process of its own and reports to a DevTools session of its own.
        sessions = [page.context.new_cdp_session(target) for target in (page, page.frames[1])]
        for session in sessions:
            session.on("Audits.issueAdded", self._note_issue)
            session.on("Log.entryAdded", self._note_text)
            session.send("Audits.enable")
            session.send("Log.enable")
        self._devtools = sessions[0]
        self.version = str(self._devtools.send("Browser.getVersion")["product"])

    def observe(self, cases: Sequence[Case], in_flight: int) -> list[Observation]:
        """One batch, `in_flight` cases at a time."""
        self.servers.add(cases)
        # The preflight cache drops entries at random when it holds 1024 (services/network/cors/preflight_cache.cc).
        self._devtools.send("Network.clearBrowserCache")
        self._devtools.send("Network.clearBrowserCookies")
        results = self._page.evaluate("(batch) => runBatch(batch)", call_arguments(cases, self.origins, in_flight))
        self._settle()
        observations = []
        for case in cases:
            requests = self.servers.take(case)
            outcomes = tuple(outcome_from_json(item) for item in results[case.path])
            errors = tuple(self._errors.pop(case.path, ()))
            texts = tuple(self._texts.pop(case.path, ()))
            observations.append(Observation(outcomes, requests, errors, texts))
        return observations

    def _settle(self) -> None:
        """Wait for reports that are still on their way; a machine that is busy takes its time to ask for them, too."""
        seen, quiet = self._reports, 0
        while quiet < 2:
            self._page.wait_for_timeout(SETTLING)
            self._page.evaluate("0")
            quiet = quiet + 1 if self._reports == seen else 0
            seen = self._reports

    @property
    def _reports(self) -> int:
        return sum(map(len, (*self._errors.values(), *self._texts.values())))

    def _note_issue(self, event: dict[str, Any]) -> None:
        details = event["issue"]["details"].get("corsIssueDetails")
        if details is not None and not details["isWarning"]:
            _note(self._errors, details["request"]["url"], details["corsErrorStatus"]["corsError"])

    def _note_text(self, event: dict[str, Any]) -> None:
        entry = event["entry"]
        if entry["source"] == "javascript" and entry.get("category") == "cors":
            _note(self._texts, entry["text"], entry["text"])


def _note(by_path: dict[str, list[str]], mentioning: str, report: str) -> None:
    # A redirect may lead out of every case's path; what is said of that place belongs to none.
    path = CASE_PATH.search(mentioning)
    if path is not None:
        by_path.setdefault(path[0], []).append(report)


@contextmanager
def chromium_observer(binary: Path, kind: type[ApiServers] = ApiServers) -> Iterator[ChromiumObserver]:
    with run_api_servers(kind) as servers, open_chromium(binary) as context:
        yield ChromiumObserver(context.pages[0], servers)
