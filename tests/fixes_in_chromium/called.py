"""The call of an example as a page in real Chromium makes it, or why no page of Chromium can."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from check_differential.chromium_pages import OpenPage, opened, watched
from emulator.browser.request import is_forbidden_request_header
from emulator.browser.url import parse_url
from emulator.findings.resources import called_method
from emulator.messages import Request
from findings.applied import Situation
from findings.examples import PAGE
from real_browsers.chromium import open_chromium

CALL = """([url, { body, ...init }]) => {
    if (body) init.body = body.times ? body.byte.repeat(body.times) : new Uint8Array(body);
    return fetch(url, { ...init, cache: "no-store" }).then(
        async response => { await response.arrayBuffer(); return "allowed"; }).catch(() => "rejected");
}"""
FRAME = """() => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = "<title>frame</title>";
    frame.onload = () => done();
    document.body.append(frame);
})"""

ANYWHERE = "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades"
"""Lets pages of plain http elsewhere be there, and call this machine: that comes before CORS, which is asked here."""

MANY = 100_000
"""Bytes of a body that are not listed one by one."""


@dataclass(frozen=True)
class PageCall:
    """A call: of which page, and what it is made of (CALL)."""

    origin: str
    url: str
    init: dict[str, Any]


def call_of(now: Situation) -> PageCall | str:
    """The call that led to the request of a situation, or why no page of Chromium makes it."""
    request, method = now.request, called_method(now.request)
    mode = request.header("sec-fetch-mode") or "cors"
    origin = request.dev_origin or request.origin or (PAGE if mode == "no-cors" else None)
    if request.is_websocket_handshake:
        return "it is no call"
    if request.is_proxied or origin is None:
        return "its page is of the API's own origin"
    url = parse_url(origin)
    if origin != "null" and (url is None or not url.is_http):
        return "Chromium has no page of this origin"
    if request.body and method in ("GET", "HEAD"):
        return "fetch takes no body with GET"
    init = {
        "method": method,
        "headers": [[name, value] for name, value in headers_of(request)],
        "body": body_of(request.body),
        "mode": mode,
        "credentials": now.credentials,
    }
    return PageCall(origin, f"http://{request.host}{request.target}", init)


def headers_of(request: Request) -> Iterator[tuple[str, str]]:
    """The headers that the page sets: of a preflight those it asks for."""
    if request.is_preflight:
        for name in filter(None, (request.header("access-control-request-headers") or "").split(",")):
            yield name.strip(), "application/json" if name.strip().lower() == "content-type" else "1"
        return
    for name, value in request.headers:
        if not is_forbidden_request_header(name, value):
            yield name, value


def body_of(body: bytes) -> list[int] | dict[str, Any] | None:
    if len(body) < MANY:
        return list(body) or None
    assert len({*body}) == 1
    return {"byte": chr(body[0]), "times": len(body)}


class Pages:
    """Pages of any origin, each opened when it is asked for first."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._open: dict[str, OpenPage] = {}

    def outcome(self, call: PageCall) -> str:
        """ "allowed", the name of Chromium's CORS error, or "rejected" for a call that fails otherwise."""
        page = self._of(call.origin)
        page.session.send("Network.clearBrowserCache")  # where Chromium keeps what preflights allow
        return page.outcome_of(CALL, [call.url, call.init])

    def _of(self, origin: str) -> OpenPage:
        if origin not in self._open:
            self._open[origin] = self._sandboxed() if origin == "null" else opened(self._context, origin)
        return self._open[origin]

    def _sandboxed(self) -> OpenPage:
        page = opened(self._context, PAGE).page
        page.evaluate(FRAME)
        (frame,) = page.child_frames if hasattr(page, "child_frames") else page.main_frame.child_frames
        assert frame.evaluate("self.origin") == "null"
        return watched(frame, self._context)


@contextmanager
def pages(binary: Path) -> Iterator[Pages]:
    with open_chromium(binary, ANYWHERE) as context:
        yield Pages(context)
