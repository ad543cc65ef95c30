"""A page in whichever browser: opened by its address, and told what to run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error

from real_browsers.chromium import open_chromium
from real_browsers.firefox import open_firefox

LIMIT = 60.0
"""Seconds a page may take."""


class Page(Protocol):
    def open(self, url: str) -> str:
        """The text of what was loaded; empty when nothing was."""

    def run(self, function: str, argument: Any) -> Any:
        """What the asynchronous JavaScript `function` makes of `argument`."""


class ChromiumPage:
    def __init__(self, page: Any) -> None:
        self._page = page
        page.set_default_timeout(LIMIT * 1000)

    def open(self, url: str) -> str:
        try:
            self._page.goto(url)
        except Error:
            return ""
        return str(self._page.evaluate("document.documentElement.innerText"))

    def run(self, function: str, argument: Any) -> Any:
        return self._page.evaluate(function, argument)


class FirefoxPage:
    def __init__(self, marionette: Any) -> None:
        self._marionette = marionette
        marionette.timeout.script = marionette.timeout.page_load = LIMIT

    def open(self, url: str) -> str:
        from marionette_driver.errors import MarionetteException  # loaded by now, with its warnings

        try:
            self._marionette.navigate(url)
        except MarionetteException:
            return ""
        return str(self._marionette.execute_script("return document.documentElement.innerText"))

    def run(self, function: str, argument: Any) -> Any:
        script = (
            f"const [argument, done] = arguments; ({function})(argument).then(done, (error) => done(`${{error}}`));"
        )
        return self._marionette.execute_async_script(script, script_args=(argument,), sandbox=None)


@contextmanager
def open_page(browser: str, binary: Path) -> Iterator[Page]:
    """In "chromium" or "firefox"."""
    if browser == "firefox":
        with open_firefox(binary) as marionette:
            yield FirefoxPage(marionette)
    else:
        with open_chromium(binary) as context:
            yield ChromiumPage(context.pages[0])
