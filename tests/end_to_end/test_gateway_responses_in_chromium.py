"""A REST API's own errors in real Chromium: hidden from the page at first, and read by it once what the findings say is
written into emulator.yaml, word for word."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from serving.emulate import serve
from serving.pages import DevelopmentServer

pytestmark = pytest.mark.browser

CONFIG = """
apis:
  orders:
    type: rest
    port: 0
    routes:
      GET /slow: {function: slow, timeoutInMillis: 50}
      GET /malformed: malformed
      POST /large: malformed
functions:
  slow: {handler: app.slow}
  malformed: {handler: app.malformed}
"""
HANDLERS = """
import threading

def slow(event, context):
    threading.Event().wait()

def malformed(event, context):
    return "text"
"""
CALLS: dict[str, tuple[dict[str, Any], int]] = {
    "/nowhere": ({"credentials": "include"}, 403),
    "/malformed": ({"credentials": "include"}, 502),
    "/slow": ({"credentials": "include"}, 504),
    "/large": ({"credentials": "include", "method": "POST", "body": "x" * 6_300_000}, 413),
}
"""Each call with the status that the gateway answers it with."""

FETCH = """async ([url, init]) => {
    try {
        return (await fetch(url, init)).status;
    } catch (error) {
        return null;
    }
}"""
WRITTEN = re.compile(
    r"""write `(gatewayresponse\.header\.[\w-]+: "'[^']+'")`(?: and `(gatewayresponse\.header\.[\w-]+: "'[^']+'")`)? """
    r"under `gatewayResponses: (\w+): responseParameters` of 'orders'",
    re.IGNORECASE,
)
FRONTEND = "frontends: [{{origin: http://localhost:{port}, credentials: include}}]\n"


def advised(console: str) -> str:
    """The section that the findings ask for; what is told again is the same."""
    entries: dict[str, list[str]] = {}
    for first, second, response_type in WRITTEN.findall(re.sub(r"\s+", " ", console)):
        told = [one for one in (first, second) if one]
        assert entries.setdefault(response_type, told) == told
    lines = ["    gatewayResponses:"]
    for response_type, headers in entries.items():
        lines += [f"      {response_type}:", "        responseParameters:", *(f"          {one}" for one in headers)]
    return "\n".join(lines) + "\n"


def test_what_is_advised_lets_the_page_read_each_error(page: Page, pages: DevelopmentServer, tmp_path: Path) -> None:
    file = tmp_path / "emulator.yaml"
    file.write_text(CONFIG + FRONTEND.format(port=pages.server_port))
    (tmp_path / "app.py").write_text(HANDLERS)
    with serve(tmp_path, "--no-platform-logs") as served:

        def statuses() -> dict[str, int | None]:
            url = served.urls["orders"]
            return {path: page.evaluate(FETCH, [url + path, init]) for path, (init, _) in CALLS.items()}

        assert statuses() == dict.fromkeys(CALLS)
        console = served.wait_until(
            lambda text: (
                all(f"emulate explain {name}" in text for name in ("unknown-route", "request-too-large"))
                and len(WRITTEN.findall(re.sub(r"\s+", " ", text))) >= len(CALLS)
            ),
            "the advice on each call",
        )
        section = advised(console)
        assert {"DEFAULT_4XX:", "DEFAULT_5XX:"} <= set(section.split())
        file.write_text(file.read_text().replace("    routes:\n", f"{section}    routes:\n", 1))
        served.wait_for("gatewayResponses changed; now serving")
        assert statuses() == {path: status for path, (_, status) in CALLS.items()}
