"""`docker compose up` of compose.yaml: the single-page app in real Chromium against the published ports, which are this
machine's alone; who is who inside, who is refused, and how it goes down."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from docker.daemon import until
from docker.project import Project, is_listening, tell, wait_until_free
from real_browsers.chromium import open_chromium
from serving.emulate import PATIENCE
from serving.spa import Spa
from spa.shown import opened
from spa.test_page_in_chromium import (
    pressed,
    test_a_cookie_signs_in,
    test_a_picture_is_sent_and_how_much_of_it_is_told,
    test_a_token_signs_in,
    test_each_button_shows_the_finding_that_chromiums_outcome_implies,
    test_the_blocked_button_turns_green_when_cors_is_mended,
    test_the_items,
    test_the_next_click_shows_what_a_save_of_a_handler_changed,
)

__all__ = [
    "pressed",
    "test_a_cookie_signs_in",
    "test_a_picture_is_sent_and_how_much_of_it_is_told",
    "test_a_token_signs_in",
    "test_each_button_shows_the_finding_that_chromiums_outcome_implies",
    "test_the_blocked_button_turns_green_when_cors_is_mended",
    "test_the_items",
    "test_the_next_click_shows_what_a_save_of_a_handler_changed",
]
"""The page's own tests, which run here against the containers: each with the `spa` and the `page` of this file."""

PAGE, CONTROL = "http://localhost:5173", "http://127.0.0.1:4000"
ASKED, NO_OVERLAY = "      EMULATE_CONTROL_URL: http://api:4000", '\n      EMULATE_OVERLAY: "off"\n     '
"""An overlay would take the clicks of the page's own tests."""

PORTS = [*range(3000, 3003), *range(3100, 3108), 4000, 5173]


@pytest.fixture(scope="module")
def spa(project: Project) -> Iterator[Spa]:
    """The app in its containers; all of them go, whatever happens."""
    wait_until_free(*PORTS)
    compose = project.folder / "compose.yaml"
    compose.write_text(compose.read_text().replace(ASKED, ASKED + NO_OVERLAY))
    began = time.monotonic()
    try:
        project.compose("up", "--detach", "--no-build")
        tell(f"docker compose up: {time.monotonic() - began:.1f} s until `web` is started")
        with project.console(project.container("api")) as console:
            yield Spa(project.folder / "examples" / "spa", PAGE, {"VITE_CONTROL_URL": CONTROL}, console)
    finally:
        project.compose("down", "--volumes", "--timeout", "10")


@pytest.fixture(scope="module")
def page(spa: Spa, chromium_binary: Path) -> Iterator[Page]:
    """A tab of the module's own Chromium, on this machine, when Vite answers."""
    until(is_served, "Vite's page")
    with open_chromium(chromium_binary) as context:
        context.pages[0].set_default_timeout(PATIENCE * 1000)
        yield context.pages[0]


def is_served() -> bool:
    """Docker takes connections before there is a Vite that answers them."""
    try:
        return httpx.get("http://127.0.0.1:5173/", trust_env=False, timeout=PATIENCE).status_code == 200
    except httpx.TransportError:
        return False


def test_web_waits_for_a_healthy_api(spa: Spa, project: Project) -> None:
    assert project.health(project.container("api")) == "healthy"
    started = {service: project.inspect(project.container(service))["State"]["StartedAt"] for service in ("api", "web")}
    assert started["api"] < started["web"]


def test_nobody_inside_is_root(spa: Spa, project: Project) -> None:
    for service in ("api", "web"):
        assert {*project.users(project.container(service)).values()} == {"1000"}


def test_ports_are_published_for_this_machine_alone(spa: Spa, project: Project) -> None:
    bound = [
        one
        for service in ("api", "web")
        for ports in project.inspect(project.container(service))["NetworkSettings"]["Ports"].values()
        for one in ports or ()
    ]
    assert {one["HostIp"] for one in bound} == {"127.0.0.1"}
    assert {int(one["HostPort"]) for one in bound} == {*PORTS}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))  # nothing is sent; which address of this machine others know
        own = one.getsockname()[0]
    assert not any(is_listening(port, own) for port in (3000, 4000, 5173))


def test_a_foreign_host_is_refused_with_the_option_that_would_let_it_in(spa: Spa, project: Project) -> None:
    """A page elsewhere whose name is pointed at this machine (DNS rebinding), by a published port and inside."""
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        for url in ("http://127.0.0.1:3000/items", f"{CONTROL}/exchanges"):
            refused = client.get(url, headers={"host": "rebound.example"})
            assert refused.status_code == 403
            assert "--allow-host rebound.example" in refused.text
        foreign = client.get(f"{CONTROL}/exchanges", headers={"origin": "https://elsewhere.example"})
        assert foreign.status_code == 403
    told = "fetch(process.argv[1]).then(async (r) => console.log(r.status, await r.text()))"
    asked = {url: project.compose("exec", "-T", "web", "node", "-e", told, url) for url in INSIDE}
    assert [one.split()[0] for one in asked.values()] == ["200", "200"]


INSIDE = ("http://api:3000/items", "http://api:4000/health")
"""What `web` asks by the service's name, which EMULATE_ALLOW_HOST allows."""


def test_a_save_of_the_page_is_shown(spa: Spa, page: Page) -> None:
    """By Vite, on a mount that the container only reads."""
    page.goto(f"{PAGE}/#/shop")
    page.get_by_role("button", name="List the items").wait_for()
    for old, new in (("List the items", "Fetch the items"), ("Fetch the items", "List the items")):
        file = spa.folder / "src" / "views" / "shop.ts"
        file.write_text(file.read_text().replace(old, new))
        page.get_by_role("button", name=new).wait_for()


def test_the_console_says_what_the_addresses_mean(spa: Spa) -> None:
    assert "whoever reaches this container" in spa.served.console
    assert "polled" not in spa.served.console


def test_the_overlay_shows_what_emulate_finds_in_the_other_container(spa: Spa, project: Project, page: Page) -> None:
    page.goto("about:blank")  # Vite's client would reload a page as Vite comes back
    compose = project.folder / "compose.yaml"
    compose.write_text(compose.read_text().replace(NO_OVERLAY, ""))
    project.compose("up", "--detach", "--no-build")
    until(is_served, "Vite's page")
    opened(page, spa.origin, "mistakes")
    page.get_by_role("button", name="Call missing-cors-headers").click()  # no preflight of before
    shown = page.get_by_role("dialog")
    expect(shown).to_contain_text("emulate explain missing-cors-headers")


def test_all_end_when_they_are_told(spa: Spa, project: Project) -> None:
    """The last one: none of them has to be killed, for which Docker waits 10 seconds."""
    containers = [project.container(service) for service in ("api", "web")]
    began = time.monotonic()
    project.compose("stop")
    stopped = time.monotonic()
    ended = [project.inspect(one)["State"]["ExitCode"] for one in containers]
    assert ended[0] == 0
    assert 137 not in ended
    again = time.monotonic()
    project.compose("down", "--volumes")
    down = time.monotonic() - again
    tell(f"docker compose down: {stopped - began + down:.1f} s, of which all programs ended in {stopped - began:.1f} s")
