"""What tests of every part may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext

from real_browsers import chromium as real_chromium
from real_browsers import firefox as real_firefox
from real_browsers.chromium import open_chromium

# A busy machine must not fail a property by the clock.
settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")

for _colour in ("NO_COLOR", "FORCE_COLOR"):  # of whoever runs the tests
    os.environ.pop(_colour, None)


def found(name: str, binary: Path | None, default: str) -> Path:
    """Without the browser the test is skipped, but fails where CI=true: there it must have run."""
    if binary is None:
        reason = f"no {name}: neither ${name.upper()} nor {default} is there"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return binary


@pytest.fixture(scope="session")
def chromium_binary() -> Path:
    return found("Chromium", real_chromium.find_chromium(), real_chromium.DEFAULT_BINARY)


@pytest.fixture(scope="session")
def firefox_binary() -> Path:
    return found("Firefox", real_firefox.find_firefox(), real_firefox.DEFAULT_BINARY)


@pytest.fixture
def chromium(chromium_binary: Path) -> Iterator[BrowserContext]:
    """A headless Chromium of the test's own, with an empty profile."""
    with open_chromium(chromium_binary) as context:
        yield context
