"""The page of examples/spa as a test reads it: what each call came to, on both sides, and in Chromium itself."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from serving.emulate import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)
TWO_AT_A_TIME = ("throttled", "waited-for-environment")


@dataclass(frozen=True)
class Shown:
    """What stands beside a button that was pressed: `javascript` is the text of its side; `error` Chromium's name of a
    CORS error, as the emulator says it."""

    kind: str
    javascript: str
    emulator: str
    error: str | None
    findings: tuple[str, ...]


@dataclass
class Blocks:
    """Chromium's own names of the CORS errors of a page's calls, as its developer tools get them."""

    page: Page
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable")

    def _failed(self, event: dict[str, dict[str, str]]) -> None:
        if "corsErrorStatus" in event:
            self.names.append(event["corsErrorStatus"]["corsError"])

    def taken(self) -> str | None:
        """The first since it was asked last."""
        names, self.names = self.names, []
        return names[0] if names else None


def opened(page: Page, origin: str, view: str) -> None:
    """Open a view anew."""
    page.goto("about:blank")
    page.goto(f"{origin}/#/{view}")
    page.locator("h1").wait_for()


def press(page: Page, name: str) -> Shown:
    """Press the button of a mistake, and wait for what JavaScript gets and for the finding of its name."""
    article = page.locator(f"article[id='{name}']")
    article.get_by_role("button").click()
    result = article.locator(".result:not([data-javascript=''])")
    found = result.locator(f"li[data-finding='{name}']").first
    if name in TWO_AT_A_TIME:  # on a busy machine the second may come when the first is over
        article.locator(".result[data-requests='2']").wait_for()
        if not found.count():
            return press(page, name)
    found.wait_for()
    return read(result)


def read(result: Locator) -> Shown:
    """What stands there now."""
    error = result.locator(".side + .side .bad code")
    return Shown(
        result.get_attribute("data-javascript") or "",
        result.locator(".side").first.inner_text(),
        result.get_attribute("data-emulator") or "",
        error.inner_text() if error.count() else None,
        tuple(one.get_attribute("data-finding") or "" for one in result.locator("li[data-finding]").all()),
    )


def buttons(page: Page) -> list[str]:
    """The names of the mistakes, in the page's order."""
    return [article.get_attribute("id") or "" for article in page.locator("article").all()]


def call(place: Locator, button: str, nth: int = 0) -> Shown:
    """Press a button, whose call the nth result of this place shows, and wait for both sides."""
    return made(place, button, nth, ":not([data-emulator='']):not([data-emulator='nothing'])")


def made(place: Locator, button: str, nth: int = 0, besides: str = "") -> Shown:
    """Press a button, whose call the nth result of this place shows, and wait for what JavaScript gets."""
    place.get_by_role("button", name=button, exact=True).click()
    ended = place.locator(f".result:not([data-javascript='']){besides}")
    result = place.locator(".result").nth(nth)
    expect(result.and_(ended)).to_be_visible()
    return read(result)
