"""One environment, and what it tells its owner."""

import asyncio
from pathlib import Path

from emulator.functions.environment import Environment
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, LogEvent, OutputLine
from emulator.functions.lifecycle import State
from emulator.functions.worker import Guard, Launch


class Owner:
    def __init__(self) -> None:
        self.told: list[object] = []

    def offered(self, environment: Environment) -> None:
        self.told.append("offered")

    def init_failed(self, environment: Environment, error: FunctionError) -> None:
        self.told.append(error)

    def gone(self, environment: Environment) -> None:
        if "gone" not in self.told:
            self.told.append("gone")

    def reaped(self, environment: Environment) -> None:
        self.told.append("reaped")

    def logged(self, line: LogEvent) -> None:
        self.told.append(line)


def run(tmp_path: Path, *argv: str, init_limit: float) -> tuple[list[object], Environment]:
    async def main() -> tuple[list[object], Environment]:
        owner, guard = Owner(), Guard()
        function = Function("app", "app.handler", tmp_path)
        environment = Environment(function, owner, guard, init_limit)
        environment.start(Launch("app", argv, {"PATH": "/usr/bin:/bin"}, tmp_path))
        await environment.ended()
        guard.close()
        return owner.told, environment

    return asyncio.run(main())


def test_init_limit(tmp_path: Path) -> None:
    """AWS, "Understanding the Lambda execution environment lifecycle": the init phase is limited to 10 seconds."""
    told, environment = run(tmp_path, "sleep", "1000", init_limit=0.1)
    error, *rest = told
    assert isinstance(error, FunctionError)
    assert (error.kind, error.error_type, error.error_message) == (
        FunctionErrorKind.INIT,
        "Sandbox.Timedout",
        "Error: Init phase timed out after 0.10 seconds",
    )
    assert error.init_duration_ms is not None
    assert (
        error.init_duration_ms >= 99
    )  # left alone it would be a million; the loop's clock may be a millisecond behind
    assert rest == ["gone", "reaped"]
    assert environment.state is State.DEAD


def test_exit_before_it_asked_for_work(tmp_path: Path) -> None:
    told, _ = run(tmp_path, "sh", "-c", "echo no config; exit 3", init_limit=10)
    line, error, *rest = told
    assert line == OutputLine("app", None, "no config")
    assert isinstance(error, FunctionError)
    assert error.error_message == "Error: Runtime exited with error: exit status 3"
    assert rest == ["gone", "reaped"]
