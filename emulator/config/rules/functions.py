"""Says what Lambda refuses when a function is created, and what this version cannot run.

Each complaint is about a resource (deployment.py)."""

import re
from collections.abc import Container, Iterable, Iterator

from emulator.aws import limits
from emulator.config.complaint import Complaint, quoted
from emulator.config.rules.runtimes import runtime_complaints
from emulator.deployment import Places, Resource
from emulator.functions.invocation import Function, LogFormat, LoggingConfig

NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.FUNCTION_NAME_LENGTH}}}")  # AWS: Lambda API reference, CreateFunction
VARIABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")  # AWS: Lambda API reference, Environment

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
"""Lambda sets these itself (AWS: Use Lambda environment variables to configure values in code, "Reserved environment
variables")."""

OF_THE_DEVELOPER = frozenset(
    {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"}
)
"""The variables that on Lambda are reserved too, and the execution role's; here the developer gives them, but not to a
deployment."""

EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""Names a script that Lambda starts the runtime through (AWS: Modifying the runtime environment)."""


def function_complaints(functions: Iterable[Function], places: Places) -> Iterator[Complaint]:
    """Complain of what CreateFunction refuses. An empty handler that `places` does not know is none at all, which the
    reader of the file has said."""
    for function in functions:
        place: Resource = ("function", function.name)
        yield from _name(function.name, place)
        if not function.command:
            yield from runtime_complaints(function, has_handler=(*place, "handler") in places)
        if len(function.layers) > limits.LAYERS_COUNT:
            found, expected = f"{len(function.layers)} layers", f"at most {limits.LAYERS_COUNT}, as on Lambda"
            yield Complaint((*place, "layers"), found, expected, "Merge some of them into one folder.")
        yield from _logging_config(function.logging, (*place, "loggingConfig"))
        yield from _environment(function, (*place, "environment"))


def _name(name: str, place: Resource) -> Iterator[Complaint]:
    if NAME.fullmatch(name) is None:
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[: limits.FUNCTION_NAME_LENGTH].strip("-") or "items"
        fix = f"Rename it, here and where it is used: `{slug}`."
        found = f"the name {quoted(name)}" if name else "an empty name"
        expected = f"1 to {limits.FUNCTION_NAME_LENGTH} letters, digits, `-` and `_`, as on Lambda"
        yield Complaint(place, found, expected, fix)


def _logging_config(logging: LoggingConfig, place: Resource) -> Iterator[Complaint]:
    """Complain of levels without JSON. AWS: "LogLevel is not supported when LogFormat is set to Text"
    (aws/aws-cdk#28045)."""
    if logging.log_format is LogFormat.JSON:
        return
    fix = "Write `logFormat: JSON` beside it, or remove it: Lambda refuses a level with the format Text."
    for key, level in (
        ("applicationLogLevel", logging.application_log_level),
        ("systemLogLevel", logging.system_log_level),
    ):
        if level is not None:
            yield Complaint((*place, key), f"{quoted(level)} with `logFormat: Text`", "`logFormat: JSON`", fix)


def _environment(function: Function, place: Resource) -> Iterator[Complaint]:
    for name, _ in function.environment:
        said = variable_complaint(name, RESERVED_VARIABLES)
        if said is not None:
            yield Complaint((*place, name), *said)


def variable_complaint(name: str, reserved: Container[str]) -> tuple[str, str, str] | None:
    """Return what was found, what is expected and the fix, of a name that no function's environment variable can have
    here; None for others. `reserved` are those that Lambda keeps for itself."""
    if name == EXEC_WRAPPER:
        fix = "Remove it, or give the `command` that the wrapper would start."
        return f"`{name}`, which this version does not emulate", "an environment without wrapper scripts", fix
    if name in reserved:
        fix = "Remove it: Lambda sets it, and refuses functions that set it too."
        if name in OF_THE_DEVELOPER:
            fix += " Your own goes into a file that `--env-file` names."
        return f"`{name}`, which Lambda reserves", "another name", fix
    if VARIABLE_NAME.fullmatch(name) is None:
        expected = "a letter, then at least one letter, digit or `_`, as on Lambda"
        return f"the name {quoted(name)}", expected, "Rename it."
    return None
