"""The single-page app beside its APIs, in real Chromium: what the page shows of each call, on both sides; what a save
changes while it is open; and whether everybody can use it."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from real_browsers.chromium import open_chromium
from samples.sample import SAMPLES
from samples.sample import TWO_AT_A_TIME as OF_TWO_CALLS
from serving.emulate import PATIENCE, until
from serving.ports import free_port
from serving.spa import Spa, installed, single_page_app
from spa.production import ORIGIN, built, certificate, chromium_flags, production_server
from spa.shown import Blocks, Shown, buttons, call, made, opened, press

pytestmark = pytest.mark.browser

NOT_OF_THIS_PAGE = {
    "any-origin-with-credentials": "it is of pages of other origins",
    "http-origin-allowed": "it is of pages of other origins",
    "null-origin-allowed": "it is of pages of other origins",
    "opaque-origin": "it is of pages of other origins",
    "origin-echoed": "it is of pages of other origins",
}
"""The samples' findings that this page has no button for, each with why."""

VIEWS = ("shop", "sign-in", "picture", "mistakes", "proxy")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def spa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spa]:
    with single_page_app(tmp_path_factory.mktemp("spa")) as running:
        yield running


@pytest.fixture(scope="module")
def https_port() -> int:
    """Where the production origin is on this machine, for the module's Chromium."""
    return free_port()


@pytest.fixture(scope="module")
def page(https_port: int, chromium_binary: Path) -> Iterator[Page]:
    """A tab of the module's own Chromium."""
    with open_chromium(chromium_binary, *chromium_flags(https_port)) as context:
        yield context.pages[0]


@pytest.fixture(scope="module")
def pressed(spa: Spa, page: Page) -> Mapping[str, tuple[Shown, str | None]]:
    """What each button of the mistakes shows, and Chromium's own name of the CORS error."""
    opened(page, spa.origin, "mistakes")
    blocks = Blocks(page)
    return {name: (press(page, name), blocks.taken()) for name in buttons(page)}


@contextlib.contextmanager
def saved(spa: Spa, name: str, old: str, new: str) -> Iterator[None]:
    """A file of the app with a change that is served, until the end."""
    file = spa.folder / name
    text = file.read_text()
    assert old in text
    try:
        save(spa, file, text.replace(old, new))
        yield
    finally:
        save(spa, file, text)


def save(spa: Spa, file: Path, text: str) -> None:
    before = spa.served.console.count("Saved")
    file.write_text(text)
    spa.served.wait_until(lambda console: console.count("Saved") > before, "a reload")


# What can go wrong


def test_each_button_shows_the_finding_that_chromiums_outcome_implies(
    pressed: Mapping[str, tuple[Shown, str | None]],
) -> None:
    assert not {name: both for name, both in pressed.items() if not agree(name, *both)}
    known = {one.finding for one in SAMPLES} | {*OF_TWO_CALLS}
    assert pressed.keys() == known - NOT_OF_THIS_PAGE.keys()


def agree(name: str, shown: Shown, own: str | None) -> bool:
    """Whether both sides of the page, and Chromium itself, tell of the same."""
    is_exception = shown.emulator in {"blocked", "unreadable", "redirected"}
    error = shown.error if shown.emulator == "blocked" else None
    return (shown.findings[0], shown.kind, own) == (name, "exception" if is_exception else "status", error)


def test_the_blocked_button_turns_green_when_cors_is_mended(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "mistakes")
    assert press(page, "method-not-allowed").emulator == "blocked"
    with saved(spa, "emulator.yaml", "allowMethods: [GET, POST, PATCH]", "allowMethods: [GET, POST, PATCH, PUT]"):
        shown = call(page.locator("article[id='method-not-allowed']"), "Call method-not-allowed")
        assert (shown.kind, shown.emulator, shown.findings) == ("status", "allowed", ())
        assert "Status 200" in shown.javascript


# Production

SHOP = (
    ("shop", "List the items", 0),
    ("sign-in", "Who am I?", 0),
    ("sign-in", "Sign in", 0),
    ("sign-in", "Who am I?", 0),
    ("sign-in", "Sign out", 0),
    ("sign-in", "Who am I?", 0),
    ("sign-in", "My orders", 1),
    ("sign-in", "Get a token", 1),
    ("picture", "Send it", 0),
)
"""A view, its button, and which result of the view shows its call."""


def test_the_page_here_gets_what_the_page_in_production_gets(
    spa: Spa, page: Page, https_port: int, pressed: Mapping[str, tuple[Shown, str | None]]
) -> None:
    """The built page, really of the production origin, calls the same APIs, where `frontends` maps nothing for it.
    They stay on http: of localhost an https page may call that (Secure Contexts, "Is origin potentially trustworthy?").
    """
    shop = [in_the_shop(page, spa.origin, *step) for step in SHOP]
    with production_server(built(spa.folder, spa.environ), certificate(spa.folder), https_port):
        assert [in_the_shop(page, ORIGIN, *step) for step in SHOP] == shop
        opened(page, ORIGIN, "mistakes")
        assert page.evaluate("location.origin") == ORIGIN
        blocks = Blocks(page)
        differing = {}
        for name, (here, error) in pressed.items():
            there = press_there(page, name, here)
            if (there.kind, there.javascript, blocks.taken()) != (here.kind, here.javascript, error):
                differing[name] = (here, there)
        assert not differing
        assert buttons(page) == [*pressed]
        page.goto("about:blank")


def press_there(page: Page, name: str, here: Shown) -> Shown:
    """Press the button of a mistake on the page in production; again where two calls came one after the other."""
    article = page.locator(f"article[id='{name}']")
    if name in OF_TWO_CALLS:
        return until(lambda: made(article, f"Call {name}"), lambda there: there.javascript == here.javascript)
    return made(article, f"Call {name}")


def in_the_shop(page: Page, origin: str, view: str, button: str, nth: int) -> tuple[str, str]:
    """What JavaScript gets: the kind, and the text of its side, which ends with the body."""
    if page.url != f"{origin}/#/{view}":
        opened(page, origin, view)
    if view == "picture":
        page.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PNG})
    shown = made(page.locator("main"), button, nth)
    return shown.kind, shown.javascript


# What works


def test_the_items(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "shop")
    view = page.locator("main")
    assert call(view, "List the items").emulator == "allowed"
    items = page.get_by_role("list", name="Items").get_by_role("listitem")
    expect(items).to_contain_text(["Teapot", "Cup"])
    expect(page.get_by_text("X-Total: 2", exact=True)).to_be_visible()
    page.get_by_label("Name").fill("Spoon")
    page.get_by_label("Price in euros").fill("2.5")
    assert call(view, "Add the item", 1).emulator == "allowed"
    expect(items).to_contain_text(["Teapot", "Cup", "Spoon€2.50"])
    call(view, "List the items")
    expect(items).to_contain_text(["Teapot", "Cup", "Spoon€2.50"])


def test_the_next_click_shows_what_a_save_of_a_handler_changed(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "shop")
    with saved(spa, "handlers/shop.py", '"Teapot", "price": 3900', '"Kettle", "price": 4500'):
        assert "Kettle" in call(page.locator("main"), "List the items").javascript
        expect(page.get_by_role("list", name="Items")).to_contain_text("Kettle€45.00")


def test_a_cookie_signs_in(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "sign-in")
    view = page.locator("main")
    steps = ["Who am I?", "Sign in", "Who am I?", "Sign out", "Who am I?"]
    shown = [call(view, step) for step in steps]
    assert [status(one) for one in shown] == ["401", "204", "200", "204", "401"]
    assert '"name": "Ann"' in shown[2].javascript
    assert {one.emulator for one in shown} == {"allowed"}


def test_a_token_signs_in(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "sign-in")
    view = page.locator("main")
    shown = [call(view, step, 1) for step in ("My orders", "Get a token", "My orders")]
    assert [status(one) for one in shown] == ["401", "200", "200"]
    assert '"of": "Ann"' in shown[2].javascript
    assert {one.emulator for one in shown} == {"allowed"}


def status(shown: Shown) -> str:
    return shown.javascript.partition("Status ")[2][:3]


def test_a_picture_is_sent_and_how_much_of_it_is_told(spa: Spa, page: Page) -> None:
    opened(page, spa.origin, "picture")
    picture = PNG + bytes(300_000)
    page.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture})
    shown = call(page.locator("main"), "Send it")
    assert shown.emulator == "allowed"
    assert f'{{"kind": "PNG", "bytes": {len(picture)}}}' in shown.javascript
    assert page.get_by_label("Sent").evaluate("sent => sent.value") == 1
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        exchanges = client.get(f"{spa.environ['VITE_CONTROL_URL']}/exchanges").json()
    of_pictures = [one["request"]["method"] for one in exchanges if one["api"] == "pictures"]
    assert of_pictures[-2:] == ["OPTIONS", "POST"]


# Who can use it


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_can_use_it(spa: Spa, page: Page, view: str) -> None:
    """By the rules of axe-core, with results shown: on light ground, and on dark ground on a narrow screen."""
    opened(page, spa.origin, view)
    page.add_script_tag(path=installed() / "axe-core" / "axe.min.js")
    for button in page.get_by_role("button").all()[-3:]:
        button.click()
    expect(page.locator(".result:not([hidden])[data-emulator='']")).to_have_count(0)
    assert violations(page) == []
    wide = page.viewport_size
    assert wide is not None
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.set_viewport_size(wide)
    page.emulate_media(color_scheme="light")


def violations(page: Page) -> list[str]:
    """What axe-core finds, each with the first element."""
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_the_keyboard_is_enough(spa: Spa, page: Page) -> None:
    """To the view by the skip link, from view to view, to a button, and each result is told."""
    opened(page, spa.origin, "shop")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="List the items")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("List the items: status 200.")
    page.get_by_role("link", name="Sign in").press("Enter")
    expect(page.locator("main")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("link", name="Sign in")).to_have_attribute("aria-current", "page")
