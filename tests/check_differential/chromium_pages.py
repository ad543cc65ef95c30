"""Pages of any origin in real Chromium, whose calls are made as a check makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Frame, Page, Route

from emulator.browser.call import Call
from emulator.browser.origin import OPAQUE
from real_browsers.chromium import open_chromium

FETCH = """async ([url, init]) => {
    try { await (await fetch(url, init)).arrayBuffer(); return "allowed"; } catch { return "rejected"; }
}"""
SANDBOXED = """() => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = "<title>frame</title>";
    frame.onload = () => done();
    document.body.append(frame);
})"""
ANYWHERE = "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades"
"""Lets pages from elsewhere call this machine, and come over plain http: what Chromium has against that comes before
CORS, which is what is asked of it here."""

ROUND_TRIPS = 100
"""How often Chromium is asked for the reason of a failure, which it may tell after the page."""


@dataclass
class OpenPage:
    """A page, or a frame that has a process of its own, and the CORS errors that Chromium's DevTools protocol told of
    its calls."""

    page: Page | Frame
    session: CDPSession
    errors: list[str] = field(default_factory=list)

    def outcome(self, call: Call) -> str:
        """ "allowed", the name of the CORS error, or "rejected" for a call that fails otherwise."""
        init: dict[str, Any] = {"method": call.method, "headers": [*map(list, call.headers)]}
        init |= {"credentials": call.credentials.value, "cache": "no-store"}
        return self.outcome_of(FETCH, [call.url, init if call.body is None else {**init, "body": call.body}])

    def outcome_of(self, script: str, argument: Any) -> str:
        """The outcome of a call that a script makes, which says "allowed" or "rejected" of it."""
        self.session.send("Network.clearBrowserCookies")
        self.session.send("Network.clearBrowserCache")  # where Chromium keeps what preflights allow
        self.errors.clear()
        came: str = self.page.evaluate(script, argument)
        for _ in range(1 if came == "allowed" else ROUND_TRIPS):
            self.session.send("Network.getCookies")  # answers after the events that were sent before it
            if self.errors:
                return self.errors[0]
        return came


class ChromiumPages:
    """Pages of any origin, each opened when it is asked for first; the opaque one is a sandboxed frame's."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._open: dict[str, OpenPage] = {}

    def of(self, origin: str) -> OpenPage:
        if origin not in self._open:
            self._open[origin] = self._watched(self._frame() if origin == OPAQUE else self._page(origin))
        return self._open[origin]

    def _page(self, origin: str) -> Page:
        """No server need answer there: an empty document stands in for it."""
        page = self._context.new_page()

        def answer(route: Route) -> None:
            if route.request.url.startswith(f"{origin}/"):
                route.fulfill(body="<!doctype html><title>page</title>", content_type="text/html")
            else:
                route.abort()

        page.route("**/*", answer)
        page.goto(f"{origin}/")
        page.unroute_all()  # while requests are routed, Playwright answers preflights itself
        assert page.evaluate("self.origin") == origin
        return page

    def _frame(self) -> Frame:
        page = self._page("http://localhost")
        page.evaluate(SANDBOXED)
        (frame,) = page.main_frame.child_frames
        assert frame.evaluate("self.origin") == OPAQUE
        return frame

    def _watched(self, page: Page | Frame) -> OpenPage:
        opened = OpenPage(page, self._context.new_cdp_session(page))

        def failed(event: dict[str, Any]) -> None:
            if "corsErrorStatus" in event:
                opened.errors.append(event["corsErrorStatus"]["corsError"])

        opened.session.on("Network.loadingFailed", failed)
        opened.session.send("Network.enable")
        return opened


@contextmanager
def chromium_pages(binary: Path) -> Iterator[ChromiumPages]:
    with open_chromium(binary, ANYWHERE) as context:
        yield ChromiumPages(context)
