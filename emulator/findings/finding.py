"""What a finding is: one named, explained mismatch and the change that mends it; and what a review consists of."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.aws.product import Layer
from emulator.browser.verdict import Allowed, Blocked


class Severity(StrEnum):
    """ERROR: a browser blocks this exchange, or no environment took it. WARNING: it passes here and will surprise
    somewhere else."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is kebab-case and stable. `layer` is the one to change. `message` says what happened, in the browser's
    own words where the browser decided. `evidence` lists the facts of this exchange it rests on. `fix`: one change."""

    name: str
    severity: Severity
    layer: Layer
    message: str
    evidence: tuple[str, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Review:
    """A browser's verdict on one exchange, None when no page of another origin was involved, and all findings."""

    verdict: Allowed | Blocked | None
    findings: tuple[Finding, ...] = ()


NOTHING = Review(None)
