"""The browser model agrees with the Chromium that is installed here, on random cases: a fixed seed and a fresh one.

Of the fixed seed every difference has its cause in known_differences.py. A fresh seed may find a new one, which is
printed with the name that gives its case again; what the page sees has to be the same even there.

More of them, and Firefox: `make differential`, `make differential-firefox`.
"""

import secrets
from pathlib import Path

import pytest

from differential.chromium_observer import chromium_observer
from differential.generator import cases_for
from differential.model_runner import Model
from differential.mutations import MUTATIONS, Mutation
from differential.recording import Recording, record
from differential.report import compare_all, summary

FIXED_SEED = 1
CASES = 750
NEW_DIFFERENCES = 2
"""How many a fresh seed may find before the model, and not the seed, is at fault."""


@pytest.fixture(scope="module")
def seeds() -> tuple[int, int]:
    return FIXED_SEED, secrets.randbelow(10**6)


@pytest.fixture(scope="module")
def recordings(chromium_binary: Path, seeds: tuple[int, int]) -> list[Recording]:
    with chromium_observer(chromium_binary) as observer:
        return [record(observer, cases_for(seed, CASES), lambda _: None) for seed in seeds]


@pytest.mark.browser
@pytest.mark.parametrize("which", [pytest.param(0, id="fixed-seed"), pytest.param(1, id="fresh-seed")])
def test_model_and_chromium_agree(
    which: int, recordings: list[Recording], seeds: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    result = compare_all(recordings[which], Model("chromium"))
    with capsys.disabled():
        print(f"\n{CASES} cases of seed {seeds[which]}: {result.everything_share:.2%} the same")  # noqa: T201
        if result.unexplained:
            print("\n".join(summary(recordings[which], result, limit=5)))  # noqa: T201
    assert result.disturbed < CASES // 10
    assert result.verdict_share == 1
    assert len(result.unexplained) <= (NEW_DIFFERENCES if which else 0)


@pytest.mark.browser
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.rule)
def test_a_broken_rule_is_noticed(mutation: Mutation, recordings: list[Recording]) -> None:
    with mutation.applied():
        result = compare_all(recordings[0], Model("chromium"))
    assert result.unexplained
