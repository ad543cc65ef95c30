"""Whether a case ran fast enough for its outcome to follow from its waits alone."""

from itertools import combinations

from differential.cases import Case
from differential.observation import Observation

DEFAULT_AGE = 5  # seconds: Access-Control-Max-Age when the header is absent
LONGEST_SEQUENCE = 20


def is_disturbed(case: Case, seen: Observation) -> bool:
    """True when a slow call leaves open whether a preflight cached in it had expired in a later one."""
    if len(case.calls) == 1:
        return False
    return any(
        later.started - earlier.ended <= age <= later.ended - earlier.started
        for earlier, later in combinations(seen.outcomes, 2)
        for age in _short_ages(case)
    )


def _short_ages(case: Case) -> set[int]:
    """The lifetimes in seconds that a sequence could outlive."""
    answers = (answer for resource in case.resources for answer in resource.preflights)
    values = {
        value.strip(" \t")
        for answer in answers
        for name, value in answer.headers
        if name.lower() == "access-control-max-age"
    }
    ages = {int(value) for value in values if value.isascii() and value.isdigit()}
    return {DEFAULT_AGE, *(age for age in ages if 0 < age < LONGEST_SEQUENCE)}
