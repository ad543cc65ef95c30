"""The call of a trial that is served, made by a page in real Chromium."""

from typing import Any

from playwright.sync_api import Page

from serving.emulate import Served
from trials.served import url_of
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


def call(trial: Trial, page: Page, running: Served) -> int | None:
    """Make the trial's call; the status that the page reads, None where it gets no answer."""
    asked = trial.call
    init: dict[str, Any] = {
        "method": asked.method,
        "headers": dict(asked.headers),
        "body": asked.body,
        "credentials": asked.credentials,
    }
    status: int | None = page.evaluate(IN_A_FRAME if asked.origin == "null" else FETCH, [url_of(trial, running), init])
    return status
