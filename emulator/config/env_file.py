"""Reads environment files (`--env-file`, `envFile`): lines of NAME=value, as Docker and Compose have them."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from emulator.config.complaint import one_line, quoted
from emulator.config.read_file import unreadable
from emulator.config.rules.functions import OF_THE_DEVELOPER, RESERVED_VARIABLES, variable_complaint
from emulator.errors import Problem

_RESERVED = RESERVED_VARIABLES - OF_THE_DEVELOPER
_ASSIGNMENT = "NAME=value, a comment or an empty line"


@dataclass(frozen=True, slots=True)
class EnvFile:
    """Holds the variables of one file, values as written but for quotes and their escapes, and what is wrong with
    it."""

    variables: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def read_env_file(path: Path, read: Callable[[Path], bytes] = Path.read_bytes, named_by: str = "--env-file") -> EnvFile:
    """Read a file of variables; `named_by` is the option or key that names it. One that cannot be read, for which
    `read` raises OSError, is a problem like any other. No problem shows a value: it may be a secret."""
    try:
        text = read(path).decode("utf-8-sig")
    except FileNotFoundError:
        expected, fix = "a file of environment variables", f"Create it, or correct `{named_by}`."
        return EnvFile({}, (Problem(str(path), 0, "", "no such file", expected, fix),))
    except (OSError, UnicodeDecodeError) as error:
        return EnvFile({}, (unreadable(str(path), error),))
    entries = list(_entries(text, str(path)))
    variables = dict(entry for entry in entries if isinstance(entry, tuple))
    return EnvFile(variables, tuple(entry for entry in entries if isinstance(entry, Problem)))


def _entries(text: str, file: str) -> Iterator[tuple[str, str] | Problem]:
    from dotenv.parser import parse_stream  # only who names a file pays for it

    for binding in parse_stream(io.StringIO(text, newline="")):
        original = binding.original.string
        line = binding.original.line + original[: len(original) - len(original.lstrip())].count("\n")
        name, value = binding.key, binding.value
        if binding.error:
            fix = "Write it like `TABLE=local`, and close its quotes."
            yield Problem(file, line, "", "a line that cannot be understood", _ASSIGNMENT, fix)
        elif name is None:
            continue
        elif (said := variable_complaint(name, _RESERVED)) is not None:
            found, expected, fix = (one_line(part) for part in said)
            yield Problem(file, line, one_line(name[:64]), found, expected, fix)
        elif value is None:
            found = f"the name {quoted(name)} without a value"
            yield Problem(file, line, "", found, _ASSIGNMENT, f"Write `{name}=`, if it is to be empty.")
        elif "\0" in value:
            yield Problem(file, line, name, "a NUL character", "text", "Remove it: no variable can hold it.")
        else:
            yield name, value
