"""One change cures a missing preflight, whatever the page calls with: the advice on `missing-options-route`, followed
for both products and every kind of call, and the same calls made by a page in real Chromium."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from serving.pages import DevelopmentServer
from trials.followed import followed
from trials.in_chromium import call
from trials.played import play
from trials.served import served
from trials.trial import Call, Trial, files_of

pytestmark = pytest.mark.browser

JSON = {"content-type": "application/json"}
SIGNED = {"authorization": "Bearer 1"}
KINDS: dict[str, dict[str, Any]] = {
    "json": {"method": "POST", "headers": JSON, "body": "{}"},
    "put": {"method": "PUT"},
    "patch": {"method": "PATCH", "headers": JSON, "body": "{}"},
    "delete": {"method": "DELETE"},
    "authorized": {"headers": SIGNED},
    "credentialed": {"method": "POST", "headers": JSON, "body": "{}", "credentials": "include"},
    "all-at-once": {"method": "PUT", "headers": {**JSON, **SIGNED}, "body": "{}", "credentials": "include"},
    "custom": {"headers": {"x-b": "1", "X-A": "2", "x-api-key": "3"}},
    "custom-credentialed": {"method": "DELETE", "headers": {"X-Trace": "1"}, "credentials": "include"},
}
API = """
  {name}:
    type: {product}
    port: 0
    routes:
      {method} /items/{{id}}: items
"""
ITEMS = """
    ALLOWED = {"Access-Control-Allow-Origin": "http://localhost:5173", "Access-Control-Allow-Credentials": "true"}

    def handler(event, context):
        return {"statusCode": 200, "headers": ALLOWED, "body": "{}"}
"""
CALLS = {
    f"{product}-{name}": Call(
        f"{product}-{name}", "/dev/items/1" if product == "rest" else "/items/1", **{"credentials": "omit", **kind}
    )
    for product in ("rest", "http")
    for name, kind in KINDS.items()
}


def files() -> dict[str, str]:
    """An API for each call, which has its route and no other."""
    apis = "".join(
        API.format(name=name, product=name.partition("-")[0], method=one.method) for name, one in CALLS.items()
    )
    code = files_of("", items=ITEMS)
    return {**code, "emulator.yaml": f"apis:{apis}functions:\n  items: {{handler: items.handler}}\n"}


def statuses(trial: Trial, page: Page, pages: DevelopmentServer, folder: Path) -> dict[str, int | None]:
    with served(trial, folder, pages.server_port) as running:
        return {name: call(replace(trial, call=one), page, running) for name, one in CALLS.items()}


def advised(trial: Trial, folder: Path) -> Trial:
    """The first advice on each of the calls, followed."""
    for name, one in CALLS.items():
        first = play(replace(trial, call=one), folder).first
        assert first.finding.name == "missing-options-route", name
        trial = followed(first.finding.fix.changes, trial, trial)
    return trial


def test_one_change_cures(fresh_page: Page, pages: DevelopmentServer, tmp_path: Path) -> None:
    trial = Trial(files(), next(iter(CALLS.values())))
    assert statuses(trial, fresh_page, pages, tmp_path) == dict.fromkeys(CALLS)
    with ThreadPoolExecutor(1) as beside:  # Playwright runs an event loop in this thread
        mended = beside.submit(advised, trial, tmp_path).result()
    assert statuses(mended, fresh_page, pages, tmp_path) == dict.fromkeys(CALLS, 200)
