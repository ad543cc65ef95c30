"""Pages of any origin in real Chromium, whose calls are made as a check makes them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Frame, Page, Route

from emulator.browser.call import Call
from real_browsers.chromium import open_chromium

FETCH = """async ([url, init]) => {
    try { await (await fetch(url, init)).arrayBuffer(); return "allowed"; } catch { return "rejected"; }
}"""
LOCAL = ["localNetworkAccess", "localNetwork", "loopbackNetwork"]
"""What Chromium asks the user first, before CORS: whether pages from elsewhere may call this machine."""

ROUND_TRIPS = 100
"""How often Chromium is asked for the reason of a failure, which it may tell after the page."""


@dataclass
class OpenPage:
    """A page, and the CORS errors that Chromium's DevTools protocol told of its calls."""

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
        self.errors.clear()
        came: str = self.page.evaluate(script, argument)
        for _ in range(1 if came == "allowed" else ROUND_TRIPS):
            self.session.send("Network.getCookies")  # answers after the events that were sent before it
            if self.errors:
                return self.errors[0]
        return came


@contextmanager
def chromium_pages(binary: Path, origins: Iterable[str]) -> Iterator[dict[str, OpenPage]]:
    """Open a page of each origin. No server need answer there: an empty document stands in for it."""
    with open_chromium(binary) as context:
        yield {origin: opened(context, origin) for origin in origins}


def opened(context: BrowserContext, origin: str) -> OpenPage:
    """Open a page of an origin, where an empty document is."""
    page = context.new_page()

    def answer(route: Route) -> None:
        if route.request.url.startswith(f"{origin}/"):
            route.fulfill(body="<title>page</title>", content_type="text/html")
        else:
            route.abort()  # Chromium tries https first where http is asked for

    page.route("**/*", answer)
    page.goto(f"{origin}/")
    page.unroute_all()  # while requests are routed, Playwright answers preflights itself
    assert page.evaluate("self.origin") == origin
    return watched(page, context)


def watched(page: Page | Frame, context: BrowserContext) -> OpenPage:
    """Listen to what Chromium tells of the calls of a page, or of a frame that has a process of its own."""
    shown = OpenPage(page, context.new_cdp_session(page))

    def failed(event: dict[str, Any]) -> None:
        if "corsErrorStatus" in event:
            shown.errors.append(event["corsErrorStatus"]["corsError"])

    shown.session.on("Network.loadingFailed", failed)
    shown.session.send("Network.enable")
    if isinstance(page, Page):
        shown.session.send("Browser.grantPermissions", {"permissions": LOCAL})
    return shown
