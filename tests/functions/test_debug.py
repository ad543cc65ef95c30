"""How a function is started under a debugger. What a debugger then does is tested in tests/cli/test_debug.py."""

import contextlib
import importlib.util
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.errors import WorkerError
from emulator.functions.invocation import Function, FunctionError, Invocation
from emulator.functions.pool import Pool
from emulator.functions.start_line import RUNTIME_DIR, start_line
from functions.conftest import Lab

SPEC = importlib.util.find_spec("debugpy")
assert SPEC is not None
assert SPEC.origin is not None
DEBUGPY = str(Path(SPEC.origin).parent)
ENVIRON = {"PATH": "/usr/bin:/bin"}


def function(**values: object) -> Function:
    return Function("app", "app.handler", Path("/code"), python=sys.executable, **values)  # type: ignore[arg-type]


def test_python() -> None:
    under = start_line(function(debug_port=25678), None, ENVIRON)
    without = start_line(function(), None, ENVIRON)
    extra = ("-X", "frozen_modules=off", str(RUNTIME_DIR / "debug.py"), DEBUGPY, "25678")
    assert under == (without[0], *extra, *without[1:])


def test_node() -> None:
    under = start_line(function(runtime="nodejs22.x", debug_port=29229), None, ENVIRON)
    without = start_line(function(runtime="nodejs22.x"), None, ENVIRON)
    assert under == (without[0], "--inspect=127.0.0.1:29229", "--inspect-publish-uid=http", *without[1:])


def test_debugpy_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "debugpy", None)
    with pytest.raises(WorkerError, match=r"function 'app' .* run pip install 'apigw-emulator\[debug\]'"):
        start_line(function(debug_port=25678), None, ENVIRON)
    start_line(function(), None, ENVIRON)


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_was_taken(lab: Lab) -> None:
    """The function fails, and says why; debugpy itself would wait for ever."""
    with taken_port() as port:
        result = lab.invoke(lab.function("def handler(event, context): pass", debug_port=port))
    assert isinstance(result, FunctionError)
    assert result.error_type == "Runtime.ExitError"
    (said,) = lab.printed()
    assert said.startswith(f"The debugger cannot listen: another program has taken port {port}.")


def test_one_environment_at_a_time(lab: Lab) -> None:
    """The next one gets the same port when the one before is gone, whatever ended it."""
    with taken_port() as port:
        pass
    app = lab.function("import os\ndef handler(event, context):\n    os._exit(1) if event else 0\n", debug_port=port)

    async def scenario(pool: Pool) -> list[object]:
        pool.start("app")
        answers = [await pool.invoke("app", Invocation("request-1", payload)) for payload in (b"{}", b"1", b"{}")]
        pool.replace({"app"})
        return [*answers, await pool.invoke("app", Invocation("request-1", b"{}"))]

    answers = lab.run(scenario, app)
    assert [type(answer).__name__ for answer in answers] == ["Returned", "FunctionError", "Returned", "Returned"]
    assert lab.printed() == []
