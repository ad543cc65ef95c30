"""Which calls are tried of which route."""

import pytest

from checks.made import SHOP, http, rest, url
from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.checks.matrix import cells, with_dev
from emulator.deployment import Frontend

PAGE = "https://shop.example.com"


def of(api: Api, frontends: tuple[Frontend, ...] = SHOP) -> list[Cell]:
    return list(cells({3000: api}, frontends))


@pytest.mark.parametrize(
    ("api", "tried"),
    [
        pytest.param(http("GET /a"), ["GET simple", "GET authorized", "GET credentialed"], id="no-body-no-json"),
        pytest.param(
            rest("PUT /a"), ["PUT simple", "PUT json", "PUT authorized", "PUT credentialed"], id="json-has-a-body"
        ),
        pytest.param(rest("OPTIONS /a"), [], id="only-browsers-call-options"),
    ],
)
def test_kinds(api: Api, tried: list[str]) -> None:
    assert [f"{cell.call.method} {cell.kind}" for cell in of(api)] == tried


@pytest.mark.parametrize(
    ("api", "needed", "others"),
    [
        pytest.param(rest("ANY /a"), ["GET", "POST"], ["PUT", "PATCH", "DELETE"], id="any"),
        pytest.param(http("$default"), ["GET", "POST"], ["PUT", "PATCH", "DELETE"], id="default-route"),
        pytest.param(url(), ["GET", "POST"], ["PUT", "PATCH", "DELETE"], id="function-url"),
        pytest.param(
            url(allow_origins=("*",), allow_methods=("DELETE", "PUT")), ["PUT", "DELETE"], [], id="what-cors-names"
        ),
        pytest.param(
            http("ANY /a", allow_origins=("*",), allow_methods=("*",)),
            ["GET", "POST"],
            ["PUT", "PATCH", "DELETE"],
            id="all-are-named",
        ),
        pytest.param(http("GET /a", allow_methods=("POST",)), ["GET"], [], id="the-key-comes-first"),
    ],
)
def test_methods(api: Api, needed: list[str], others: list[str]) -> None:
    simple = [cell for cell in of(api) if cell.kind is Kind.SIMPLE]
    assert [cell.call.method for cell in simple if not cell.needed] == needed
    assert [cell.call.method for cell in simple if cell.needed] == others
    assert all(cell.needed == f"If a page calls with {cell.call.method}" for cell in simple if cell.needed)


@pytest.mark.parametrize(
    ("api", "address"),
    [
        pytest.param(http("GET /items/{id}/x"), "http://localhost:3000/items/1/x", id="parameter"),
        pytest.param(rest("GET /files/{proxy+}"), "http://localhost:3000/dev/files/1", id="stage-and-greedy"),
        pytest.param(http("$default"), "http://localhost:3000/", id="default"),
        pytest.param(rest("GET /"), "http://localhost:3000/dev/", id="root"),
        pytest.param(url(), "http://localhost:3000/", id="function-url"),
    ],
)
def test_addresses(api: Api, address: str) -> None:
    assert {cell.call.url for cell in of(api)} == {address}


@pytest.mark.parametrize(
    ("declared", "modes", "needed"),
    [
        pytest.param(
            None,
            {"simple": "same-origin", "json": "same-origin", "authorized": "same-origin", "credentialed": "include"},
            "If a page calls with credentials: 'include'",
            id="nothing-declared",
        ),
        pytest.param(
            "include",
            {"simple": "same-origin", "json": "include", "authorized": "include", "credentialed": "include"},
            "",
            id="include",
        ),
        pytest.param("omit", {"simple": "same-origin", "json": "omit", "authorized": "omit"}, None, id="omit"),
        pytest.param(
            {"$default": "omit"}, {"simple": "same-origin", "json": "omit", "authorized": "omit"}, None, id="by-api"
        ),
    ],
)
def test_credentials(declared: str | dict[str, str] | None, modes: dict[str, str], needed: str | None) -> None:
    found = of(http("POST /a"), (Frontend(PAGE, declared),))
    assert {cell.kind.value: cell.call.credentials.value for cell in found} == modes
    included = [cell.needed for cell in found if cell.kind is Kind.CREDENTIALED]
    assert included == ([] if needed is None else [needed])


def test_every_frontend_is_tried() -> None:
    origins = [cell.origin for cell in of(http("GET /a"), (*SHOP, Frontend("http://localhost:5173", "omit")))]
    assert origins == [PAGE] * 3 + ["http://localhost:5173"] * 2


def test_only_routes_that_change_nothing_are_run() -> None:
    both = list(cells({3000: http("GET /a", "POST /a")}, SHOP, invoke=True))
    assert {cell.call.method for cell in both if cell.runs} == {"GET"}
    assert not any(cell.runs for cell in cells({3000: http("GET /a")}, SHOP))


def test_a_json_call_is_what_a_page_sends() -> None:
    call = next(cell.call for cell in of(http("POST /a")) if cell.kind is Kind.JSON)
    assert (call.headers, call.body) == ((("Content-Type", "application/json"),), "{}")
    assert call.credentials is Credentials.SAME_ORIGIN


def test_a_page_is_tried_where_it_is_developed_too() -> None:
    """But not where that is the API itself, whose own pages need no leave."""
    dev = ("http://localhost:5173", "http://127.0.0.1:5173", "http://localhost:3000")
    frontends = (Frontend(PAGE, "omit", dev), Frontend("https://other.example", "omit"))
    simple = [cell for cell in of(http("GET /a"), frontends) if cell.kind is Kind.SIMPLE]
    assert [(cell.origin, cell.dev) for cell in with_dev(simple, frontends)] == [
        (PAGE, ""),
        (PAGE, dev[0]),
        (PAGE, dev[1]),
        ("https://other.example", ""),
    ]
