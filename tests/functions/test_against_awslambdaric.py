"""The bundled bootstrap and AWS's own runtime client, awslambdaric, on the same handlers: equal to the byte."""

import asyncio
import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from emulator.functions.invocation import (
    Function,
    FunctionError,
    Invocation,
    LogEvent,
    LogFormat,
    LoggingConfig,
    OutputLine,
    Result,
    Returned,
)
from emulator.functions.pool import Pool

RUNTIMES = ("python3.11", "python3.13")
"""Lambda escapes non-ASCII characters up to 3.11 and no longer since."""


HANDLERS = Path(__file__).parents[1] / "fixtures" / "lambda_handlers.py"
NAMES = re.findall(r"^(?:async )?def (?!handler\b)(\w+)", HANDLERS.read_text(), re.MULTILINE)
PRINTING = [name for name in NAMES if name.startswith(("prints", "logs", "context_methods", "raises", "assertion"))]


@dataclass(frozen=True)
class Seen:
    result: Result
    output: list[str]


def run_both(folder: Path, functions: list[Function], cases: list[str]) -> dict[tuple[str, str], Seen]:
    """What each function made of each case."""
    log: list[LogEvent] = []
    environ = {"PATH": os.environ["PATH"]}

    async def main() -> dict[tuple[str, str], Seen]:
        pool = Pool({f.name: f for f in functions}, environ, log.append, lambda name, error: None)
        seen = {}
        try:
            for function in functions:
                for case in cases:
                    log.clear()
                    payload = b'{"case": "%s", "text": "\xc3\xbc"}' % case.encode()
                    result = await pool.invoke(function.name, Invocation(f"id-of-{case}", payload, "Root=1-a-b"))
                    lines = [mask(line.text) for line in log if isinstance(line, OutputLine) and line.request_id]
                    seen[function.name, case] = Seen(comparable(result), lines)
        finally:
            await pool.close()
        return seen

    return asyncio.run(main())


def mask(line: str) -> str:
    line = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", "TIME", line)
    return re.sub(r"(ours|aws)-(?=python|json|text)", "", line)


def comparable(result: Result) -> Result:
    """Without durations, and without frames of awslambdaric's own or the import system's: users want theirs."""
    if isinstance(result, Returned):
        return Returned(result.payload)
    assert isinstance(result, FunctionError)
    foreign = ("/awslambdaric/", "<frozen ", "/importlib/__init__.py")
    frames = tuple(entry for entry in result.stack_trace if not any(name in entry for name in foreign))
    return replace(result, stack_trace=frames, duration_ms=0.0, init_duration_ms=None)


def both(folder: Path, name: str, handler: str, runtime: str) -> list[Function]:
    ours = Function(f"ours-{name}", handler, folder, runtime=runtime, timeout=20)
    return [ours, replace(ours, name=f"aws-{name}", command=(sys.executable, "-m", "awslambdaric", handler))]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Seen]:
    folder = tmp_path_factory.mktemp("handlers")
    shutil.copy(HANDLERS, folder / "app.py")
    functions = [function for runtime in RUNTIMES for function in both(folder, runtime, "app.handler", runtime)]
    return run_both(folder, functions, NAMES)


@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("name", NAMES)
def test_equal_results(seen: dict[tuple[str, str], Seen], runtime: str, name: str) -> None:
    ours, theirs = seen[f"ours-{runtime}", name], seen[f"aws-{runtime}", name]
    assert unnamed(ours.result) == unnamed(theirs.result)
    if name in PRINTING:
        assert ours.output == theirs.output
        assert ours.output


FORMATS = {
    "json": {"logging": LoggingConfig(LogFormat.JSON)},
    "json-of-old": {"logging": LoggingConfig(LogFormat.JSON), "runtime": "python3.11"},
    "json-debug": {"logging": LoggingConfig(LogFormat.JSON, "DEBUG")},
    "json-trace": {"logging": LoggingConfig(LogFormat.JSON, "TRACE")},
    "json-error": {"logging": LoggingConfig(LogFormat.JSON, "ERROR")},
    "json-fatal": {"logging": LoggingConfig(LogFormat.JSON, "FATAL")},
    "text-debug": {"environment": (("AWS_LAMBDA_LOG_LEVEL", "DEBUG"),)},
    "text-error": {"environment": (("AWS_LAMBDA_LOG_LEVEL", "error"),)},
    "text-no-level": {"environment": (("AWS_LAMBDA_LOG_LEVEL", "loud"),)},
}


@pytest.fixture(scope="module")
def formatted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Seen]:
    folder = tmp_path_factory.mktemp("handlers")
    shutil.copy(HANDLERS, folder / "app.py")
    functions = []
    for name, changes in FORMATS.items():
        functions += [replace(one, **changes) for one in both(folder, name, "app.handler", "python3.13")]
    return run_both(folder, functions, PRINTING)


@pytest.mark.parametrize("log_format", FORMATS)
@pytest.mark.parametrize("name", PRINTING)
def test_equal_logs(formatted: dict[tuple[str, str], Seen], log_format: str, name: str) -> None:
    ours, theirs = formatted[f"ours-{log_format}", name], formatted[f"aws-{log_format}", name]
    assert ours.output == theirs.output
    assert ours.result == theirs.result


@pytest.mark.parametrize("log_format", ["json", "json-of-old", "text-debug"])
def test_equal_ends_by_half_a_character(tmp_path: Path, log_format: str) -> None:
    """AWS's client ends by what it cannot write as UTF-8, but for what it escapes: all of JSON up to python3.11."""
    shutil.copy(HANDLERS, tmp_path / "app.py")
    functions = [replace(one, **FORMATS[log_format]) for one in both(tmp_path, "x", "app.handler", "python3.13")]
    seen = run_both(tmp_path, functions, ["half_a_character_raised"])
    ours, theirs = (seen[f"{who}-x", "half_a_character_raised"] for who in ("ours", "aws"))
    assert ours.result == theirs.result
    assert isinstance(ours.result, FunctionError)
    is_escaped = log_format == "json-of-old"
    assert ours.result.error_type == ("ValueError" if is_escaped else "Runtime.ExitError")
    assert ours.output[-1] == theirs.output[-1]
    assert ("no \\\\ud800" if is_escaped else "UnicodeEncodeError: 'utf-8' codec") in ours.output[-1]


@pytest.mark.parametrize("log_format", ["json", "json-error", "text-error"])
def test_an_error_is_logged_whatever_the_level(formatted: dict[tuple[str, str], Seen], log_format: str) -> None:
    (line,) = formatted[f"ours-{log_format}", "raises"].output
    assert "ERROR" in line
    assert "lambda_handlers" not in line
    assert "in raises" in line


def unnamed(result: Result) -> Result:
    """The functions differ in their names."""
    if isinstance(result, Returned):
        return Returned(result.payload.replace(b"ours-python", b"aws-python"))
    return result


INIT_CASES = {
    "no-module": ("missing.handler", ""),
    "module-it-imports": ("app.handler", "import missing"),
    "name-it-imports": ("app.handler", "from os import missing"),
    "syntax": ("app.handler", "def handler(event, context)\n    return 1\n"),
    "indentation": ("app.handler", "def handler(event, context):\nreturn 1\n"),
    "no-handler": ("app.handler", "x = 1"),
    "no-dot": ("handler", ""),
    "nested": ("app.Api.handler", "class Api: pass"),
    "built-in": ("time.handler", ""),
    "raises": ("app.handler", "def load():\n    raise OSError('no table')\n\nload()"),
    "raises-own": ("app.handler", "class Broken(Exception): pass\nraise Broken('x')"),
    "not-callable": ("app.handler", "handler = 3"),
    "exits": ("app.handler", "raise SystemExit(4)"),
    "half-a-character": ("app.handler", "raise ValueError('no \\ud800')"),
}


@pytest.mark.parametrize("name", INIT_CASES)
def test_equal_init_errors(tmp_path: Path, name: str) -> None:
    handler, source = INIT_CASES[name]
    (tmp_path / "app.py").write_text(source)
    seen = run_both(tmp_path, both(tmp_path, name, handler, "python3.13"), ["init"])
    ours, theirs = (seen[f"{who}-{name}", "init"].result for who in ("ours", "aws"))
    assert isinstance(ours, FunctionError)
    assert isinstance(theirs, FunctionError)
    if theirs.error_type == "Runtime.ImportModuleError":  # ours adds the frames that led to the import
        ours = replace(ours, stack_trace=())
    assert ours == theirs


def test_handler_that_takes_another_number_of_arguments(tmp_path: Path) -> None:
    """The one frame is the runtime's own, which AWS's shows and ours does not."""
    (tmp_path / "app.py").write_text("def handler(event):\n    return 1")
    seen = run_both(tmp_path, both(tmp_path, "one", "app.handler", "python3.13"), ["x"])
    assert seen["ours-one", "x"].result == seen["aws-one", "x"].result
    result = seen["ours-one", "x"].result
    assert isinstance(result, FunctionError)
    assert result.error_message == "handler() takes 1 positional argument but 2 were given"
