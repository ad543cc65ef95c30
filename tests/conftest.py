"""What tests of every part may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from real_browsers.chromium import DEFAULT_BINARY, find_chromium, open_chromium

for _colour in ("NO_COLOR", "FORCE_COLOR"):  # of whoever runs the tests
    os.environ.pop(_colour, None)


@pytest.fixture(scope="session")
def chromium_binary() -> Path:
    """Chromium's path. Without one the test is skipped, but fails where CI=true: there it must have run."""
    binary = find_chromium()
    if binary is None:
        reason = f"no Chromium: neither $CHROMIUM nor {DEFAULT_BINARY} is there"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return binary


@pytest.fixture
def chromium(chromium_binary: Path) -> Iterator[BrowserContext]:
    """A headless Chromium of the test's own, with an empty profile."""
    with open_chromium(chromium_binary) as context:
        yield context
