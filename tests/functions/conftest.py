"""A folder of handlers and a pool that serves them, for tests with real processes."""

import asyncio
import os
import textwrap
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
import uvloop

from emulator.functions.invocation import Function, FunctionError, Invocation, LogEvent, OutputLine
from emulator.functions.pool import Pool

T = TypeVar("T")


@dataclass
class Lab:
    folder: Path
    loop_factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    environ: dict[str, str] = field(default_factory=lambda: {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]})
    log: list[LogEvent] = field(default_factory=list)
    init_errors: list[tuple[str, FunctionError]] = field(default_factory=list)

    def write(self, name: str, source: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source))
        return path

    def function(self, source: str = "", **values: Any) -> Function:
        """`source`, when given, becomes app.py."""
        if source:
            self.write("app.py", source)
        return Function(
            **({"name": "app", "handler": "app.handler", "code_uri": self.folder, "timeout": 10.0} | values)
        )

    def run(self, scenario: Callable[[Pool], Awaitable[T]], *functions: Function) -> T:
        async def main() -> T:
            pool = self.pool(*functions)
            try:
                return await scenario(pool)
            finally:
                await pool.close()

        with asyncio.Runner(loop_factory=self.loop_factory) as runner:
            return runner.run(main())

    def pool(self, *functions: Function) -> Pool:
        def on_init_error(name: str, error: FunctionError) -> None:
            self.init_errors.append((name, error))

        return Pool({function.name: function for function in functions}, self.environ, self.log.append, on_init_error)

    def invoke(self, function: Function, payload: bytes = b"{}") -> Any:
        """One invocation of a cold function."""
        return self.run(lambda pool: pool.invoke(function.name, Invocation("request-1", payload)), function)

    @property
    def output(self) -> list[OutputLine]:
        return [event for event in self.log if isinstance(event, OutputLine)]

    def printed(self) -> list[str]:
        return [line.text for line in self.output]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """No process may be left behind, whatever the test did."""
    others = set(psutil.Process().children(recursive=True))
    yield Lab(tmp_path)
    assert set(psutil.Process().children(recursive=True)) <= others
