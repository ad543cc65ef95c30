"""The sample shop, called by a page in real Chromium: the page's outcome and our verdict agree, call by call.

Chromium's own word for a block (`Network.loadingFailed.corsErrorStatus`) and its console text are compared with ours.
"""

import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from real_browsers.chromium import open_chromium
from serving.emulate import Served, serve
from serving.lines import line

ROOT = Path(__file__).parent.parent.parent
DOCUMENTED_ORIGIN = "http://localhost:5173"
pytestmark = pytest.mark.browser

FURTHER_APIS = f"""
  open:
    type: function-url
    function: contact
    port: 0
    cors: {{allowOrigins: ["*"], allowMethods: ["*"], allowCredentials: true}}
  one-entry:
    type: function-url
    function: contact
    port: 0
    cors: {{allowOrigins: ["{DOCUMENTED_ORIGIN}"], allowMethods: ["*"], allowHeaders: ["content-type,x-token"]}}

functions:
"""
"""Function URLs with mistakes that the sample does not show."""

FETCH = """async ([url, init]) => {
    try {
        const response = await fetch(url, init);
        return { status: response.status, body: await response.text(), total: response.headers.get("x-total") };
    } catch (error) {
        return { error: `${error}` };
    }
}"""


@pytest.fixture(scope="module")
def page_origin() -> Iterator[str]:
    """The sample page, on an origin of its own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(ROOT / "examples" / "page"))

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Nothing: a test's output is its own."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def shop(page_origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample as it stands, on free ports and with the test page's origin in place of the documented one."""
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(ROOT / "sample_handlers", folder / "sample_handlers", ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "emulator.yaml").read_text()
    config = re.sub(r"port: \d+", "port: 0", config).replace("\nfunctions:\n", FURTHER_APIS, 1)
    (folder / "emulator.yaml").write_text(config)
    for file in folder.rglob("*.[yp][ay]*"):
        if file.is_file():
            file.write_text(file.read_text().replace(DOCUMENTED_ORIGIN, page_origin))
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def page(page_origin: str, chromium_binary: Path) -> Iterator[Page]:
    with open_chromium(chromium_binary) as context:
        opened = context.new_page()
        opened.goto(page_origin)
        yield opened


JSON = {"method": "POST", "headers": {"content-type": "application/json"}}
PUT = {"method": "PUT", "body": "{}"}
INCLUDE = {"credentials": "include"}
FORM = {"method": "POST", "body": "name=Ann", "headers": {"content-type": "application/x-www-form-urlencoded"}}

READ = [
    pytest.param("shop", "/items", {}, {"status": 200, "total": "2"}, id="simple-get"),
    pytest.param("shop", "/items", {**JSON, "body": '{"name":"Spoon"}'}, {"status": 201}, id="json-post"),
    pytest.param("shop", "/items/9", {}, {"status": 404}, id="error-answer-of-the-function"),
    pytest.param("shop", "/login", {"method": "POST", **INCLUDE}, {"status": 204}, id="login-sets-a-cookie"),
    pytest.param("shop", "/me", INCLUDE, {"status": 200, "body": '{"name": "Ann"}'}, id="credentialed-call"),
    pytest.param("shop", "/nowhere", {}, {"status": 404}, id="gateway-error-with-cors"),
    pytest.param("orders", "/orders", {}, {"status": 200, "total": None}, id="rest"),
    pytest.param("orders", "/orders", {**JSON, "body": '{"item":"2"}'}, {"status": 200}, id="rest-preflight"),
    pytest.param("orders", "/orders", {**JSON, "body": "nonsense"}, {"status": 400}, id="rest-error-path"),
    pytest.param("contact", "/", FORM, {"status": 200}, id="function-url"),
    pytest.param("orders", "/broken/error-path?id=1", {}, {"status": 200}, id="happy-path-of-the-error-path"),
    pytest.param("orders", "/broken/echo", INCLUDE, {"status": 200}, id="echo-is-not-blocked-and-that-is-the-mistake"),
]  # fmt: skip

BLOCKED = [
    pytest.param("orders", "/broken/error-path", {}, "MissingAllowOriginHeader", "function",
                 "error-response-without-cors", id="error-path"),
    pytest.param("orders", "/broken/raises", {}, "MissingAllowOriginHeader", "function",
                 "error-response-without-cors", id="function-raises"),
    pytest.param("orders", "/broken/wildcard", INCLUDE, "WildcardOriginNotAllowed", "function",
                 "wildcard-with-credentials", id="wildcard-with-credentials"),
    pytest.param("orders", "/broken/no-options", PUT, "PreflightMissingAllowOriginHeader", "gateway",
                 "missing-options-route", id="forgotten-options"),
    pytest.param("shop", "/broken/disagree", PUT, "MethodDisallowedByPreflightResponse", "gateway",
                 "method-not-allowed", id="gateway-and-function-disagree"),
    pytest.param("shop", "/broken/swallowed", PUT, "PreflightInvalidStatus", "function",
                 "preflight-reached-function", id="any-swallows-the-preflight"),
    pytest.param("broken-twice", "/", {}, "MultipleAllowOriginValues", "function",
                 "duplicate-cors-headers", id="header-sent-twice"),
    pytest.param("one-entry", "/", JSON, "PreflightMissingAllowOriginHeader", "gateway",
                 "header-list-as-one-string", id="list-in-one-entry-of-allow-headers"),
    pytest.param("orders", "/../orders", {}, "MissingAllowOriginHeader", "gateway",
                 "url-outside-stage", id="stage-left-out-of-a-rest-url"),
]  # fmt: skip


def ask(page: Page, shop: Served, call: tuple[str, str, dict[str, Any]], until: str = "") -> tuple[dict[str, Any], str]:
    """The page's outcome, and what the console said of this call, up to `until`."""
    api, path, init = call
    before = len(shop.console)
    outcome = page.evaluate(FETCH, [shop.urls[api] + path, init])
    asked = re.escape(path.partition("?")[0].rpartition("..")[2])
    # The line of the actual request ends the call, or that of a preflight that failed.
    method = init.get("method", "GET")
    called, refused = rf"{api} {method} \S*{asked}\S*", rf"{api} OPTIONS \S*{asked}\S*"
    ends = rf"({line(called)}|{line(refused, word='BLOCKED')})[\s\S]*{until}"
    return outcome, shop.wait_until(lambda text: re.search(ends, text[before:]), ends)[before:]


@pytest.mark.parametrize(("api", "path", "init", "expected"), READ)
def test_read(page: Page, shop: Served, api: str, path: str, init: dict[str, Any], expected: dict[str, Any]) -> None:
    outcome, console = ask(page, shop, (api, path, init))
    assert outcome | expected == outcome
    assert "BLOCKED" not in console
    assert re.search(line(f"{api} .*", expected["status"]), console)


@pytest.mark.parametrize(("api", "path", "init", "error", "layer", "finding"), BLOCKED)
def test_blocked(
    page: Page, shop: Served, api: str, path: str, init: dict[str, Any], error: str, layer: str, finding: str
) -> None:  # fmt: skip
    page.evaluate(FETCH, [shop.urls["shop"] + "/login", {"method": "POST", **INCLUDE}])
    said: list[str] = []
    reasons: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFailed", lambda event: reasons.append(event["corsErrorStatus"]["corsError"]))
    session.send("Network.enable")

    outcome, console = ask(page, shop, (api, path, init), until="emulate explain")
    session.detach()  # answers after every event of the call

    assert outcome == {"error": "TypeError: Failed to fetch"}
    assert reasons == [error]
    assert re.search(rf"{line(f'{api} .*', word='BLOCKED')} (preflight, )?{layer}", console)
    assert re.search(rf"(?m) emulate explain {finding}$", console)
    text = next(text for text in said if text.startswith("Access to fetch"))
    words = text.partition("blocked by CORS policy: ")[2]
    assert f"text {words} ({error})" in re.sub(r"\s+", " ", console), "Chromium's own words"


def test_echo_of_an_undeclared_origin_is_a_finding(page: Page, page_origin: str, shop: Served) -> None:
    """A browser lets in every origin that is echoed, so only a finding can tell: here 127.0.0.1, not localhost."""
    stranger = page.context.new_page()
    stranger.goto(page_origin.replace("localhost", "127.0.0.1"))
    outcome, console = ask(stranger, shop, ("orders", "/broken/echo", {}), until="emulate explain")
    stranger.close()
    assert outcome["status"] == 200
    assert re.search(rf"{line('orders .*', word='warning')} function ", console)
    assert "emulate explain origin-echoed" in console


def test_any_origin_with_credentials_is_a_finding(page: Page, shop: Served) -> None:
    """No browser refuses it, since a function URL echoes the origin: only a finding can tell."""
    outcome, console = ask(page, shop, ("open", "/", {**FORM, **INCLUDE}), until="emulate explain")
    assert outcome["status"] == 200
    assert re.search(rf"{line('open .*', word='warning')} gateway", console)
    assert "emulate explain any-origin-with-credentials" in console


def test_preflight_that_only_credentials_break(page: Page, shop: Served) -> None:
    """The wire does not show the page's credentials mode; that no request follows the preflight does."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    before = len(shop.console)
    outcome = page.evaluate(FETCH, [shop.urls["orders"] + "/broken/wildcard", {**PUT, **INCLUDE}])
    seen = r"depends[\s\S]*looked at again[\s\S]*note: wildcard-with-credentials \[function\][\s\S]*emulate explain"
    console = shop.wait_until(lambda text: re.search(seen, text[before:]), seen)[before:]
    assert outcome == {"error": "TypeError: Failed to fetch"}
    text = next(text for text in said if text.startswith("Access to fetch"))
    assert text in re.sub(r"\s+", " ", console)


def test_preflight_that_is_followed_is_not_doubted(page: Page, shop: Served) -> None:
    outcome, _ = ask(page, shop, ("orders", "/broken/wildcard", PUT))
    assert outcome["status"] == 200
    before = len(shop.console)
    page.evaluate(FETCH, [shop.urls["orders"] + "/broken/wildcard", {**PUT, **INCLUDE}])
    console = shop.wait_until(lambda text: "looked at again" in text[before:], "looked at again")
    assert console[before:].count("looked at again") == 1, "the one before it was not"
