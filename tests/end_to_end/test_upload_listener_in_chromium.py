"""A plain POST that real Chromium preflights, because the page listens to its upload: why, and what mends it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from serving.as_json import Reader, serve_as_json

pytestmark = pytest.mark.browser

HANDLER = """
def handler(event, context):
    headers = {"Access-Control-Allow-Origin": event["headers"].get("origin", "")}
    return {"statusCode": 200, "headers": headers, "body": "taken"}
"""
POST, OPTIONS = "      POST /upload: files\n", "      OPTIONS /upload: files\n"
CONFIG = f"""
apis:
  files:
    type: rest
    port: 0
    routes:
{POST}
functions:
  files: {{handler: app.handler}}
"""
SEND = """([url, listens]) => new Promise(done => {
    const call = new XMLHttpRequest();
    call.open("POST", url);
    if (listens) call.upload.onprogress = () => {};
    call.onload = () => done(call.responseText);
    call.onerror = () => done("failed");
    call.send("a plain text");
})"""
BY_THE_UPLOAD = "a page that sends one listens to events of `XMLHttpRequest.upload`, or has a stream as body"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> Iterator[Reader]:
    with serve_as_json(folder) as reader:
        yield reader


def test_an_upload_listener_forces_a_preflight(fresh_page: Page, told: Reader, folder: Path) -> None:
    url = told.urls["files"] + "/upload"
    assert fresh_page.evaluate(SEND, [url, False]) == "taken"
    assert fresh_page.evaluate(SEND, [url, True]) == "failed"
    refused = told.exchange("/dev/upload", "OPTIONS")
    first, why = refused["findings"][0]["evidence"]
    assert refused["findings"][0]["name"] == "missing-options-route"
    assert "no resource has the method OPTIONS" in first
    assert why == f"nothing in POST and its headers needs a preflight: {BY_THE_UPLOAD}"

    assert "Add `OPTIONS /upload: <function>` to `routes` of 'files'" in refused["findings"][0]["fix"]
    before = len(told.objects)
    (folder / "emulator.yaml").write_text(CONFIG.replace(POST, f"{POST}{OPTIONS}"))
    told.until(lambda one: one["type"] == "note", "a reload", before)
    assert fresh_page.evaluate(SEND, [url, True]) == "taken"
    assert told.exchange("/dev/upload", "OPTIONS", before)["findings"] == []
