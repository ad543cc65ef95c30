"""The calls of `checks`."""

import pytest

from checks.made import PAGE, SHOP, http, rest
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.checks.recorded import recorded_cells
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
    ],
)
def test_credentials(frontends: tuple[Frontend, ...], mode: Credentials) -> None:
    assert of(RecordedCheck("GET /a", PAGE, "allowed"), frontends).call.credentials is mode


def test_what_is_recorded_is_run_with_invoke() -> None:
    check = RecordedCheck("DELETE /a", PAGE, "allowed")
    assert [of(check).runs, of(check, invoke=True).runs] == [False, True]
