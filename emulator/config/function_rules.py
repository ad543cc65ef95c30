"""What Lambda refuses when a function is created, and what this version cannot run."""

import re
from collections.abc import Iterator, Mapping

from emulator.config.complaint import Complaint, Path, quoted
from emulator.config.schema import Function

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")  # AWS: Lambda API reference, CreateFunction
VARIABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")  # AWS: Lambda API reference, Environment
PYTHON = re.compile(r"python3\.([89]|[1-9][0-9])")

RESERVED_VARIABLES = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)
"""AWS: Use Lambda environment variables to configure values in code, "Reserved environment variables"."""


def function_complaints(functions: Mapping[str, Function]) -> Iterator[Complaint]:
    for name, function in functions.items():
        path: Path = ("functions", name)
        if NAME.fullmatch(name) is None:
            slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:64].strip("-") or "items"
            fix = f"Rename it, here and where it is used: `{slug}`."
            found = f"the name {quoted(name)}" if name else "an empty name"
            yield Complaint(path, found, "1 to 64 letters, digits, `-` and `_`, as on Lambda", fix)
        if function.command is None:
            yield from _runtime(function.runtime, path)
            if "handler" in function.model_fields_set:
                yield from _handler(function.handler, (*path, "handler"))
        yield from _environment(function.environment, path)


def _runtime(runtime: str, path: Path) -> Iterator[Complaint]:
    if PYTHON.fullmatch(runtime):
        return
    fix = "Give the `command` that starts the function's Lambda runtime client."
    if re.match(r"(py|v?3\b|2\b)", runtime, re.IGNORECASE):
        fix = "Write `runtime: python3.12`."
    expected = "python3.8 or newer, the runtimes this version has itself"
    yield Complaint((*path, "runtime"), quoted(runtime), expected, fix)


def is_handler(text: str) -> bool:
    """Whether `text` can be a Python handler: a module, in folders perhaps, a dot and a function."""
    module, _, function = text.rpartition(".")
    return function.isidentifier() and function != "py" and re.fullmatch(r"[^\s:./][^\s:]*", module) is not None


def _handler(handler: str, path: Path) -> Iterator[Complaint]:
    if is_handler(handler):
        return
    plain = re.sub(r"^\./|\(.*\)$", "", handler).replace(":", ".")
    meant = plain if is_handler(plain) else f"{plain.removesuffix('.py')}.handler"
    fix = f"Write it like `handler: {meant if is_handler(meant) else 'items.handler'}`."
    yield Complaint(path, quoted(handler), "`module.function`", fix)


def _environment(environment: Mapping[str, str], path: Path) -> Iterator[Complaint]:
    for name in environment:
        if name in RESERVED_VARIABLES:
            fix = "Remove it: Lambda sets it, and refuses functions that set it too."
            yield Complaint((*path, "environment", name), f"`{name}`, which Lambda reserves", "another name", fix)
        elif VARIABLE_NAME.fullmatch(name) is None:
            expected = "a letter, then at least one letter, digit or `_`, as on Lambda"
            yield Complaint((*path, "environment", name), f"the name {quoted(name)}", expected, "Rename it.")
