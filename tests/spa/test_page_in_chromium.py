"""The single-page app beside its APIs, in real Chromium: what the page shows of each call, on both sides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from real_browsers.chromium import open_chromium
from samples.sample import SAMPLES
from samples.sample import TWO_AT_A_TIME as OF_TWO_CALLS
from serving.spa import Spa, single_page_app
from spa.shown import Blocks, Shown, opened, press

pytestmark = pytest.mark.browser

NOT_OF_THIS_PAGE = {
    "same-site-by-accident": "of the page's site in production, to which it is held, localhost is not",
    "any-origin-with-credentials": "it is of pages of other origins",
    "http-origin-allowed": "it is of pages of other origins",
    "null-origin-allowed": "it is of pages of other origins",
    "opaque-origin": "it is of pages of other origins",
    "origin-echoed": "it is of pages of other origins",
}
"""The samples' findings that this page has no button for, each with why."""


@pytest.fixture(scope="module")
def spa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spa]:
    with single_page_app(tmp_path_factory.mktemp("spa")) as running:
        yield running


@pytest.fixture(scope="module")
def page(spa: Spa, chromium_binary: Path) -> Iterator[Page]:
    """A tab of the module's own Chromium."""
    with open_chromium(chromium_binary) as context:
        yield context.pages[0]


def test_each_button_shows_the_finding_that_chromiums_outcome_implies(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "mistakes")
    blocks = Blocks(page)
    names = [article.get_attribute("id") or "" for article in page.locator("article").all()]
    wrong = {}
    for name in names:
        shown = press(page, name)
        own = blocks.taken()
        if not agree(name, shown, own):
            wrong[name] = (shown, own)
    assert not wrong
    known = {one.finding for one in SAMPLES} | {*OF_TWO_CALLS}
    assert {*names} == known - NOT_OF_THIS_PAGE.keys()


def agree(name: str, shown: Shown, own: str | None) -> bool:
    """Whether both sides of the page, and Chromium itself, tell of the same."""
    is_exception = shown.emulator in {"blocked", "unreadable", "redirected"}
    error = shown.error if shown.emulator == "blocked" else None
    return (shown.findings[0], shown.kind, own) == (name, "exception" if is_exception else "status", error)
