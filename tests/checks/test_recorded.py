"""The calls of `checks`."""

import pytest

from checks.made import PAGE, SHOP, http, rest
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.checks.recorded import recorded_cells, unauthenticated_cells
from emulator.deployment import Deployment, Frontend, RecordedCheck

APIS = {3000: http("GET /a"), 3001: rest("GET /a")}


def of(check: RecordedCheck, frontends: tuple[Frontend, ...] = SHOP, *, invoke: bool = False) -> Cell:
    deployment = Deployment((), {}, frontends, checks=(check,))
    (cell,) = recorded_cells(APIS, deployment, invoke=invoke)
    return cell


@pytest.mark.parametrize(
    ("request_", "api", "address", "route"),
    [
        pytest.param("GET /a?b=c", None, "http://localhost:3000/a?b=c", "GET /a", id="first-api"),
        pytest.param("GET /a", "orders", "http://localhost:3001/dev/a", "GET /a", id="without-stage"),
        pytest.param("GET /dev/a", "orders", "http://localhost:3001/dev/a", "GET /dev/a", id="with-stage"),
        pytest.param("GET /dev", "orders", "http://localhost:3001/dev", "GET /dev", id="stage-alone"),
        pytest.param("GET /dev?a=b", "orders", "http://localhost:3001/dev?a=b", "GET /dev", id="stage-and-query"),
        pytest.param("GET /device", "orders", "http://localhost:3001/dev/device", "GET /device", id="like-a-stage"),
    ],
)
def test_addresses(request_: str, api: str | None, address: str, route: str) -> None:
    cell = of(RecordedCheck(request_, PAGE, "allowed", api))
    assert (cell.call.url, cell.route, cell.kind, cell.check) == (address, route, Kind.RECORDED, 0)


def test_the_call_is_as_recorded() -> None:
    cell = of(RecordedCheck("POST /a", PAGE, "blocked", headers=(("X-A", "1"),), body="{}", credentials="omit"))
    assert (cell.call.method, cell.call.headers, cell.call.body) == ("POST", (("X-A", "1"),), "{}")
    assert (cell.call.credentials, cell.expect) == (Credentials.OMIT, "blocked")


@pytest.mark.parametrize(
    ("frontends", "mode"),
    [
        pytest.param((Frontend(PAGE, "include"),), Credentials.INCLUDE, id="declared"),
        pytest.param((Frontend("https://other.example", "include"),), Credentials.SAME_ORIGIN, id="of-another"),
        pytest.param(SHOP, Credentials.SAME_ORIGIN, id="undeclared"),
        pytest.param((Frontend("https://a.example", "include", (PAGE,)),), Credentials.INCLUDE, id="at-a-dev-origin"),
    ],
)
def test_credentials(frontends: tuple[Frontend, ...], mode: Credentials) -> None:
    assert of(RecordedCheck("GET /a", PAGE, "allowed"), frontends).call.credentials is mode


def test_what_is_recorded_is_run_with_invoke() -> None:
    check = RecordedCheck("DELETE /a", PAGE, "allowed")
    assert [of(check).runs, of(check, invoke=True).runs] == [False, True]


def test_a_page_at_a_dev_origin_is_one_of_production() -> None:
    dev = "http://localhost:5173"
    cell = of(RecordedCheck("GET /a", dev, "allowed"), (Frontend(PAGE, dev=(dev,)),))
    assert (cell.origin, cell.dev, cell.page) == (PAGE, dev, dev)


@pytest.mark.parametrize(
    ("header", "expect", "headers"),
    [
        pytest.param("Authorization", "allowed", (("X-A", "1"),), id="authorization"),
        pytest.param("x-api-key", "allowed", (("X-A", "1"),), id="api-key"),
        pytest.param("X-Other", "allowed", None, id="no-credentials"),
        pytest.param("Authorization", "blocked", None, id="blocked-anyway"),
    ],
)
def test_the_same_call_of_a_user_who_is_not_logged_in(
    header: str, expect: str, headers: tuple[tuple[str, str], ...] | None
) -> None:
    cell = of(RecordedCheck("DELETE /a", PAGE, expect, headers=((header, "x"), ("X-A", "1"))), invoke=True)
    found = list(unauthenticated_cells([cell]))
    assert [one.call.headers for one in found] == ([] if headers is None else [headers])
    assert all((one.kind, one.expect, one.check, one.runs) == (Kind.UNAUTHENTICATED, "", 0, True) for one in found)
