"""The Vite plugin in real Chromium: what `emulate serve` finds is shown in the page, and goes when it is mended."""

import contextlib
import http.client
import http.server
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from real_browsers.chromium import LIMIT, open_chromium
from serving.emulate import Served, serve, until
from serving.ports import free_ports
from serving.spa import development_server, installed, vite, with_environ
from vite_plugin.app import HANDLERS, HOSTILE, written

pytestmark = pytest.mark.browser

FETCH = """([url, init]) => fetch(url, init).then((answer) => `${answer.status}`, (error) => `${error}`)"""
FAILED = "TypeError: Failed to fetch"
expect.set_options(timeout=LIMIT)


@dataclass
class Running:
    """Vite, the emulator beside it, which can be started anew, and a page of Chromium."""

    folder: Path
    origin: str
    urls: dict[str, str]
    control: int
    vite: Served
    page: Page
    opened: contextlib.ExitStack
    served: Served | None = None

    def start(self) -> None:
        self.served = self.opened.enter_context(serve(self.folder, "--control-port", str(self.control)))

    def stop(self) -> None:
        assert self.served is not None
        self.served.stop()

    @property
    def overlay(self) -> Locator:
        return self.page.locator("emulate-overlay")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def call(self, api: str, path: str, **init: str) -> str:
        return str(self.page.evaluate(FETCH, [self.urls[api] + path, init]))

    def save(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def mended(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text
        self.save(name, text.replace(old, new))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, chromium_binary: Path) -> Iterator[Running]:
    """Vite first, and the emulator when the first test asks for it."""
    port, control, shop, own = free_ports(4)
    origin = f"http://localhost:{port}"
    folder = written(tmp_path_factory.mktemp("app"), origin, shop, own)
    editor = folder / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s " "$@" > "{folder}/edited"\n')
    editor.chmod(0o755)
    environ = {"EMULATE_CONTROL_URL": f"http://127.0.0.1:{control}", "LAUNCH_EDITOR": str(editor)}
    urls = {"shop": f"http://localhost:{shop}", "own": f"http://localhost:{own}/dev"}
    with contextlib.ExitStack() as opened:
        server = opened.enter_context(development_server(folder, port, environ))
        page = opened.enter_context(open_chromium(chromium_binary)).new_page()
        yield Running(folder, origin, urls, control, server, page, opened)


@pytest.fixture
def app(running: Running) -> Running:
    """The page opened anew, with the emulator beside it."""
    running.page.goto(running.origin)
    if running.served is None:
        expect(running.overlay).to_have_count(0)  # and nothing breaks without an emulator
        running.start()
    until(lambda: running.call("shop", "/items"), lambda said: said == "200")
    return running


def test_a_blocked_call_is_shown_and_goes_when_it_is_mended(app: Running) -> None:
    """The emulator was started after Vite, which said so once."""
    assert app.call("shop", "/items", method="PUT") == FAILED
    shown = app.dialog
    for text in ("1 error", "BLOCKED", "shop PUT /items", "gateway", "emulate explain method-not-allowed"):
        expect(shown.get_by_text(text, exact=True)).to_be_visible()
    expect(shown).to_contain_text("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.")
    expect(shown).to_contain_text("Add PUT to `cors.allowMethods` of 'shop' (now [GET])")
    shown.get_by_role("button", name="emulator.yaml:8").click()
    edited = until(lambda: app.folder / "edited", Path.exists)
    assert until(edited.read_text, bool).split()[:2] == [str(app.folder / "emulator.yaml"), "8"]
    app.mended("emulator.yaml", "allowMethods: [GET]", "allowMethods: [GET, PUT]")
    expect(app.overlay).to_have_count(0)
    assert app.call("shop", "/items", method="PUT") == "200"
    assert app.vite.console.count("nothing answers") == 1


def test_it_goes_when_the_same_call_succeeds(app: Running) -> None:
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_contain_text("own GET /dev/sometimes")
    assert app.call("own", "/sometimes?") == FAILED
    expect(app.dialog).to_contain_text("2 times")
    assert app.call("own", "/sometimes?now") == "200"
    expect(app.overlay).to_have_count(0)


def test_what_was_closed_stays_closed_and_the_badge_opens_it(app: Running) -> None:
    app.page.get_by_role("button", name="Call").focus()
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog.get_by_role("button", name="Close")).to_be_focused()
    app.page.evaluate("addEventListener('keydown', ({key}) => { document.body.dataset.key = key; })")
    app.page.keyboard.press("Escape")
    expect(app.dialog).to_have_count(0)
    expect(app.page.get_by_role("button", name="Call")).to_be_focused()
    assert app.page.evaluate("document.body.dataset.key") is None, "the page's own keys were not pressed"
    badge = app.overlay.get_by_role("button")
    assert app.call("own", "/sometimes") == FAILED
    expect(badge).to_have_text("emulate: 1 error")
    badge.click()
    expect(app.dialog).to_contain_text("2 times")
    app.dialog.get_by_role("button", name="Close").click()
    expect(app.dialog).to_have_count(0)
    assert app.call("shop", "/raises") == "500"
    expect(app.dialog).to_contain_text("2 errors")  # what is new opens it
    expect(app.dialog).to_contain_text("emulate explain function-error")
    app.save("handlers/app.py", HANDLERS + "# saved\n")
    expect(app.overlay).to_have_count(0)


def test_warnings_are_counted_and_each_page_is_told_of_its_own_origin(app: Running) -> None:
    """The other page's origin is declared nowhere: it is told of its calls all the same, and of no others."""
    other = app.page.context.new_page()
    other.goto(app.origin.replace("localhost", "other.localhost"))
    assert other.evaluate(FETCH, [app.urls["own"] + "/echo", {}]) == "200"
    badge = other.locator("emulate-overlay").get_by_role("button")
    expect(badge).to_have_text("emulate: 1 warning")
    badge.click()
    expect(other.get_by_role("dialog")).to_contain_text("emulate explain origin-echoed")
    other.keyboard.press("Escape")
    assert other.evaluate(FETCH, [app.urls["shop"] + "/items", {}]) == FAILED
    expect(other.get_by_role("dialog")).to_contain_text("origin-not-allowed")
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_contain_text("1 error")
    expect(app.dialog).not_to_contain_text("shop GET /items")
    expect(other.get_by_role("dialog")).not_to_contain_text("sometimes")
    other.close()


def test_text_from_the_wire_is_text(app: Running) -> None:
    """In an error, in a header's value and in a path; only a script sends the last as it is."""
    assert app.call("shop", "/raises") == "500"
    assert app.call("own", "/hostile") == FAILED
    address, path = urlsplit(app.urls["own"]), f"/dev/{HOSTILE.replace(' ', '/')}"
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 0)
    connection.putrequest("PATCH", path)
    for header in (("Origin", app.origin), ("User-Agent", "Mozilla/5.0")):
        connection.putheader(*header)
    connection.endheaders()
    connection.getresponse().read()
    connection.close()
    for text in (f"ValueError: {HOSTILE}", f"values '{HOSTILE}'", f"own PATCH {path}"):
        expect(app.dialog).to_contain_text(text)
    assert app.overlay.locator("img").count() == 0
    assert app.page.title() == "page"


def test_a_strict_policy_lets_it_show(app: Running) -> None:
    app.page.goto(f"{app.origin}/strict.html")
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_have_css("display", "flex")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_telephone(app: Running, scheme: str) -> None:
    app.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    app.page.set_viewport_size({"width": 360, "height": 640})
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_be_visible()
    box = app.dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert app.dialog.evaluate("(dialog) => dialog.scrollWidth <= dialog.clientWidth")
    app.page.add_script_tag(path=installed() / "axe-core" / "axe.min.js")
    wrong = app.page.evaluate("axe.run('emulate-overlay').then(({violations}) => violations.map(({id}) => id))")
    app.page.set_viewport_size({"width": 1280, "height": 720})
    assert wrong == []


def test_a_bad_configuration_is_shown_to_pages_opened_later_too(app: Running) -> None:
    good = (app.folder / "emulator.yaml").read_text()
    app.mended("emulator.yaml", "apis:", "apis_:")
    expect(app.dialog).to_contain_text("NOT SERVED")
    app.page.reload()
    expect(app.dialog).to_contain_text("the unknown key `apis_`")
    app.save("emulator.yaml", good)
    expect(app.overlay).to_have_count(0)


def test_an_emulator_that_is_started_anew(app: Running) -> None:
    """What another run found is not shown; what this one finds is."""
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_be_visible()
    app.stop()
    expect(app.dialog).to_be_visible()
    app.start()
    expect(app.overlay).to_have_count(0)
    assert app.call("own", "/sometimes") == FAILED
    expect(app.dialog).to_contain_text("own GET /dev/sometimes")


class Recorder(http.server.BaseHTTPRequestHandler):
    """An API that allows everything, and remembers each request to the byte."""

    protocol_version = "HTTP/1.1"
    requests: list[tuple[bytes, str, bytes]] = []  # noqa: RUF012  one for all connections

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.requests.append((self.raw_requestline, str(self.headers), body))
        self.send_response(200)
        for name, value in (
            ("Allow-Origin", self.headers["origin"]),
            ("Allow-Methods", "*"),
            ("Allow-Headers", "*"),
            ("Max-Age", "0"),
        ):
            self.send_header(f"Access-Control-{name}", value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_OPTIONS = answer  # noqa: N815  http.server's own names

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: a test's output is its own."""


def test_no_request_is_changed(app: Running) -> None:
    """A page with the plugin and one without send the same bytes."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever).start()
    url = f"http://localhost:{server.server_port}/x"
    sent = []
    for path in ("/", "/plain.html"):
        Recorder.requests.clear()
        app.page.goto(app.origin + path)
        app.page.locator("body[data-ran]").wait_for()
        for init in (
            {},
            {"method": "PUT", "body": "{}"},
            {"headers": {"x-token": "1"}},
            {"method": "POST", "body": "a"},
        ):
            assert app.page.evaluate(FETCH, [url, init]) == "200"
        app.page.evaluate("(url) => new Promise((done) => Object.assign(new Image(), {src: url, onerror: done}))", url)
        sent.append(list(Recorder.requests))
    server.shutdown()
    server.server_close()
    with_plugin, without = sent
    assert app.page.evaluate("customElements.get('emulate-overlay') === undefined")
    assert len(with_plugin) == 7, "two of the calls have a preflight"
    assert with_plugin == without


def test_a_build_has_nothing_of_it(app: Running) -> None:
    command = vite(app.folder, "build", "--logLevel", "error")
    subprocess.run(command, cwd=app.folder, env=with_environ({}), check=True)
    built = [path.read_text() for path in (app.folder / "dist").rglob("*") if path.is_file()]
    assert any("<h1>Page</h1>" in text for text in built)
    assert not [text for text in built if "emulate" in text]
