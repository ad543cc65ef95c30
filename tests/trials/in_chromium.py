"""A trial served by `emulate serve` and called by a page in real Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from serving.emulate import Served, serve
from trials.trial import Trial

FETCH = """async ([url, init]) => {
    try {
        const response = await fetch(url, init);
        await response.text();
        return response.status;
    } catch {
        return null;
    }
}"""
IN_A_FRAME = """([url, init]) => new Promise(done => {
    addEventListener("message", event => done(event.data), { once: true });
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = `<script>fetch("${url}", ${JSON.stringify(init)}).then(
        response => parent.postMessage(response.status, "*"), () => parent.postMessage(null, "*"))</` + "script>";
    document.body.append(frame);
})"""
"""The same from a sandboxed frame, whose origin is opaque."""


@contextmanager
def served(trial: Trial, folder: Path, port: int) -> Iterator[Served]:
    """Serve it for a page at `port` of localhost, in the place of the one that its files name."""
    files = {name: text.replace(":5173", f":{port}") for name, text in trial.files.items()}
    replace(trial, files=files).write(folder)
    with serve(folder, "--no-platform-logs") as running:
        yield running


def call(trial: Trial, page: Page, running: Served) -> int | None:
    """Make the trial's call; the status that the page reads, None where it gets no answer."""
    asked = trial.call
    base = "/".join(running.urls[asked.api].split("/")[:3])
    init: dict[str, Any] = {
        "method": asked.method,
        "headers": dict(asked.headers),
        "body": asked.body,
        "credentials": asked.credentials,
    }
    status: int | None = page.evaluate(IN_A_FRAME if asked.origin == "null" else FETCH, [base + asked.path, init])
    return status
