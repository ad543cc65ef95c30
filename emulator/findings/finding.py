"""What a finding is: one named, explained mismatch and the change that mends it; and what a review consists of."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.aws.product import Layer
from emulator.browser.verdict import Allowed, Blocked, NetworkError


class Severity(StrEnum):
    """ERROR: a browser blocks this exchange or cannot read it, or no environment took it. WARNING: it passes here and
    will surprise somewhere else. NOTE: what the exchange does not show and the user should know, once."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is kebab-case and stable. `layer` is the one to change. `message` says what happened, in the browser's
    own words where the browser decided. `evidence` lists the facts of this exchange it rests on. `fix`: one change,
    empty where there is nothing to mend."""

    name: str
    severity: Severity
    layer: Layer
    message: str
    evidence: tuple[str, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Review:
    """A browser's verdict on one exchange, None when no page of another origin was involved, and all findings.

    `with_credentials` is set when nothing shows the page's credentials mode and the mode decides: `verdict` then holds
    for a call without credentials, and this for one with credentials "include"; `layer_with_credentials` is at fault.
    """

    verdict: Allowed | Blocked | NetworkError | None
    findings: tuple[Finding, ...] = ()
    with_credentials: Blocked | None = None
    layer_with_credentials: Layer = Layer.BROWSER


NOTHING = Review(None)
