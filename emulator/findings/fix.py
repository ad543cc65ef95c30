"""How a finding is mended: changes, and the words around them. The changes themselves are many classes, which are not
loaded before one of them is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.findings.changes import Change


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding is mended: all of `changes` together, or, in their stead, all of one of `instead`.

    `because` is a sentence that tells why, "" where there is nothing to add. `given` is on what the changes depend, as
    the words before a colon ("If it does"); `otherwise` is what to do where it is not so.
    """

    changes: tuple[Change, ...] = ()
    instead: tuple[tuple[Change, ...], ...] = ()
    because: str = ""
    given: str = ""
    otherwise: tuple[Change, ...] = ()


NOTHING_TO_MEND = Fix()
