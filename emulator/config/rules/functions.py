"""What Lambda refuses when a function is created, and what this version cannot run."""

import re
from collections.abc import Container, Iterator, Mapping

from emulator.aws import limits
from emulator.config.complaint import Complaint, Path, quoted
from emulator.config.emulator_yaml.function_schema import Function, LoggingConfig
from emulator.config.rules.runtimes import runtime_complaints

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
"""AWS: Use Lambda environment variables to configure values in code, "Reserved environment variables"."""

OF_THE_DEVELOPER = frozenset(
    {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"}
)
"""Reserved, and on Lambda the execution role's; here they are the developer's to give, but not to a deployment."""

EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"


def function_complaints(functions: Mapping[str, Function]) -> Iterator[Complaint]:
    for name, function in functions.items():
        path: Path = ("functions", name)
        if NAME.fullmatch(name) is None:
            slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[: limits.FUNCTION_NAME_LENGTH].strip("-") or "items"
            fix = f"Rename it, here and where it is used: `{slug}`."
            found = f"the name {quoted(name)}" if name else "an empty name"
            yield Complaint(
                path, found, f"1 to {limits.FUNCTION_NAME_LENGTH} letters, digits, `-` and `_`, as on Lambda", fix
            )
        if function.command is None:
            yield from runtime_complaints(function, path)
        if len(function.layers) > limits.LAYERS_COUNT:
            found = f"{len(function.layers)} layers"
            yield Complaint(
                (*path, "layers"),
                found,
                f"at most {limits.LAYERS_COUNT}, as on Lambda",
                "Merge some of them into one folder.",
            )
        yield from _logging_config(function.logging_config, (*path, "loggingConfig"))
        yield from _environment(function.environment, path)


def _logging_config(logging: LoggingConfig, path: Path) -> Iterator[Complaint]:
    """AWS: "LogLevel is not supported when LogFormat is set to Text" (aws/aws-cdk#28045)."""
    if logging.log_format == "JSON":
        return
    fix = "Write `logFormat: JSON` beside it, or remove it: Lambda refuses a level with the format Text."
    for key, level in (
        ("applicationLogLevel", logging.application_log_level),
        ("systemLogLevel", logging.system_log_level),
    ):
        if level is not None:
            yield Complaint((*path, key), f"{quoted(level)} with `logFormat: Text`", "`logFormat: JSON`", fix)


def _environment(environment: Mapping[str, str], path: Path) -> Iterator[Complaint]:
    for name in environment:
        said = variable_complaint(name, RESERVED_VARIABLES)
        if said is not None:
            yield Complaint((*path, "environment", name), *said)


def variable_complaint(name: str, reserved: Container[str]) -> tuple[str, str, str] | None:
    """What was found, what is expected and the fix, of a name that no function's environment variable can have here;
    `reserved` are those that Lambda keeps for itself."""
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
