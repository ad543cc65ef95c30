"""Every rule has its name, its page, its place in the catalogue, and tests that show where it speaks and where not."""

import pytest

from emulator.findings.catalogue import BESIDE_THE_VERDICT, OF_A_BLOCK, WITHOUT_A_CHECK
from emulator.findings.of_any_client import ANSWERED_OTHERWISE, NOT_ANSWERED, OF_ANY_CLIENT
from findings.every_example import NAMES, PAGES, RULES, TESTS

LISTS = (OF_A_BLOCK, BESIDE_THE_VERDICT, WITHOUT_A_CHECK, NOT_ANSWERED, ANSWERED_OTHERWISE, OF_ANY_CLIENT)
IN_TWO_LISTS = ("wildcard-with-credentials", "vary-origin-missing", "header-name-case", "unknown-route")
SECTIONS = ["## What it means", "## Why AWS or the browser does this", "## Example", "## Fix"]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_named_like_its_file(name: str) -> None:
    assert RULES[name].name == name.replace("_", "-")


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_its_page(name: str) -> None:
    lines = (PAGES / f"{name}.md").read_text().splitlines()
    assert lines[0] == f"# {RULES[name].name}"
    assert [line for line in lines if line.startswith("## ")] == SECTIONS


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_shown_where_it_speaks_and_where_not(name: str) -> None:
    """By examples where an exchange can show it, else by tests of its own."""
    test = TESTS[name]
    assert test.test_found
    assert test.test_not_found
    if hasattr(test, "RULE"):
        assert getattr(test, "FOUND", True)
        assert getattr(test, "NOT_FOUND", True)


def test_a_page_has_its_rule() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == NAMES


def test_every_rule_is_in_the_catalogue() -> None:
    """In one list, but for those that are an error of a block and a warning beside it, and the one that speaks of
    calls and of loads without CORS."""
    listed = [rule.name for rules in LISTS for rule in rules]
    assert sorted(listed) == sorted([*(rule.name for rule in RULES.values()), *IN_TWO_LISTS])


def test_the_last_of_a_block_recognises_every_one() -> None:
    assert OF_A_BLOCK[-1].name == "cors-blocked"
