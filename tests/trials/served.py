"""A trial served by `emulate serve`, from files of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from serving.emulate import Served, serve
from trials.trial import Trial

PORT = 5173
"""The page's, as a trial's files name it."""


@contextmanager
def served(trial: Trial, folder: Path, port: int = PORT) -> Iterator[Served]:
    """Serve it for a page at `port` of localhost, in the place of the one that its files name."""
    files = {name: text.replace(f":{PORT}", f":{port}") for name, text in trial.files.items()}
    replace(trial, files=files).write(folder)
    with serve(folder, "--no-platform-logs") as running:
        yield running


def url_of(trial: Trial, running: Served) -> str:
    """The URL that the trial's page calls."""
    origin = "/".join(running.urls[trial.call.api].split("/")[:3])
    return f"{origin}{trial.call.path}"
