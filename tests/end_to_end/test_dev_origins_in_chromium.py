"""A page at a development server's port, in real Chromium, held to the policy of production: what it may read, what it
may not, and that following the fix is the end of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from real_browsers.chromium import open_chromium
from serving.emulate import Served, serve
from serving.pages import DevelopmentServer

pytestmark = pytest.mark.browser

SHOP = "https://shop.example.com"
FETCH = """async ([url, init]) => {
    try {
        const response = await fetch(url, init);
        return { status: response.status, total: response.headers.get("x-total"), body: await response.json() };
    } catch (error) {
        return { error: `${error}` };
    }
}"""
FAILED = {"error": "TypeError: Failed to fetch"}
INCLUDE = {"credentials": "include"}
JSON = {"method": "POST", "headers": {"content-type": "application/json"}, "body": "{}", **INCLUDE}

HANDLERS = """
import json

def seen(event, context):
    headers = {name.lower(): value for name, value in event["headers"].items()}
    cookie = headers.get("cookie") or "; ".join(event.get("cookies") or ())
    body = json.dumps({"origin": headers.get("origin"), "referer": headers.get("referer"), "cookie": cookie})
    answer = {"X-Total": "3", "Set-Cookie": "session=1; Path=/"}
    return {"statusCode": 200, "headers": answer, "body": body}

ALLOWED = ("https://shop.example.com",)

def own(event, context):
    answer = seen(event, context)
    origin = {name.lower(): value for name, value in event["headers"].items()}.get("origin")
    if origin in ALLOWED:
        answer["headers"] |= {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Headers": "content-type",
            "Access-Control-Expose-Headers": "x-total",
            "Vary": "Origin",
        }
    return answer

def local(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": event["requestContext"]["stage"] and PAGE}}
"""
CONFIG = """
apis:
  http:
    type: http
    port: 0
    cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST], allowHeaders: [content-type],
           exposeHeaders: [x-total], allowCredentials: true}
    routes: {GET /x: seen, POST /x: seen}
  rest:
    type: rest
    port: 0
    routes: {ANY /x: own, GET /local: local}
  url:
    type: function-url
    port: 0
    function: seen
    cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST], allowHeaders: [content-type],
           exposeHeaders: [x-total], allowCredentials: true}
  forgetful:
    type: http
    port: 0
    cors: {allowOrigins: [PAGE], allowMethods: [GET]}
    routes: {GET /x: seen}
functions:
  seen: {handler: app.seen}
  own: {handler: app.own}
  local: {handler: app.local}
frontends:
  - {origin: https://shop.example.com, dev: [PAGE], credentials: include}
"""


@pytest.fixture(scope="module")
def here(pages: DevelopmentServer) -> str:
    return f"http://localhost:{pages.server_port}"


@pytest.fixture(scope="module")
def page(here: str, chromium_binary: Path) -> Iterator[Page]:
    with open_chromium(chromium_binary) as context:
        opened = context.new_page()
        opened.goto(f"{here}/cart?a=b")
        yield opened


@pytest.fixture
def folder(tmp_path: Path, here: str) -> Path:
    (tmp_path / "app.py").write_text(f"PAGE = {here!r}\n{HANDLERS}")
    (tmp_path / "emulator.yaml").write_text(CONFIG.replace("PAGE", here))
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--no-platform-logs") as running:
        yield running


def ask(page: Page, url: str, init: dict[str, Any] | None = None) -> dict[str, Any]:
    outcome: dict[str, Any] = page.evaluate(FETCH, [url, init or {}])
    return outcome


def told(served: Served, until: str, before: int = 0) -> str:
    """The console behind its first `before` characters, once `until` (a regular expression) is on it, unwrapped."""
    console = served.wait_until(lambda text: re.search(until, flat(text[before:])), until)
    return flat(console[before:])


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def save(served: Served, file: Path, old: str, new: str) -> None:
    """Save, and wait until the change is served."""
    before, text = served.console.count("Saved"), file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    served.wait_until(lambda console: console.count("Saved") > before, "a reload")


@pytest.mark.parametrize(("api", "path"), [("http", "/x"), ("rest", "/x"), ("url", "")])
def test_the_policy_of_production_lets_the_page_here_in(page: Page, served: Served, api: str, path: str) -> None:
    """Simple and preflighted, with credentials: the function sees production's page, whose cookie comes back."""
    for init in (INCLUDE, JSON):
        outcome = ask(page, served.urls[api] + path, init)
        assert (outcome["status"], outcome["total"], outcome["body"]["origin"]) == (200, "3", SHOP), outcome
        assert outcome["body"]["referer"].startswith(f"{SHOP}/")
    assert "session=1" in outcome["body"]["cookie"]
    console = told(served, rf"ok 200 {api} POST ")
    assert "BLOCKED" not in console


def test_a_policy_that_names_the_page_here_alone_blocks_it_until_production_is_allowed(
    page: Page, served: Served, folder: Path, here: str
) -> None:
    assert ask(page, served.urls["forgetful"] + "/x", INCLUDE) == FAILED
    console = told(served, "BLOCKED 200 forgetful GET /x .*emulate explain origin-not-allowed")
    assert f"the page is at {here}, which stands in for {SHOP}" in console
    assert f"Add {SHOP} to `cors.allowOrigins` of 'forgetful'" in console
    save(
        served,
        folder / "emulator.yaml",
        f"allowOrigins: [{here}], ",
        f"allowOrigins: [{SHOP}], allowCredentials: true, ",
    )
    assert ask(page, served.urls["forgetful"] + "/x", INCLUDE)["status"] == 200


def test_a_function_that_names_the_page_here_lets_nobody_in(page: Page, served: Served) -> None:
    assert ask(page, served.urls["rest"] + "/local", {"credentials": "omit"}) == FAILED
    told(served, "BLOCKED 200 rest GET /dev/local .*emulate explain origin-not-allowed")


def test_the_first_fix_for_a_page_here_is_dev_and_it_cures(page: Page, served: Served, folder: Path, here: str) -> None:
    save(served, folder / "emulator.yaml", f"dev: [{here}], ", "")
    assert ask(page, served.urls["http"] + "/x", INCLUDE) == FAILED
    console = told(served, "BLOCKED 200 http GET /x .*emulate explain origin-not-allowed")
    assert f"Say `dev: {here}` of {SHOP} under `frontends`" in console
    save(served, folder / "emulator.yaml", f"origin: {SHOP}, ", f"origin: {SHOP}, dev: {here}, ")
    assert ask(page, served.urls["http"] + "/x", INCLUDE)["status"] == 200


def test_an_api_that_forgets_a_declared_origin_says_so_while_it_works_here(
    page: Page, served: Served, folder: Path, here: str
) -> None:
    save(served, folder / "emulator.yaml", f"dev: [{here}], ", "")
    assert ask(page, served.urls["forgetful"] + "/x")["status"] == 200
    console = told(served, "200 forgetful GET /x .*emulate explain origin-not-allowed")
    assert f"A page of {SHOP}, which `frontends` declares, would be blocked here" in console
    assert f"Add {SHOP} to `cors.allowOrigins` of 'forgetful' (now [{here}])" in console
