"""What a page in a real browser met, and what the console says of it, where the wire alone suggests something else.

Each fix that a finding proposes is followed, and the page asks again.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from real_browsers.firefox import open_firefox
from serving.emulate import PATIENCE, Served, run, serve
from serving.pages import DevelopmentServer

pytestmark = pytest.mark.browser

FETCH = """async ([url, init]) => {
    try {
        const response = await fetch(url, init);
        return { status: response.status, body: await response.text() };
    } catch (error) {
        return { error: `${error}` };
    }
}"""
FAILED = {"error": "TypeError: Failed to fetch"}
INCLUDE = {"credentials": "include"}
PUT = {"method": "PUT"}
JSON = {"method": "POST", "headers": {"content-type": "application/json"}, "body": "{}"}

HANDLERS = """
import base64, gzip, time

def ok(event, context):
    return {"statusCode": 200, "body": "ok"}

def slow(event, context):
    time.sleep(1.8)
    return {"statusCode": 200, "body": "ok"}

def slow_preflight(event, context):
    if event["httpMethod"] == "OPTIONS":
        time.sleep(2.5)
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT"}
    return {"statusCode": 200, "headers": headers}

def packed(event, context):
    body = base64.b64encode(gzip.compress(b"unpacked")).decode()
    headers = {"Content-Encoding": "gzip", "Access-Control-Allow-Origin": "*"}
    return {"statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": True}

def named(event, context):
    return {"statusCode": 200, "body": "ok"}  # returns no CORS headers

def large(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "x" * 7_000_000}

def preflights(event, context):
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization"}
    return {"statusCode": 200, "headers": headers}
"""
CONFIG = """
apis:
  open:
    type: http
    port: 0
    cors: {allowOrigins: ["*"], allowMethods: [GET, PUT, POST], allowHeaders: [content-type]}
    routes: {GET /ok: ok, PUT /ok: ok, PUT /slow: slow, POST /ok: ok}
  listed:
    type: http
    port: 0
    cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET]}
    routes: {GET /ok: ok}
  bare:
    type: http
    port: 0
    routes: {GET /ok: named, POST /ok: named}
  rest:
    type: rest
    port: 0
    binaryMediaTypes: [image/png]
    routes:
      PUT /aborted: slow-preflight
      OPTIONS /aborted: slow-preflight
      GET /packed: packed
      GET /large: large
      POST /large: large
      OPTIONS /large: preflights
functions:
  ok: {handler: app.ok}
  slow: {handler: app.slow}
  slow-preflight: {handler: app.slow_preflight, timeout: 20}
  packed: {handler: app.packed}
  named: {handler: app.named}
  large: {handler: app.large}
  preflights: {handler: app.preflights}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(HANDLERS)
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--no-platform-logs") as running:
        yield running


@pytest.fixture
def stranger(page: Page, pages: DevelopmentServer) -> Iterator[Page]:
    """A page of another site than the APIs on localhost: 127.0.0.1."""
    opened = page.context.new_page()
    opened.goto(f"http://127.0.0.1:{pages.server_port}/")
    yield opened
    opened.close()


def ask(page: Page, url: str, init: dict[str, Any] | None = None) -> dict[str, Any]:
    outcome: dict[str, Any] = page.evaluate(FETCH, [url, init or {}])
    return outcome


def told(served: Served, until: str, before: int = 0) -> str:
    """The console behind its first `before` characters, once `until` (a regular expression) is on it, unwrapped."""
    console = served.wait_until(lambda text: re.search(until, flat(text[before:])), until)
    return flat(console[before:])


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def change(served: Served, file: Path, old: str, new: str) -> None:
    """Save, and wait until the change is served."""
    before = served.console.count("Reloaded") + served.console.count("Saved")
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    served.wait_until(lambda console: console.count("Reloaded") + console.count("Saved") > before, "a reload")


# A development server's proxy


@pytest.mark.parametrize("changes_origin", [True, False])
def test_a_call_through_a_proxy_has_no_cors_verdict(
    page: Page, pages: DevelopmentServer, served: Served, changes_origin: bool
) -> None:
    pages.target, pages.changes_origin = served.urls["bare"], changes_origin
    assert ask(page, "/api/ok", JSON) == {"status": 200, "body": "ok"}
    assert ask(page, "/api/ok") == {"status": 200, "body": "ok"}
    console = told(served, "200 bare GET /ok ")
    served.stop()
    assert "BLOCKED" not in console
    assert flat(served.console).count("note: cors-hidden-by-proxy") == (2 if changes_origin else 0)


def test_what_a_proxy_hides_is_what_the_page_meets_without_it(
    page: Page, pages: DevelopmentServer, served: Served, folder: Path
) -> None:
    pages.target, pages.changes_origin = served.urls["bare"], True
    origin = f"http://localhost:{pages.server_port}"
    ask(page, "/api/ok", JSON)
    console = told(served, "emulate explain cors-hidden-by-proxy")
    found = re.search(r"would be refused this call: (\w+) \((\w+)\)", console)
    assert found is not None
    before = len(served.console)
    assert ask(page, served.urls["bare"] + "/ok", JSON) == FAILED
    told(served, rf"BLOCKED \d+ bare \S+ /ok (preflight, )?{found[2]} .*\({found[1]}\)", before)

    cors = f"allowOrigins: [{origin}], allowMethods: [POST], allowHeaders: [content-type]"
    assert f"Give 'bare' a `cors` section ({cors})" in console
    routes = "routes: {GET /ok: named, POST /ok: named}"
    change(served, folder / "emulator.yaml", routes, f"cors: {{{cors}}}\n    {routes}")
    before = len(served.console)
    assert ask(page, served.urls["bare"] + "/ok", JSON) == {"status": 200, "body": "ok"}
    ask(page, "/api/ok", JSON)
    assert "would be allowed this call" in told(served, "which hides CORS", before)


# Preflights whose request is late, or never comes


def test_a_slow_answer_is_no_doubt(page: Page, served: Served) -> None:
    urls = [f"{served.urls['open']}/slow?{number}" for number in range(4)]
    outcomes = page.evaluate(f"urls => Promise.all(urls.map(url => ({FETCH})([url, {{method: 'PUT'}}])))", urls)
    assert outcomes == [{"status": 200, "body": "ok"}] * 4
    console = told(served, r"(200 open PUT /slow\S* .*){4}")
    assert "looked at again" not in console


def test_an_aborted_call_is_not_called_credentialed(page: Page, served: Served) -> None:
    url = served.urls["rest"] + "/aborted"
    init = """const stop = new AbortController(); setTimeout(() => stop.abort(), 1000); init.signal = stop.signal;"""
    script = FETCH.replace("try {", f"try {{ {init}", 1)
    assert "AbortError" in page.evaluate(script, [url, PUT])["error"]
    console = told(served, r"looked at again.* fix (\S+ )?If the page's console says so too: .*emulate explain")
    assert "preflight, blocked with credentials, function " in console
    assert ", PreflightWildcardOriginNotAllowed " in console
    assert "Nothing shows why: the call was aborted" in console
    assert "probably" not in console
    assert "warning: " not in console
    assert "error: " not in console


def test_a_stream_as_body_is_not_called_credentialed(page: Page, served: Served) -> None:
    script = FETCH.replace("await fetch(url, init)", "await fetch(url, {...init, body: new Blob(['x']).stream()})")
    assert page.evaluate(script, [served.urls["open"] + "/ok", {"method": "POST", "duplex": "half"}]) == FAILED
    console = told(served, r"looked at again")
    assert "its body is a stream" in told(served, r" fix (\S+ )?If the page's console says so too: .*emulate explain")
    assert "probably" not in console


def test_two_tabs_with_one_call(page: Page, pages: DevelopmentServer, served: Served) -> None:
    """The one's request does not answer for the other's."""
    url = served.urls["open"] + "/ok"
    other = page.context.new_page()
    other.goto(page.url)
    assert ask(page, url, PUT | INCLUDE) == FAILED
    assert ask(other, url, PUT) == {"status": 200, "body": "ok"}
    other.close()
    console = told(served, r"(?=.*200 open PUT /ok ).*looked at again.* fix .*emulate explain")
    assert console.count("looked at again") == 1


# Credentials


def test_credentials_without_a_cookie_across_sites_show(stranger: Page, served: Served) -> None:
    assert ask(stranger, served.urls["open"] + "/ok", INCLUDE) == FAILED
    told(served, r"BLOCKED 200 open GET /ok gateway .*\(WildcardOriginNotAllowed\)")
    before = len(served.console)
    assert ask(stranger, served.urls["open"] + "/ok")["status"] == 200
    told(served, "depends 200 open GET /ok blocked with credentials, gateway, Wildcard", before)


def test_credentials_without_a_cookie_within_a_site_do_not(
    page: Page, pages: DevelopmentServer, served: Served, folder: Path
) -> None:
    url, origin = served.urls["open"] + "/ok", f"http://localhost:{pages.server_port}"
    once = "depends 200 open GET /ok blocked with credentials, gateway, WildcardOriginNotAllowed"
    assert ask(page, url, INCLUDE) == FAILED
    assert ask(page, url)["status"] == 200
    console = told(served, r"depends 200 open GET /ok again \(2 x\) wildcard-with-credentials")
    assert console.count(once) == 1
    assert console.count("note: wildcard-with-credentials") == 1

    config = folder / "emulator.yaml"
    change(
        served,
        config,
        "functions:\n",
        f"frontends: [{{origin: {origin}, credentials: {{open: include}}}}]\nfunctions:\n",
    )
    before = len(served.console)
    assert ask(page, url, INCLUDE) == FAILED
    console = told(served, r"BLOCKED 200 open .*\(WildcardOriginNotAllowed\)", before)
    assert re.search(
        rf" fix emulator.yaml:\d+ Write {origin} instead of '\*' in `cors.allowOrigins` of 'open'", console
    )
    assert "and set `cors.allowCredentials: true` on 'open'" in console
    change(served, config, 'cors: {allowOrigins: ["*"],', f"cors: {{allowCredentials: true, allowOrigins: [{origin}],")
    before = len(served.console)
    assert ask(page, url, INCLUDE)["status"] == 200
    assert "BLOCKED" not in told(served, "ok 200 open GET /ok ", before)


# WebSocket, opaque origins


def test_a_websocket_handshake_is_one_line(page: Page, served: Served) -> None:
    script = "url => new Promise(done => { const socket = new WebSocket(url); socket.onerror = () => done('error') })"
    url = served.urls["listed"].replace("http:", "ws:") + "/ok"
    assert [page.evaluate(script, url) for _ in range(2)] == ["error", "error"]
    console = told(served, r"(200 listed GET /ok .*){2}")
    assert "BLOCKED" not in console
    assert " fix " not in console
    assert console.count("note: WebSocket APIs are not emulated") == 1


FRAME = """url => new Promise(done => {
    addEventListener("message", event => done(event.data), { once: true });
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = `<script>fetch("${url}").then(r => parent.postMessage(r.status, "*"),
        error => parent.postMessage(String(error), "*"))</` + "script>";
    document.body.append(frame);
})"""


def test_a_sandboxed_frame_s_origin_is_never_to_be_listed(page: Page, served: Served, folder: Path) -> None:
    url = served.urls["listed"] + "/ok"
    assert page.evaluate(FRAME, url) == "TypeError: Failed to fetch"
    console = told(
        served, r"BLOCKED 200 listed GET /ok gateway fix .*Never allow null by name.*\(MissingAllowOriginHeader\)"
    )
    assert "Add null" not in console
    assert "or add \"*\" to `cors.allowOrigins` of 'listed'" in console
    change(served, folder / "emulator.yaml", "[https://shop.example.com]", '["*"]')
    assert page.evaluate(FRAME, url) == 200


# What no page can read, and what is too large


def test_a_body_that_is_not_what_its_header_says(page: Page, served: Served, folder: Path) -> None:
    url, texts = served.urls["rest"] + "/packed", []
    page.on("console", lambda message: texts.append(message.text))
    assert ask(page, url) == FAILED
    console = told(served, "UNREADABLE 200 .* fix .*emulate explain content-encoding-broken")
    assert any("net::ERR_CONTENT_DECODING_FAILED" in text for text in texts)
    assert "BLOCKED" not in console
    fetched = run(folder, "fetch", "/dev/packed", "--api", "rest")
    assert fetched.returncode == 1
    assert "net::ERR_CONTENT_DECODING_FAILED" in fetched.stdout
    assert "< 200" in fetched.stdout
    over_a_socket = run(folder, "fetch", url)
    assert "net::ERR_CONTENT_DECODING_FAILED" in over_a_socket.stdout

    assert "Set `binaryMediaTypes: [\"*/*\"]` on 'rest'" in console
    change(served, folder / "emulator.yaml", "binaryMediaTypes: [image/png]", 'binaryMediaTypes: ["*/*"]')
    assert ask(page, url) == {"status": 200, "body": "unpacked"}
    assert run(folder, "fetch", "/dev/packed", "--api", "rest").returncode == 0


TOO_LARGE = [
    pytest.param({"method": "POST", "body": 11_000_000}, "request-too-large", "the request body is larger than 10 MB",
                 id="413"),
    pytest.param({"method": "POST", "body": 7_000_000}, "request-too-large", "Lambda takes 6 MB", id="413-of-lambda"),
    pytest.param({"headers": {"authorization": 12_000}}, "request-too-large", "API Gateway takes 10240", id="431"),
    pytest.param({}, "error-response-without-cors", "answer with less", id="answer-over-6-MB"),
]  # fmt: skip


@pytest.mark.parametrize(("init", "name", "reason"), TOO_LARGE)
def test_too_large_is_said_to_be_so(page: Page, served: Served, init: dict[str, Any], name: str, reason: str) -> None:
    url = served.urls["rest"] + "/large"
    script = FETCH.replace(
        "try {",
        """try {
        if (init.body) init.body = "x".repeat(init.body);
        if (init.headers) init.headers.authorization = "x".repeat(init.headers.authorization);""",
        1,
    )
    assert page.evaluate(script, [url, init]) == FAILED
    words = rf"(?=.* emulate explain {name}\b).* fix .*{reason}.*\(MissingAllowOriginHeader\)"
    console = told(served, f"BLOCKED{words}")
    assert "unknown-route" not in console
    assert "has no route" not in console


# Firefox

# The driver leaves the sockets open with which it asked whether Firefox listens yet.
in_firefox = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def firefox(firefox_binary: Path, pages: DevelopmentServer) -> Iterator[Any]:
    with open_firefox(firefox_binary) as browser:
        browser.timeout.script = browser.timeout.page_load = PATIENCE
        yield browser


def ask_in_firefox(browser: Any, url: str, init: dict[str, Any]) -> dict[str, Any]:
    script = f"const [call, done] = [arguments[0], arguments[1]]; ({FETCH})(call).then(done)"
    outcome: dict[str, Any] = browser.execute_async_script(script, script_args=([url, init],), sandbox=None)
    return outcome


@in_firefox
def test_in_firefox_credentials_across_sites_show_on_the_preflight(
    firefox: Any, pages: DevelopmentServer, served: Served
) -> None:
    firefox.navigate(f"http://127.0.0.1:{pages.server_port}/")
    assert "error" in ask_in_firefox(firefox, served.urls["open"] + "/ok", PUT | INCLUDE)
    told(served, r"BLOCKED \d+ .*preflight, gateway .*\(PreflightWildcardOriginNotAllowed\)")


@in_firefox
def test_in_firefox_through_a_proxy(firefox: Any, pages: DevelopmentServer, served: Served) -> None:
    pages.target, pages.changes_origin = served.urls["bare"], True
    firefox.navigate(f"http://localhost:{pages.server_port}/")
    assert ask_in_firefox(firefox, "/api/ok", JSON) == {"status": 200, "body": "ok"}
    assert "BLOCKED" not in told(served, "note: cors-hidden-by-proxy")


@in_firefox
def test_in_firefox_a_websocket(firefox: Any, pages: DevelopmentServer, served: Served) -> None:
    firefox.navigate(f"http://localhost:{pages.server_port}/")
    url = served.urls["listed"].replace("http:", "ws:") + "/ok"
    script = (
        "const done = arguments[1]; const socket = new WebSocket(arguments[0]); socket.onerror = () => done('error')"
    )
    assert firefox.execute_async_script(script, script_args=(url,), sandbox=None) == "error"
    assert "BLOCKED" not in told(served, "note: WebSocket APIs are not emulated")


MANY_ACCEPTS = """const [url, done] = [arguments[0], arguments[1]];
    const headers = Array.from({ length: 10 }, () => ["accept", "a".repeat(128)]);
    fetch(url, { headers }).then(r => done(r.status), done)"""


@in_firefox
def test_in_firefox_safelisted_headers_have_no_total(firefox: Any, pages: DevelopmentServer, served: Served) -> None:
    """The model's word for it: tests/browser/test_safelist.py."""
    firefox.navigate(f"http://localhost:{pages.server_port}/")
    assert firefox.execute_async_script(MANY_ACCEPTS, script_args=(served.urls["open"] + "/ok",), sandbox=None) == 200
    assert "OPTIONS" not in told(served, "200 open GET /ok ")
