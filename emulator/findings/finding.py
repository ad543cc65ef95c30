"""What the rules decide and what they say: a case, a finding (one named, explained mismatch and the fix that mends it),
a rule, and the review that all findings of an exchange make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked, CorsErrorName, NetworkError
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.fix import NOTHING_TO_MEND, Fix
from emulator.messages import Request


class Severity(StrEnum):
    """ERROR: a browser blocks this exchange or cannot read it, or no environment took it. WARNING: it passes here and
    will surprise somewhere else. NOTE: what the exchange does not show and the user should know, once."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class BrowserText(str):
    """A message that is the browser's own words, as its console has them. What is made of it with other words is a
    text like any other."""

    __slots__ = ()


class RaisedAt(str):
    """A piece of evidence that names the line at which the function raised."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is kebab-case and stable. `layer` is the one to change. `message` says what happened, in the browser's
    own words where the browser decided. `evidence` lists the facts of this exchange it rests on."""

    name: str
    severity: Severity
    layer: Layer
    message: str
    evidence: tuple[str, ...] = ()
    fix: Fix = NOTHING_TO_MEND


@dataclass(frozen=True, slots=True)
class Case:
    """One exchange, what a browser makes of it, and the frontends that the configuration declares.

    `verdict` is None where CORS plays no part; `credentials` is the mode that it was judged by, and `is_mode_shown`
    tells whether anything shows that it is the page's. `direct` is the review of the same call as the page would make
    it without the proxy that it came through; None where it came through none.
    """

    exchange: Exchange
    verdict: Allowed | Blocked | NetworkError | None = None
    credentials: Credentials = Credentials.SAME_ORIGIN
    frontends: tuple[Frontend, ...] = ()
    direct: "Review | None" = None
    is_mode_shown: bool = True

    @property
    def api(self) -> Api:
        return self.exchange.api

    @property
    def request(self) -> Request:
        return self.exchange.request

    @property
    def status(self) -> int:
        """What the client got."""
        return self.exchange.response.status

    @property
    def origin(self) -> str:
        """The page's, as the request names it; "" where it names none."""
        return self.exchange.request.origin or ""

    @property
    def function(self) -> str:
        """The function behind the selected route; "" where none was selected."""
        return self.exchange.function or ""

    @property
    def blocked(self) -> Blocked | None:
        """The verdict, where it is that CORS blocks."""
        return self.verdict if isinstance(self.verdict, Blocked) else None

    @property
    def plain_error(self) -> CorsErrorName | None:
        """Why CORS blocks, by the name that the failure has on an actual response where there is one; None where it
        does not block."""
        return None if self.blocked is None else self.blocked.error.plain

    @property
    def cors(self) -> CorsConfiguration | None:
        """The CORS that the gateway applies."""
        return self.exchange.api.cors

    @property
    def policy_layer(self) -> Layer:
        """The layer whose CORS headers count: the gateway, where it applies CORS or answers itself, else the
        function."""
        is_of_function = self.cors is None and self.exchange.refusal is None and self.exchange.mocked is None
        return Layer.FUNCTION if is_of_function else Layer.GATEWAY


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule finds in a case; as a Finding has it. `message` "" stands for the browser's own words, `severity`
    None for the rule's."""

    layer: Layer
    message: str = ""
    evidence: tuple[str, ...] = ()
    fix: Fix = NOTHING_TO_MEND
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of mismatch: the name its findings have, how bad it is, and the pure function that finds it."""

    name: str
    severity: Severity
    find: Callable[[Case], Found | None]

    def finding(self, case: Case) -> Finding | None:
        """Apply the rule to a case; None where it has nothing to say."""
        found = self.find(case)
        if found is None:
            return None
        message = found.message or BrowserText("" if case.blocked is None else case.blocked.message)
        layer, fix = found.layer, found.fix
        if case.exchange.mocked is not None:
            from emulator.findings.mappings import in_mappings

            layer = Layer.GATEWAY if layer is Layer.FUNCTION else layer
            fix = in_mappings(fix, case.exchange, [one.origin for one in case.frontends])
        return Finding(self.name, found.severity or self.severity, layer, message, found.evidence, fix)


def applied(rules: tuple[Rule, ...], case: Case) -> Iterator[Finding]:
    """Yield what each of the rules finds, in their order."""
    for rule in rules:
        finding = rule.finding(case)
        if finding is not None:
            yield finding


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
