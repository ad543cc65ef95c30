"""Lambda's runtime identifiers, sorted by what runs them here."""

import re
from enum import Enum, auto


class Family(Enum):
    """How a function's code is run when no `command` says so."""

    PYTHON = auto()
    """Our bootstrap.py runs it, in the user's interpreter."""
    NODEJS = auto()
    """Our bootstrap.mjs runs it, in the `node` on PATH."""
    PROVIDED = auto()
    """The executable `bootstrap` of the code itself runs it (AWS: Building a custom runtime for AWS Lambda)."""
    OTHER = auto()
    """Nothing of ours runs it: Java, Ruby, .NET."""


_FAMILIES = (
    (re.compile(r"python3\.([89]|[1-9][0-9])"), Family.PYTHON),
    (re.compile(r"nodejs([1-9][0-9])\.x"), Family.NODEJS),
    (re.compile(r"provided(\.al2|\.al2023)?"), Family.PROVIDED),
)


def family_of(runtime: str) -> Family:
    """Tell the family of a runtime by AWS's identifier (AWS: Lambda runtimes): python3.12, nodejs22.x,
    provided.al2023."""
    return next((family for pattern, family in _FAMILIES if pattern.fullmatch(runtime)), Family.OTHER)
