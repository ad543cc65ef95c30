"""A hundred deployments, each with one fault: the first that is said names it, and following that cures the page. Of
the deployments they come from nothing is said."""

from pathlib import Path

import pytest

from hidden_faults.fault import Fault, Refused
from hidden_faults.of_code import FOREIGN
from hidden_faults.of_configuration import REFUSED
from hidden_faults.score import CORRECT, FAULTS, cured, false_alarms, kept_out, misses
from trials.trial import Trial


@pytest.mark.parametrize("trial", CORRECT.values(), ids=CORRECT)
def test_nothing_is_said_of_what_is_right(trial: Trial, tmp_path: Path) -> None:
    assert false_alarms(trial, tmp_path) == []


@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name) for one in (*REFUSED, *FAULTS)])
def test_the_first_that_is_said_names_the_fault(fault: Fault | Refused, tmp_path: Path) -> None:
    assert misses(fault, tmp_path) == []


@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name) for one in FAULTS if one.origin != FOREIGN])
def test_following_it_cures(fault: Fault, tmp_path: Path) -> None:
    assert cured(fault, tmp_path)


@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name) for one in FAULTS if one.origin == FOREIGN])
def test_following_it_keeps_others_out(fault: Fault, tmp_path: Path) -> None:
    assert kept_out(fault, tmp_path)


def test_each_fault_has_a_name_of_its_own() -> None:
    names = [one.name for one in (*REFUSED, *FAULTS)]
    assert len(set(names)) == len(names) >= 60
