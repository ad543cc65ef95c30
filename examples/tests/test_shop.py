"""A suite for the sample shop: its APIs as a page meets them, with no server, no port and no browser."""

import pytest

from emulator.client import CorsError

PAGE = "http://localhost:5173"


def test_a_page_lists_the_items(emulator, browser, assert_no_cors_findings):
    items = browser(origin=PAGE).fetch(emulator.url("/items"))
    assert [item["name"] for item in items.json()] == ["Teapot", "Cup"]
    assert items.headers["x-total"] == "2"  # readable: `exposeHeaders` names it
    assert_no_cors_findings()


@pytest.mark.parametrize("profile", ["chromium", "firefox", "webkit"])
def test_a_page_adds_an_item(emulator, browser, assert_no_cors_findings, profile):
    added = browser(origin=PAGE, profile=profile).fetch(
        emulator.url("/items"), method="POST", headers=[("Content-Type", "application/json")], body='{"name": "Spoon"}'
    )
    assert (added.status, added.json()["name"]) == (201, "Spoon")
    assert [request.request.method for request in added.requests] == ["OPTIONS", "POST"]


def test_signing_in_needs_credentials(emulator, browser):
    page = browser(origin=PAGE, credentials="include")
    page.fetch(emulator.url("/login"), method="POST")
    assert page.fetch(emulator.url("/me")).json() == {"name": "Ann"}
    assert page.fetch(emulator.url("/me"), credentials="omit").status == 401


def test_a_stranger_reads_nothing(emulator, browser):
    with pytest.raises(CorsError) as blocked:
        browser(origin="https://evil.example").fetch(emulator.url("/items"))
    assert blocked.value.error == "MissingAllowOriginHeader"
    assert [found.finding.name for found in emulator.findings] == ["origin-not-allowed"]


def test_an_order_by_the_rest_api(emulator, browser, assert_no_cors_findings):
    assert browser(origin=PAGE).fetch(emulator.url("/orders", api="orders")).ok
    assert_no_cors_findings()


def test_a_script_needs_no_cors(emulator):
    assert emulator.http.get(emulator.url("/items/1")).json()["name"] == "Teapot"
