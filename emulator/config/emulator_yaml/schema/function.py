"""Describes the sections of a Lambda function."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from emulator.aws import limits
from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, Text


class LoggingConfig(Section):
    """How a function's log lines are written, in AWS's fields (Lambda API reference, LoggingConfig)."""

    not_yet: ClassVar = {"loggroup": "Remove it: log lines go to the console."}
    other_names: ClassVar = {
        "format": "logFormat",
        "level": "applicationLogLevel",
        "loglevel": "applicationLogLevel",
    }

    log_format: Annotated[
        Literal["Text", "JSON"],
        Key("The format of log lines; default Text.", "Text or JSON", "logFormat: JSON"),
    ] = "Text"
    application_log_level: Annotated[
        Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] | None,
        Key(
            "The least level of the function's own log lines; only with logFormat JSON, default INFO there.",
            "TRACE, DEBUG, INFO, WARN, ERROR or FATAL",
            "applicationLogLevel: DEBUG",
        ),
    ] = None
    system_log_level: Annotated[
        Literal["DEBUG", "INFO", "WARN"] | None,
        Key(
            "The least level of Lambda's log lines; only with logFormat JSON, default INFO there.",
            "DEBUG, INFO or WARN",
            "systemLogLevel: WARN",
        ),
    ] = None


class Function(Section):
    """A Lambda function, and how it is run here."""

    not_yet: ClassVar = {
        "architectures": "Remove it: code runs on this machine's own architecture.",
        "ephemeralstorage": "Remove it: /tmp is this machine's own.",
        "filesystemconfigs": "Remove it: files are this machine's own.",
        "vpcconfig": "Remove it: the network is this machine's own.",
        "deadletterconfig": "Remove it: no function is invoked asynchronously here.",
        "snapstart": "Remove it: every environment is initialized anew.",
        "imageconfig": "Give the `command` that the image would start.",
    }
    elsewhere: ClassVar = {
        "events": "Put routes under an API: `apis: {shop: {type: http, routes: {GET /items: items}}}`.",
        "cors": "Put it under the API, or under a function URL: `apis: {upload: {type: function-url, cors: ...}}`.",
        "functionurlconfig": "Declare a function URL: `apis: {upload: {type: function-url, function: upload}}`.",
        "port": "Put it under an API: `apis: {shop: {type: http, port: 3000}}`.",
        **dict.fromkeys(("envfile", "envfiles"), "Put it beside `apis`, for all functions: `envFile: .env`."),
        **dict.fromkeys(
            ("logformat", "applicationloglevel", "systemloglevel"),
            "Put it under `loggingConfig`: `loggingConfig: {logFormat: JSON}`.",
        ),
    }
    other_names: ClassVar = {
        "code": "codeUri",
        "codepath": "codeUri",
        "memory": "memorySize",
        "env": "environment",
        "environmentvariables": "environment",
        "concurrency": "maxConcurrency",
        "reservedconcurrency": "maxConcurrency",
        "reservedconcurrentexecutions": "maxConcurrency",
        "interpreter": "python",
        "layer": "layers",
        "logging": "loggingConfig",
    }

    handler: Annotated[
        str,
        Key(
            "The module and function that Lambda calls; not needed with a `command` or a provided runtime.",
            "`module.function`",
            "handler: items.handler",
        ),
    ] = ""
    code_uri: Annotated[
        str,
        Key("The folder of the function's code; default the folder of this file.", "a folder", "codeUri: handlers"),
    ] = "."
    runtime: Annotated[
        str,
        Key(
            "Lambda's runtime identifier; default python3.12. A provided runtime runs the executable `bootstrap` of "
            "the code; others than Python, Node.js and provided need a `command`.",
            "a runtime identifier of Lambda's",
            "runtime: nodejs22.x",
        ),
    ] = "python3.12"
    timeout: Annotated[
        int,
        Field(ge=1, le=limits.FUNCTION_TIMEOUT_S),
        Key(
            f"How long one invocation may take; default {limits.DEFAULT_FUNCTION_TIMEOUT_S}.",
            f"whole seconds from 1 to {limits.FUNCTION_TIMEOUT_S}",
            "timeout: 3",
        ),
    ] = limits.DEFAULT_FUNCTION_TIMEOUT_S
    memory_size: Annotated[
        int,
        Field(ge=limits.LEAST_MEMORY_MB, le=limits.MEMORY_MB),
        Key(
            f"Memory; default {limits.LEAST_MEMORY_MB}.",
            f"megabytes from {limits.LEAST_MEMORY_MB} to {limits.MEMORY_MB}",
            "memorySize: 128",
        ),
    ] = limits.LEAST_MEMORY_MB
    environment: Annotated[
        dict[str, Text],
        Key(
            "Environment variables. Numbers and booleans need no quotes: the function gets the text as written. But "
            "`${NAME}` and `${NAME:-default}` are taken from emulate's own environment or an `envFile`; `$${` is a "
            "plain `${`.",
            "names and their text, numbers or booleans",
            "environment: {TABLE: local}",
            Entry("text, a number or a boolean", '"some text"'),
        ),
    ] = Field(default_factory=dict)
    layers: Annotated[
        tuple[str, ...],
        Key(
            "The function's layers, each the folder that Lambda would unpack into /opt; a later one wins.",
            "a list of folders",
            "layers: [layers/tools]",
        ),
    ] = ()
    logging_config: Annotated[
        LoggingConfig,
        Key("How log lines are written.", "a mapping with `logFormat`", "loggingConfig: {logFormat: JSON}"),
    ] = Field(default_factory=LoggingConfig)
    python: Annotated[
        str | None,
        Key(
            "The interpreter that runs the handler; default the project's virtual environment, else emulate's own.",
            "a path or a command",
            "python: .venv/bin/python",
        ),
    ] = None
    command: Annotated[
        tuple[str, ...] | None,
        Field(min_length=1),
        Key(
            "A program that speaks the Lambda Runtime API, started instead of the runtime's own.",
            "a list of the program and its arguments",
            "command: [python, -m, awslambdaric, items.handler]",
        ),
    ] = None
    max_concurrency: Annotated[
        int,
        Field(ge=1, le=limits.CONCURRENCY_COUNT),
        Key(
            "How many invocations may run at once; default 10.",
            f"a whole number from 1 to {limits.CONCURRENCY_COUNT}",
            "maxConcurrency: 10",
        ),
    ] = 10
    concurrency_wait: Annotated[
        float | None,
        Field(ge=0, le=limits.FUNCTION_TIMEOUT_S, allow_inf_nan=False),
        Key(
            "How long a request waits while as many as `maxConcurrency` run; default as long as its gateway waits, "
            "0 throttles at once, as Lambda does.",
            f"seconds from 0 to {limits.FUNCTION_TIMEOUT_S}",
            "concurrencyWait: 0",
        ),
    ] = None
    freeze: Annotated[
        bool,
        Key(
            "Whether its processes stand still between two invocations, as on Lambda: what a thread or a timer has "
            "left to do goes on with the next one; default false.",
            "true or false",
            "freeze: true",
        ),
    ] = False
