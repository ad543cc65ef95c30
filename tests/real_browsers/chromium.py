"""The one way tests start Chromium: which binary, which flags, an empty profile, everything gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

DEFAULT_BINARY = "/usr/bin/chromium"

# Playwright's own defaults switch browser features off (third-party storage partitioning, a CORS loader path among
# them); a second opinion must be the browser people have, so only these flags are given.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)

LIMIT = 120_000.0
"""Milliseconds that the browser may take to start, or a page for anything. Nothing takes seconds, but the machine may
do ten other things."""


def find_chromium() -> Path | None:
    """$CHROMIUM (a path or a command's name), else Debian's; None when neither is there."""
    found = shutil.which(os.environ.get("CHROMIUM") or DEFAULT_BINARY)
    return Path(found) if found else None


@contextmanager
def open_chromium(binary: Path, *flags: str) -> Iterator[BrowserContext]:
    """A running headless Chromium with an empty profile and one blank page; it and its profile go on leaving. `flags`
    are more than those it always has."""
    with tempfile.TemporaryDirectory(prefix="emulate-chromium-", ignore_cleanup_errors=True) as profile:
        arguments = [*FLAGS, *flags, f"--user-data-dir={profile}", "about:blank"]
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=binary, headless=True, ignore_default_args=True, args=arguments, timeout=LIMIT
            )
            context.set_default_timeout(LIMIT)
            try:
                yield context
            finally:
                context.close()
