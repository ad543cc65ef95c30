"""The law of fixes in real Chromium, for one example in nine; `make fixes-in-chromium` follows all."""

from pathlib import Path

import pytest

from check_differential.chromium_pages import chromium_pages
from findings.every_example import EXAMPLES
from fixes_in_chromium.canned import canned
from fixes_in_chromium.law import TOLD_AS_ANOTHER, Law
from fixes_in_chromium.meant import meant

pytestmark = pytest.mark.browser


def test_following_the_advice_ends_well(chromium_binary: Path) -> None:
    examples = meant()[::9]
    with canned() as served, chromium_pages(chromium_binary) as opened:
        done = [Law(served, opened).follow(one) for one in examples]
    assert [str(one) for one in done if one.wrong] == []
    assert sum(one.was_blocked for one in done) > 20


def test_advice_that_does_not_cure_is_found_out(chromium_binary: Path) -> None:
    examples = [one for one in meant() if one.rule.name == "header-not-allowed"]
    with canned() as served, chromium_pages(chromium_binary) as opened:
        done = [Law(served, opened, lambda changes, now: now).follow(one) for one in examples]
    assert done
    assert all(one.wrong.startswith("told, done, and told again") for one in done if not one.skipped)


def test_what_is_told_as_another_is_an_example() -> None:
    assert {name for name, _, _ in EXAMPLES} >= TOLD_AS_ANOTHER
