"""How a function is started under a debugger. What a debugger then does is tested in tests/cli/test_debug.py."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from emulator.errors import WorkerError
from emulator.functions.command_line import CHILD, command_line
from emulator.functions.invocation import Function, FunctionError, Invocation
from emulator.functions.pool import Pool
from functions.conftest import Lab

SPEC = importlib.util.find_spec("debugpy")
assert SPEC is not None
assert SPEC.origin is not None
DEBUGPY = str(Path(SPEC.origin).parent)
ENVIRON = {"PATH": "/usr/bin:/bin"}


def function(**values: object) -> Function:
    return Function("app", "app.handler", Path("/code"), python=sys.executable, **values)  # type: ignore[arg-type]


def test_python() -> None:
    under = command_line(function(debug_path=Path("/door")), None, ENVIRON)
    without = command_line(function(), None, ENVIRON)
    extra = ("-X", "frozen_modules=off", str(CHILD / "python" / "debug.py"), DEBUGPY, "/door")
    assert under == (without[0], *extra, *without[1:])


def test_node() -> None:
    under = command_line(function(runtime="nodejs22.x", debug_path=Path("/door")), None, ENVIRON)
    without = command_line(function(runtime="nodejs22.x"), None, ENVIRON)
    extra = ("--inspect=127.0.0.1:0", "--inspect-publish-uid", "", str(CHILD / "nodejs" / "debug.mjs"), "/door")
    assert under == (without[0], *extra, *without[1:])


def test_debugpy_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "debugpy", None)
    with pytest.raises(WorkerError, match=r"function 'app' .* run .*pip install .*debugpy"):
        command_line(function(debug_path=Path("/door")), None, ENVIRON)
    command_line(function(), None, ENVIRON)


def test_a_folder_that_is_gone(lab: Lab) -> None:
    """The function fails, and says why; debugpy itself would wait for ever."""
    door = lab.folder / "gone" / "5678"
    result = lab.invoke(lab.function("def handler(event, context): pass", debug_path=door))
    assert isinstance(result, FunctionError)
    assert result.error_type == "Runtime.ExitError"
    assert lab.printed() == [f"The debugger cannot listen at '{door}': No such file or directory. Restart emulate."]


def test_one_environment_at_a_time(lab: Lab) -> None:
    """The next one gets the same door when the one before is gone, whatever ended it."""
    app = lab.function(
        "import os\ndef handler(event, context):\n    os._exit(1) if event else 0\n", debug_path=lab.folder / "door"
    )

    async def scenario(pool: Pool) -> list[object]:
        pool.start("app")
        answers = [await pool.invoke("app", Invocation("request-1", payload)) for payload in (b"{}", b"1", b"{}")]
        pool.replace({"app"})
        return [*answers, await pool.invoke("app", Invocation("request-1", b"{}"))]

    answers = lab.run(scenario, app)
    assert [type(answer).__name__ for answer in answers] == ["Returned", "FunctionError", "Returned", "Returned"]
    assert lab.printed() == []


def test_python_listens_at_no_port(lab: Lab) -> None:
    """debugpy runs what it is told from the first message on, and so may every page and every user be told of none."""
    source = """\
        import os
        def handler(event, context):
            paths = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
            links = [os.readlink(path) for path in paths if os.path.lexists(path)]
            inodes = {link[8:-1] for link in links if link.startswith("socket:")}
            rows = [row.split() for table in ("tcp", "tcp6") for row in open(f"/proc/self/net/{table}")]
            return [row[1] for row in rows if row[3] == "0A" and row[9] in inodes]
        """
    result = lab.invoke(lab.function(source, debug_path=lab.folder / "door"))
    assert result.payload == b"[]", result


def test_node_tells_its_id_to_nobody_else(lab: Lab) -> None:
    """The file has it; neither the log nor the inspector's own HTTP, nor programs that the handler starts."""
    source = """\
        import { fork } from "node:child_process"
        import { once } from "node:events"
        import { get } from "node:http"
        import { url } from "node:inspector"
        import { Worker } from "node:worker_threads"

        export const handler = async () => {
          await once(fork("other.cjs"), "exit")
          await once(new Worker("./other.cjs"), "exit")
          const [answer] = await once(get(`${url().replace("ws:", "http:").slice(0, -36)}json/list`), "response")
          return [answer.statusCode, process.argv.length, process.argv[1], url()]
        }
        """
    lab.write("app.mjs", source)
    lab.write("other.cjs", "setTimeout(() => {}, 10)")
    door = lab.folder / "door"
    result = lab.invoke(lab.function(runtime="nodejs22.x", debug_path=door))
    status, *argv, url = json.loads(result.payload)
    assert (status, argv) == (404, [2, str(CHILD / "nodejs" / "bootstrap.mjs")])
    left = json.loads(door.read_text())
    assert (left["url"], left["version"][0]) == (url, "v")
    assert door.stat().st_mode & 0o777 == 0o600
    assert lab.printed() == []
