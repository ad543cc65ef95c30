from dataclasses import replace

import pytest

from emulator.browser.call import Call
from emulator.checks.cell import Cell, Kind


def test_what_a_cell_is_tried_for() -> None:
    cell = Cell("shop", "GET /a", "https://a.example", Kind.SIMPLE, Call("http://localhost:3000/a"))
    assert cell.resource == ("api", "shop", "route", "GET /a")
    assert replace(cell, check=2).resource == ("check", 2)


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ("PUT /items/{id}", "shop PUT /items/{id} (json) from https://a.example"),
        ("$default", "shop PUT / (json) from https://a.example"),
    ],
)
def test_a_cell_is_told_by_its_route(route: str, told: str) -> None:
    call = Call("http://localhost:3000/items/1", "PUT")
    assert str(Cell("shop", route, "https://a.example", Kind.JSON, call)) == told


def test_a_page_at_a_dev_origin() -> None:
    cell = Cell("shop", "GET /a", "https://a.example", Kind.SIMPLE, Call("http://localhost:3000/a"))
    at_dev = replace(cell, dev="http://localhost:5173")
    assert (cell.page, at_dev.page) == ("https://a.example", "http://localhost:5173")
    assert str(at_dev) == "shop GET /a (simple) from https://a.example at http://localhost:5173"
