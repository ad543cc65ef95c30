"""The HTTP cache of real Chromium: an answer that <img> got blocks a script's fetch of the same URL, which no server
ever sees. What foretells it, and what mends it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from serving.as_json import Object, Reader, serve_as_json

pytestmark = pytest.mark.browser

HANDLER = """
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
VARY = {}
ALWAYS = False

def handler(event, context):
    headers = {"Content-Type": "image/png", "Cache-Control": "max-age=600", **VARY}
    if "origin" in event["headers"] or ALWAYS:
        headers["Access-Control-Allow-Origin"] = "*"
    return {"statusCode": 200, "headers": headers, "body": PNG, "isBase64Encoded": True}
"""
CONFIG = """
apis:
  gateway:
    type: http
    port: 0
    cors: {allowOrigins: ["*"]}
    routes: {"GET /{name}": files}
  bare:
    type: http
    port: 0
    routes: {"GET /{name}": files}
functions:
  files: {handler: app.handler}
"""
IMAGE = """url => new Promise(done => {
    const image = new Image();
    image.onload = () => done("loaded");
    image.onerror = () => done("failed");
    image.src = url;
})"""
FETCH = "url => fetch(url).then(answer => answer.status, error => `${error}`)"
BLOCKED = "TypeError: Failed to fetch"
VARIES = ("VARY = {}", 'VARY = {"Vary": "Origin"}')
ALWAYS = ("ALWAYS = False", "ALWAYS = True")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> Iterator[Reader]:
    with serve_as_json(folder) as reader:
        yield reader


def vary(exchange: Object) -> list[tuple[str, str]]:
    return [(one["severity"], one["fix"]) for one in exchange["findings"] if one["name"] == "vary-origin-missing"]


def count(told: Reader, query: str) -> int:
    return sum(one["type"] == "exchange" and one["request"]["query"] == query for one in told.objects)


def save(told: Reader, file: Path, old: str, new: str) -> None:
    before = len(told.objects)
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    told.until(lambda one: one["type"] == "reload", "a reload", before)


def test_an_image_of_a_gateway_with_cors_blocks_the_fetch_after_it(
    fresh_page: Page, told: Reader, folder: Path
) -> None:
    url = told.urls["gateway"] + "/a?"
    assert fresh_page.evaluate(IMAGE, f"{url}before") == "loaded"
    ((severity, fix),) = vary(told.exchange("/a?before"))
    assert severity == "note"
    assert fix.startswith("If a script fetches it too: Let function 'files' return Vary: Origin;")
    assert fresh_page.evaluate(FETCH, f"{url}before") == BLOCKED

    save(told, folder / "app.py", *VARIES)
    assert fresh_page.evaluate(IMAGE, f"{url}after") == "loaded"
    assert vary(told.exchange("/a?after")) == []
    assert fresh_page.evaluate(FETCH, f"{url}after") == 200
    told.until(lambda one: one["type"] == "exchange" and one["request"]["origin"] is not None, "the fetch")
    assert (count(told, "before"), count(told, "after")) == (1, 2)


@pytest.mark.parametrize("change", [VARIES, ALWAYS])
def test_a_url_that_is_fetched_and_shown(fresh_page: Page, told: Reader, folder: Path, change: tuple[str, str]) -> None:
    """The fetch comes first with an empty cache, as in a page that has just been opened anew; then the image."""
    url = told.urls["bare"] + "/b?"
    assert fresh_page.evaluate(FETCH, f"{url}before") == 200
    cache = fresh_page.context.new_cdp_session(fresh_page)
    cache.send("Network.clearBrowserCache")
    assert fresh_page.evaluate(IMAGE, f"{url}before") == "loaded"
    shown = told.until(
        lambda one: one["type"] == "exchange" and one["request"]["origin"] is None and "before" in str(one), "the image"
    )
    ((severity, fix),) = vary(shown)
    assert severity == "warning"
    assert "; or let function 'files' return Access-Control-Allow-Origin: *; or let function" in fix
    assert fresh_page.evaluate(FETCH, f"{url}before") == BLOCKED

    save(told, folder / "app.py", *change)
    assert fresh_page.evaluate(IMAGE, f"{url}after") == "loaded"
    assert vary(told.exchange("/b?after")) == []
    assert fresh_page.evaluate(FETCH, f"{url}after") == 200
