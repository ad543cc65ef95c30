"""The single-page app with Vite's plugin: a finding is shown over the page, and goes when it is mended."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from real_browsers.chromium import LIMIT, open_chromium
from serving.spa import single_page_app
from spa.shown import opened

pytestmark = pytest.mark.browser


def test_the_overlay_shows_a_finding_and_goes_when_it_is_mended(tmp_path: Path, chromium_binary: Path) -> None:
    with single_page_app(tmp_path, overlay="on") as spa, open_chromium(chromium_binary) as context:
        page = context.pages[0]
        opened(page, spa.origin, "mistakes")
        button = page.get_by_role("button", name="method-not-allowed", exact=False)
        button.click()
        shown = page.get_by_role("dialog")
        expect(shown).to_contain_text("emulate explain method-not-allowed", timeout=LIMIT)
        expect(shown.get_by_role("button", name="emulator.yaml:")).to_be_visible(timeout=LIMIT)
        config = spa.folder / "emulator.yaml"
        text = config.read_text()
        begin, broken, end = text.partition("  broken-http:")
        config.write_text(begin + broken + end.replace("allowMethods: [", "allowMethods: [PUT, ", 1))
        expect(page.locator("emulate-overlay")).to_have_count(0, timeout=LIMIT)
        button.click()
        expect(page.locator("article[id='method-not-allowed'] [data-javascript='status']")).to_be_visible(timeout=LIMIT)
        assert page.locator("emulate-overlay").count() == 0
