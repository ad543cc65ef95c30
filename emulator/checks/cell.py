"""The values of a check: one call of one page to one route, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.browser.call import Call
from emulator.deployment import Resource
from emulator.findings.finding import Finding


class Kind(StrEnum):
    """What a page puts into a call, or, from MISSING_BODY on, what is tried with `--invoke` alone."""

    SIMPLE = "simple"
    """No headers and no credentials: what a browser sends without a preflight, where the method lets it."""
    JSON = "json"
    AUTHORIZED = "authorized"
    """With an Authorization header."""
    CREDENTIALED = "credentialed"
    """With the user's cookies."""

    RECORDED = "recorded"
    """What `checks` of the configuration says."""

    MISSING_BODY = "missing-body"
    UNAUTHENTICATED = "unauthenticated"
    """The call of a user who is not logged in, where the page's calls are those of one who is: without Authorization
    and without cookies. The function's 401 or 403 is read only with CORS headers of its own."""
    WRONG_METHOD = "wrong-method"
    """A method that no route takes at this path."""
    UNRELATED_ORIGIN = "unrelated-origin"
    OPAQUE_ORIGIN = "opaque-origin"
    """The origin "null", which every site can have in a sandboxed frame."""
    ORIGIN_AS_PREFIX = "origin-as-prefix"
    """A host name that begins with the real one, and that anyone can own."""
    ORIGIN_AS_SUFFIX = "origin-as-suffix"
    """A host name that ends with the real one, and that anyone can own."""
    OTHER_SCHEME = "other-scheme"
    """The real origin with http for https, or the other way round."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One call of a page of `origin` to a route of an API.

    `needed` is the condition under which a block is anything to mend: "" where it is one in any case, else the words
    before a colon ("If a page sends Authorization"). `runs` lets the route's function be run for the call itself, and
    not for its preflight alone; `probes` is True where the call should be blocked. `expect` is what is to become of a
    recorded call, as a RecordedCheck has it, and `check` its index. `dev` is where the page really is, when a dev
    origin stands in for `origin`.
    """

    api: str
    route: str
    origin: str
    kind: Kind
    call: Call
    needed: str = ""
    runs: bool = False
    probes: bool = False
    expect: str = ""
    check: int | None = None
    dev: str = ""

    @property
    def resource(self) -> Resource:
        """What of the configuration the call is tried for, as places name it."""
        return ("api", self.api, "route", self.route) if self.check is None else ("check", self.check)

    @property
    def page(self) -> str:
        """The origin at which the browser has the page."""
        return self.dev or self.origin

    @property
    def whence(self) -> str:
        """The page in words: its origin, and where on this machine it is."""
        return f"{self.origin} at {self.dev}" if self.dev else self.origin

    @property
    def path(self) -> str:
        """The path as the route key has it; "/" for one that has none."""
        return self.route.partition(" ")[2] or "/"

    def __str__(self) -> str:
        return f"{self.api} {self.call.method} {self.path} ({self.kind}) from {self.whence}"


class Outcome(StrEnum):
    """What became of a call, as far as it is known."""

    ALLOWED = "allowed"
    BLOCKED = "blocked"
    FAILED = "failed"
    """The page gets a TypeError for another reason than CORS."""
    NOT_RUN = "not-run"
    """A function decides that was not run; up to it nothing blocks."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a cell's call: `error` is Chromium's name of it, "" for a call that passes; `status` is the last
    answer's, None where none was made."""

    cell: Cell
    outcome: Outcome
    error: str = ""
    status: int | None = None
    findings: tuple[Finding, ...] = ()
