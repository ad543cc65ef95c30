"""The exceptions of emulate, whole.

EmulatorError
├── ConfigError      the user's configuration cannot be used: every problem at once, exit 2
├── WorkerError      an execution environment could not be started at all (no such interpreter, no process to be had)
└── AddressError     a port or host cannot be bound: says which and what to do, exit 2

A function that fails is not one of these: it is an ordinary result (functions/invocation.py).
"""

from dataclasses import dataclass


class EmulatorError(Exception):
    """An error that the command line prints as one clear message instead of a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a configuration file. One that `is_warning` does not keep it from being served.

    `line` counts from 1 (0: the file as a whole) and so does `column`, which only YAML syntax problems have; `path`
    reads like `apis.shop.routes` and is empty where no key is concerned.
    """

    file: str
    line: int
    path: str
    found: str
    expected: str
    fix: str
    column: int = 0
    is_warning: bool = False

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        words = f"{self.found}; expected {self.expected}. {self.fix}"
        return ": ".join(filter(None, (place, "warning" if self.is_warning else "", self.path, words)))


class ConfigError(EmulatorError):
    """A configuration cannot be used; `problems` are all there are, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class WorkerError(EmulatorError):
    """The process of an execution environment could not be started; the message says why and what to change."""


class AddressError(EmulatorError):
    """A listening address cannot be had; the message names it and what to do."""
