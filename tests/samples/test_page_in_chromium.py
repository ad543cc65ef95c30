"""The page of the mistakes in real Chromium: each button shows the finding that it is named after."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from real_browsers.chromium import open_chromium
from samples.sample import (
    IN_BYTES,
    MISTAKES,
    PAGE,
    ROOT,
    TWO_AT_A_TIME,
    deployed,
    is_of_other_calls,
    of_mistakes,
    target,
)
from serving.emulate import PATIENCE, Served, serve
from serving.pages import development_server

HTML = (ROOT / "examples" / "page" / "mistakes.html").read_text()
WORST_FIRST = ("error", "warning", "note")
Value = dict[str, Any]


def test_the_page_makes_the_recorded_calls() -> None:
    listed = json.loads(re.findall(r"(?s)<script type=.application/json. id=.list.>(.*?)</script>", HTML)[0])
    ports = {one.api.name: one.port for one in deployed(MISTAKES).endpoints}
    recorded = []
    for sample in of_mistakes():
        told = {"method": sample.method, "headers": dict(sample.headers), "body": sample.body or ""}
        told |= {"credentials": "" if sample.credentials == "same-origin" else sample.credentials}
        init = {name: value for name, value in told.items() if value and value != "GET"}
        if sample.origin == PAGE:
            recorded.append([f"http://localhost:{ports[sample.api]}{target(sample)}", *([init] if init else [])])
    assert listed == recorded
    for sample in of_mistakes():
        if sample.origin != PAGE:
            assert target(sample) in HTML.partition("<pre>")[2].partition("</pre>")[0]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, chromium_binary: Path) -> Iterator[tuple[Page, Served]]:
    """The page beside the APIs, all on free ports."""
    folder = tmp_path_factory.mktemp("mistakes")
    with development_server() as pages:
        origin = f"http://localhost:{pages.server_port}"
        for file in MISTAKES.parent.glob("*.*"):
            text = re.sub(r"port: \d+", "port: 0", file.read_text()) if file == MISTAKES else file.read_text()
            (folder / file.name).write_text(text.replace(PAGE, origin))
        options = ("--log-format", "json", "--no-platform-logs", "--no-reload")
        with serve(folder, *options) as served, open_chromium(chromium_binary) as context:
            page = context.new_page()
            page.goto(origin)
            html = HTML
            for one in deployed(MISTAKES).endpoints:
                html = html.replace(f"http://localhost:{one.port}", served.urls[one.api.name].removesuffix("/dev"))
            page.set_content(html)
            yield page, served


@pytest.mark.browser
def test_each_button_shows_its_finding(shown: tuple[Page, Served]) -> None:
    page, served = shown
    titles = [button.inner_text() for button in page.locator("button").all()]
    assert len({*titles}) == len(titles)
    for title in titles:
        row = page.locator("tr", has=page.get_by_role("button", name=title, exact=True))
        row.locator("button").click()
        row.locator("td.read, td.blocked").wait_for(timeout=PATIENCE * 1000)
        if title not in TWO_AT_A_TIME:  # the browser may send one after the other
            found = findings(served, title)
            assert found[0] == title, found


def findings(served: Served, title: str) -> list[str]:
    """What is said of the calls of a button, once the finding of its name is; the worst first."""

    def told(console: str) -> list[str]:
        objects = [json.loads(line) for line in console.splitlines() if line.startswith("{")]
        mine = [one for one in objects if one["type"] == "exchange" and title in one["request"]["path"].split("/")]
        found = [finding for one in mine for finding in one["findings"] if not is_of_other_calls(finding)]
        found.sort(key=lambda finding: WORST_FIRST.index(finding["severity"]))
        return [finding["name"] for finding in found]

    return told(served.wait_until(lambda console: title in told(console), f"the finding {title}"))


def test_the_page_has_a_button_for_each() -> None:
    for name in (IN_BYTES.finding, *TWO_AT_A_TIME):
        assert f'"{name}"' in HTML
