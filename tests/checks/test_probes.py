"""What is tried with --invoke alone."""

from typing import Any

import pytest

from checks.made import PAGE, SHOP, http, rest, url
from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.browser.origin import is_serialized_origin
from emulator.checks.cell import Cell, Kind
from emulator.checks.probes import error_cells, origin_cells, strange_origins
from emulator.deployment import Frontend


def errors(api: Api, frontend: Frontend = SHOP[0]) -> list[Cell]:
    return list(error_cells({3000: api}, (frontend,)))


@pytest.mark.parametrize(
    ("api", "tried"),
    [
        pytest.param(http("GET /a", "POST /a"), [("missing-body", "POST /a", "POST")], id="a-body-is-missing"),
        pytest.param(rest("GET /a/{id}"), [("wrong-method", "GET /a/{id}", "POST")], id="no-route-has-post"),
        pytest.param(
            rest("PUT /a"),
            [("missing-body", "PUT /a", "PUT"), ("wrong-method", "PUT /a", "GET")],
            id="no-route-has-get",
        ),
        pytest.param(rest("ANY /a"), [("missing-body", "ANY /a", "POST")], id="any-takes-all"),
        pytest.param(http("GET /a", "$default"), [("missing-body", "$default", "POST")], id="default-takes-all"),
        pytest.param(rest("GET /a", "GET /{proxy+}"), [], id="greedy-paths-are-many"),
        pytest.param(url(), [("missing-body", "$default", "POST")], id="function-url"),
    ],
)
def test_the_error_path(api: Api, tried: list[tuple[str, str, str]]) -> None:
    found = errors(api)
    assert [(cell.kind.value, cell.route, cell.call.method) for cell in found] == tried
    assert all(cell.runs and not cell.needed for cell in found if cell.kind is Kind.MISSING_BODY)
    assert not any(cell.runs for cell in found if cell.kind is Kind.WRONG_METHOD)


def test_a_missing_body_is_sent_as_the_frontend_calls() -> None:
    (cell,) = (one for one in errors(url(), Frontend(PAGE, "include")) if one.kind is Kind.MISSING_BODY)
    assert (cell.call.credentials, cell.call.body) == (Credentials.INCLUDE, None)
    assert [cell.call.url for cell in errors(rest("GET /a/{id}"))] == ["http://localhost:3000/dev/a/1"]


@pytest.mark.parametrize(
    ("api", "credentials", "tried"),
    [
        pytest.param(rest("GET /a", "PUT /a"), "include", [("GET", None), ("PUT", "{}")], id="cookies"),
        pytest.param(rest("GET /a"), {"orders": "include"}, [("GET", None)], id="cookies-by-api"),
        pytest.param(rest("DELETE /a"), "include", [], id="nothing-is-deleted"),
        pytest.param(rest("ANY /a"), "include", [("GET", None), ("POST", "{}")], id="what-nobody-needs"),
        pytest.param(rest("GET /a"), None, [], id="no-mode"),
        pytest.param(rest("GET /a"), "omit", [], id="no-cookies"),
    ],
)
def test_without_the_cookies_that_a_page_calls_with(api: Api, credentials: Any, tried: list[Any]) -> None:
    found = [cell for cell in errors(api, Frontend(PAGE, credentials)) if cell.kind is Kind.UNAUTHENTICATED]
    assert [(cell.call.method, cell.call.body) for cell in found] == tried
    assert all(cell.runs and cell.call.credentials is Credentials.INCLUDE for cell in found)
    assert not [cell for cell in found if "authorization" in dict(cell.call.headers)]


@pytest.mark.parametrize(
    ("origins", "made"),
    [
        pytest.param(
            ["https://shop.example.com"],
            {
                "https://shop.example.com.unrelated.example": "origin-as-prefix",
                "https://unrelated-shop.example.com": "origin-as-suffix",
                "http://shop.example.com": "other-scheme",
            },
            id="name",
        ),
        pytest.param(
            ["http://127.0.0.1:5173"],
            {
                "http://127.0.0.1.unrelated.example:5173": "origin-as-prefix",
                "https://127.0.0.1:5173": "other-scheme",
            },
            id="address",
        ),
        pytest.param(["http://[::1]:5173"], {"https://[::1]:5173": "other-scheme"}, id="address-6"),
        pytest.param(["capacitor://localhost", "null"], {}, id="web-view"),
        pytest.param(
            ["http://a.example", "https://a.example"],
            {
                "http://a.example.unrelated.example": "origin-as-prefix",
                "http://unrelated-a.example": "origin-as-suffix",
                "https://a.example.unrelated.example": "origin-as-prefix",
                "https://unrelated-a.example": "origin-as-suffix",
            },
            id="both-schemes-are-declared",
        ),
    ],
)
def test_strange_origins(origins: list[str], made: dict[str, str]) -> None:
    found = strange_origins(tuple(map(Frontend, origins)))
    anyone = {"https://unrelated.example": Kind.UNRELATED_ORIGIN, "null": Kind.OPAQUE_ORIGIN}
    assert found == {origin: kind for origin, kind in anyone.items() if origin not in origins} | made
    assert all(map(is_serialized_origin, found))


def test_a_dev_origin_is_no_strangers() -> None:
    origins = strange_origins((Frontend("https://localhost:5173", dev=("http://localhost:5173",)),))
    assert Kind.OTHER_SCHEME not in origins.values()


def test_strangers_change_nothing() -> None:
    cells = list(origin_cells({3000: rest("GET /a", "POST /a")}, SHOP))
    assert all(cell.probes for cell in cells)
    assert {cell.call.method for cell in cells if cell.runs} == {"GET"}
    assert {cell.call.headers for cell in cells if not cell.runs} == {(("Content-Type", "application/json"),)}
    assert [cell.origin for cell in cells if cell.runs] == list(strange_origins(SHOP))
