"""Which failed starts stand on the console: what several functions have from one file is shown once a save. Pure."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from emulator.functions.invocation import FunctionError

Key = tuple[str, str, tuple[str, ...]]

_MODULE = re.compile(r"\bmodule '[^']*': ")
"""Matches the name of the handler's module, which runtimes put before an error that may be of a file that several
modules import."""


@dataclass(slots=True, eq=False)
class Failure:
    """Functions that failed to start with the same error, and are told of together."""

    error: FunctionError
    functions: list[str]


class InitErrors:
    """Remembers which failed starts were told. `add` is called when a start fails, `tell` and `saved` when its turn on
    the console comes, `renew` when files are saved."""

    def __init__(self) -> None:
        self._collected: dict[Key, Failure] = {}
        self._told: dict[Key, list[str]] = {}

    def add(self, function: str, error: FunctionError) -> Failure | None:
        """Collect a failed start. Return what is to be told in its turn; None when that waits for its turn already."""
        failure = self._collected.get(key_of(error))
        if failure is None:
            failure = self._collected[key_of(error)] = Failure(error, [function])
            return failure
        if function not in failure.functions:
            failure.functions.append(function)
        return None

    def renew(self) -> None:
        """Have what fails from now on told after the save."""
        self._collected.clear()

    def tell(self, failure: Failure, show: Callable[[str, FunctionError], list[str]]) -> list[str]:
        """Make the lines of a failure; `show` makes those of an error at length, for the functions named. Nothing is
        told twice."""
        key = key_of(failure.error)
        if self._collected.get(key) is failure:
            del self._collected[key]
        told = self._told.setdefault(key, [])
        new = [function for function in failure.functions if function not in told]
        for other, functions in self._told.items():
            if other != key:
                functions[:] = [function for function in functions if function not in new]
        before = told[:1]
        told += new
        if not new:
            return []
        names = ", ".join(new)
        return [f"  {names}: the same error as {before[0]}"] if before else show(names, failure.error)

    def saved(self, functions: Collection[str]) -> None:
        """Forget what was told of these functions: their code is another, and whatever fails now is news."""
        for told in self._told.values():
            told[:] = [function for function in told if function not in functions]
        self._told = {key: told for key, told in self._told.items() if told}


def key_of(error: FunctionError) -> Key:
    """Make a key that is the same for two errors that are the same to a reader."""
    return error.error_type, _MODULE.sub("", error.error_message), error.stack_trace[-1:]
