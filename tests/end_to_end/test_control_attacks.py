"""Who gets at what the control port tells: real pages of Chromium that try, and, as the control, those that may."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext

from real_browsers.chromium import open_chromium
from serving.emulate import Served, get, serve, until
from serving.pages import BLANK, development_server

pytestmark = pytest.mark.browser

SECRET = "only-the-control-port-tells"

READ = """async (base) => {
    const told = {};
    const soon = (promise) => Promise.race([promise, new Promise((settle) => setTimeout(settle, 20000, "no answer"))]);
    const attempt = async (name, how) => {
        try { told[name] = `${await soon(how())}`; } catch (error) { told[name] = `${error}`; }
    };
    const text = async (path, options) => {
        const response = await fetch(base + path, options);
        return `${response.type}: ${await response.text()}`;
    };
    const loads = (name, attributes) => new Promise((settle) => {
        const element = document.createElement(name);
        element.onload = () => settle("loaded");
        element.onerror = () => settle("error");
        Object.assign(element, attributes);
        document.body.appendChild(element);
    });
    const streams = (options) => new Promise((settle) => {
        const events = new EventSource(`${base}/events`, options);
        events.onopen = () => { events.close(); settle("open"); };
        events.onerror = () => { events.close(); settle("error"); };
    });
    const opens = (path) => new Promise((settle) => {
        const socket = new WebSocket(base.replace("http", "ws") + path);
        socket.onopen = () => settle("open");
        socket.onmessage = (event) => settle(event.data);
        socket.onerror = () => settle("error");
    });
    for (const path of ["/health", "/exchanges", "/exchanges/ID"]) {
        await attempt(`fetch ${path}`, () => text(path));
        await attempt(`credentials ${path}`, () => text(path, { credentials: "include" }));
        await attempt(`no-cors ${path}`, () => text(path, { mode: "no-cors" }));
        await attempt(`preflighted ${path}`, () => text(path, { headers: { "X-Mine": "1" } }));
        await attempt(`script ${path}`, () => loads("script", { src: base + path }));
    }
    for (const method of ["POST", "PUT"]) {
        await attempt(method, () => text("/health", { method }));
    }
    await attempt("no-cors stream", () => text("/events", { mode: "no-cors" }));
    await attempt("cache", async () => {
        const cache = await caches.open("mine");
        const request = new Request(`${base}/health`, { mode: "no-cors" });
        await cache.put(request, await fetch(request));
        return (await cache.match(request)).text();
    });
    await attempt("style", () => loads("link", { rel: "stylesheet", href: `${base}/health` }));
    await attempt("image", () => loads("img", { src: `${base}/health` }));
    await attempt("frame", async () => {
        const frame = document.createElement("iframe");
        frame.src = `${base}/health`;
        await new Promise((settle) => { frame.onload = settle; document.body.appendChild(frame); });
        return frame.contentDocument.documentElement.innerText;
    });
    await attempt("EventSource", () => streams({}));
    await attempt("EventSource with credentials", () => streams({ withCredentials: true }));
    for (const path of ["/", "/events", "/health"]) {
        await attempt(`WebSocket ${path}`, () => opens(path));
    }
    return told;
}"""

OPENING = "open"


@dataclass(frozen=True)
class Controlled:
    """`emulate serve`, its control port, and a page that is declared beside one that is not."""

    served: Served
    control: str
    declared: str
    foreign: str

    def arm(self) -> str:
        """Have something to be stolen; the id of the exchange."""
        get(f"{self.served.urls['shop']}/{SECRET}")
        first, *_ = until(lambda: get(f"{self.control}/exchanges").json(), bool)
        assert SECRET in first["request"]["path"]
        return str(first["request_id"])


@pytest.fixture(scope="module")
def controlled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Controlled]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "app.py").write_text("def handler(event, context):\n    return 'hello'\n")
    with development_server() as declared, development_server() as foreign:
        origin = f"http://localhost:{declared.server_port}"
        (folder / "emulator.yaml").write_text(
            "apis: {shop: {type: http, port: 0, routes: {$default: f}}}\nfunctions: {f: {handler: app.handler}}\n"
            f"frontends: [{{origin: 'https://shop.example.com', dev: '{origin}'}}, {{origin: 'null'}}]\n"
        )
        with serve(folder, "--control-port", "0") as served:
            lines = served.console.splitlines()
            control = next(line.split()[1] for line in lines if line.startswith("  control"))
            yield Controlled(served, control, origin, f"http://localhost:{foreign.server_port}")


@pytest.fixture(scope="module")
def browser(chromium_binary: Path) -> Iterator[BrowserContext]:
    """One whose attackers point their names here, and that does not stop pages of the web from asking this machine, as
    others do not."""
    flags = ("--host-resolver-rules=MAP *.example 127.0.0.1", "--disable-features=LocalNetworkAccessChecks")
    with open_chromium(chromium_binary, *flags) as context:
        yield context


@contextlib.contextmanager
def at(browser: BrowserContext, url: str, *, invented: bool = False) -> Iterator[Any]:
    """A page at this URL; an `invented` one is as an attacker's server had answered before its name moved on."""
    page = browser.new_page()
    try:
        if invented:
            page.route(url, lambda route: route.fulfill(body=BLANK.decode(), content_type="text/html"))
        page.goto(url)
        yield page
    finally:
        page.close()


def attacks(page: Any, control: str, identity: str) -> dict[str, str]:
    told: dict[str, str] = page.evaluate(READ.replace("/exchanges/ID", f"/exchanges/{identity}"), control)
    assert len(told) > 20
    return told


def stolen(told: dict[str, str]) -> dict[str, str]:
    """What an attacker has learnt; an error, an opaque response and nothing are no news to it. JSON in an `innerText`
    that says no more than that it was refused is none either, but for a page whose own name was refused."""
    signs = (SECRET, '"status"', "folder", "open", "loaded", "cors:", "basic:")
    return {name: text for name, text in told.items() if any(sign in text for sign in signs)}


HOSTS = ["localhost", "127.0.0.1"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_page_reads_nothing(controlled: Controlled, browser: BrowserContext, host: str) -> None:
    identity = controlled.arm()
    with at(browser, f"{controlled.foreign}/") as page:
        control = controlled.control.replace("127.0.0.1", host)
        assert stolen(attacks(page, control, identity)) == {}


def test_a_page_of_the_web_reads_nothing(controlled: Controlled, browser: BrowserContext) -> None:
    identity = controlled.arm()
    with at(browser, "http://attacker.example/", invented=True) as page:
        assert stolen(attacks(page, controlled.control, identity)) == {}


def test_a_page_of_an_api_reads_nothing(controlled: Controlled, browser: BrowserContext) -> None:
    identity = controlled.arm()
    with at(browser, f"{controlled.served.urls['shop']}/page") as page:
        assert stolen(attacks(page, controlled.control, identity)) == {}


def test_a_sandboxed_frame_reads_nothing(controlled: Controlled, browser: BrowserContext) -> None:
    """Of the declared page's own address, and though `null` is a frontend: every site can have that origin."""
    controlled.arm()
    with at(browser, f"{controlled.declared}/") as page:
        read = f"fetch('{controlled.control}/health').then((r) => r.text()).then(tell, () => tell('blocked'))"
        source = f"<script>const tell = (text) => parent.postMessage(text, '*'); {read}</script>"
        told = page.evaluate(
            """(srcdoc) => new Promise((settle) => {
                addEventListener("message", (event) => settle(event.data));
                const frame = Object.assign(document.createElement("iframe"), { sandbox: "allow-scripts", srcdoc });
                document.body.appendChild(frame);
            })""",
            source,
        )
        assert told == "blocked"


def test_dns_rebinding_reads_nothing(controlled: Controlled, browser: BrowserContext) -> None:
    """Its page is of the control port's own origin, as far as the browser knows."""
    identity = controlled.arm()
    port = httpx.URL(controlled.control).port
    base = f"http://rebound.example:{port}"
    with at(browser, f"{base}/page", invented=True) as page:
        told = attacks(page, base, identity)
    refused = [text for name, text in told.items() if name.startswith(("fetch", "credentials", "no-cors /"))]
    assert len(refused) == 9
    for text in refused:
        assert "emulate does not answer for the host 'rebound.example'" in text, "it is asked, and refuses"
    assert not [text for text in told.values() if SECRET in text or "folder" in text or text == OPENING]


def test_pages_of_a_frontend_and_its_own_read_all(controlled: Controlled, browser: BrowserContext) -> None:
    """The control: what the attacks send is answered to those who may ask."""
    identity = controlled.arm()
    own = f"{controlled.control}/page"
    pages = [(f"{controlled.declared}/", False), ("https://shop.example.com/", True), (own, True)]
    for url, invented in pages:
        with at(browser, url, invented=invented) as page:
            told = attacks(page, controlled.control, identity)
        assert '"status":"ready"' in told["fetch /health"], url
        assert SECRET in told["fetch /exchanges"], url
        assert SECRET in told[f"fetch /exchanges/{identity}"], url
        assert told["EventSource"] == OPENING, url
        assert not any(text == OPENING for name, text in told.items() if name.startswith("WebSocket"))
