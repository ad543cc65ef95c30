"""The cases of a seed: each follows from the seed and its number alone."""

import random

from fuzz.cases import Case
from fuzz.mutated import mutated_case
from fuzz.valid import valid_case

VALID_SHARE = 0.3


def case_for(seed: int, index: int) -> Case:
    """The case number `index` of a seed."""
    chance = random.Random(f"{seed}:{index}")
    make = valid_case if chance.random() < VALID_SHARE else mutated_case
    return make(seed, index, chance)
