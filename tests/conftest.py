"""What tests of every part may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext, Page

from real_browsers import chromium as real_chromium
from real_browsers import firefox as real_firefox
from real_browsers.chromium import open_chromium
from serving.pages import DevelopmentServer, development_server

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


@pytest.fixture(scope="module")
def pages() -> Iterator[DevelopmentServer]:
    """Where a page can be that is of another origin than the APIs: `http://localhost:<server_port>`."""
    with development_server() as server:
        yield server


@pytest.fixture(scope="module")
def page(pages: DevelopmentServer, chromium_binary: Path) -> Iterator[Page]:
    """A page of Chromium at `pages`, the same for all tests of a module."""
    with open_chromium(chromium_binary) as context:
        yield opened(pages, context)


@pytest.fixture
def fresh_page(pages: DevelopmentServer, chromium: BrowserContext) -> Page:
    """A page at `pages` of a Chromium that has cached nothing yet."""
    return opened(pages, chromium)


def opened(pages: DevelopmentServer, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"http://localhost:{pages.server_port}/")
    return page
