import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from emulator.checks.conversation import UNEXPECTED
from emulator.cli.explain import first_sentence, pages, told
from emulator.cli.main import emulate
from emulator.errors import EmulatorError

PAGES = pages()
HEADINGS = ["## What it means", "## Why AWS or the browser does this", "## Example", "## Fix"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_its_name_and_the_four_headings_with_text(name: str) -> None:
    page = PAGES[name]
    assert page.startswith(f"# {name}\n")
    assert re.findall(r"^## .*", page, re.MULTILINE) == HEADINGS
    assert all(part.strip() for part in re.split(r"^## .*", page, flags=re.MULTILINE)[1:])
    assert first_sentence(page).endswith((".", ":"))


def test_the_page_is_printed() -> None:
    result = CliRunner().invoke(emulate, ["explain", "missing-options-route"])
    assert (result.exit_code, result.output) == (0, PAGES["missing-options-route"])


def test_without_a_name_every_name_is_listed_with_its_first_sentence() -> None:
    lines = CliRunner().invoke(emulate, ["explain"]).output.splitlines()
    assert [line.split()[0] for line in lines] == list(PAGES)
    assert any(re.fullmatch(r"throttled +All execution environments .* refused\.", line) for line in lines)


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing-option-route", "did you mean `missing-options-route`?"), ("zzz", "`emulate explain` lists the names")],
)
def test_a_name_that_is_none_gets_the_nearest(name: str, words: str) -> None:
    with pytest.raises(EmulatorError, match=re.escape(words)):
        told(name, PAGES)


def test_pages_are_package_data() -> None:
    """What the wheel is made of: hatchling takes every file of the package."""
    import emulator

    found = {path.stem.replace("_", "-") for path in Path(emulator.__path__[0]).rglob("*.md")}
    assert found == set(PAGES)


def test_what_a_check_alone_finds_has_a_page() -> None:
    assert UNEXPECTED in PAGES
