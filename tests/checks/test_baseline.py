"""Known findings are left out, and nothing else."""

from dataclasses import replace

import pytest

from checks.made import PAGE, caused, every, rest
from emulator.checks.baseline import compared, read, written
from emulator.deployment import Frontend
from emulator.errors import EmulatorError

PAGES = (Frontend(PAGE, "omit"),)
FOUND = every(rest("PUT /a"), PAGES)
TEXT = """\
{
  "version": 1,
  "known": {
    "missing-options-route: orders OPTIONS /a": [
      "orders PUT /a (authorized) from https://shop.example.com",
      "orders PUT /a (json) from https://shop.example.com",
      "orders PUT /a (simple) from https://shop.example.com"
    ]
  }
}
"""


def test_written() -> None:
    assert written(FOUND) == TEXT


def test_what_is_known_is_left_out() -> None:
    done = compared(FOUND, read(TEXT, "known.json"))
    assert done.known == 3
    assert not caused(done.tried)
    assert [one.outcome for one in done.tried] == [one.outcome for one in FOUND]


@pytest.mark.parametrize(
    ("routes", "frontends", "told"),
    [
        pytest.param(("PUT /a", "PUT /b"), PAGES, {f"orders PUT /b (simple) from {PAGE}"}, id="a-new-route"),
        pytest.param(
            ("PUT /a",),
            (*PAGES, Frontend("https://b.example", "omit")),
            {"orders PUT /a (simple) from https://b.example"},
            id="a-new-page",
        ),
        pytest.param(("PUT /a",), PAGES, set(), id="nothing-new"),
    ],
)
def test_what_is_new_is_told(routes: tuple[str, ...], frontends: tuple[Frontend, ...], told: set[str]) -> None:
    done = compared(every(rest(*routes), frontends), read(TEXT, "known.json"))
    cells = {str(cell) for cause in caused(done.tried) for cell in cause.cells}
    assert {cell for cell in cells if "(simple)" in cell} == told


def test_another_fault_of_a_known_call_is_new() -> None:
    other = [replace(one, findings=tuple(replace(found, name="other") for found in one.findings)) for one in FOUND]
    assert compared(other, read(TEXT, "known.json")).known == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "known.json is no baseline", id="empty"),
        pytest.param("[]", "known.json is no baseline", id="list"),
        pytest.param('{"version": 1}', "known.json is no baseline", id="half"),
        pytest.param('{"version": 1, "known": []}', "known.json is no baseline", id="no-mapping"),
        pytest.param('{"version": 2}', "known.json is a baseline of version 2", id="of-tomorrow"),
    ],
)
def test_what_is_no_baseline(text: str, said: str) -> None:
    with pytest.raises(EmulatorError, match=said):
        read(text, "known.json")
