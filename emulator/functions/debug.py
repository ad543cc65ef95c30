"""Runs bootstrap.py under debugpy, which listens inside the function's own process.

A program of its own, run by the user's interpreter, Python 3.8 or newer, which need not have debugpy: the emulator's
copy is loaded. `python -m debugpy --listen` would start a second process, in a session of its own, which outlives a
function that is killed and keeps its port (microsoft/debugpy, src/debugpy/adapter/__main__.py). Standard library only;
imports nothing of ours.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_KNOCK = 0.1
"""Seconds an editor has to connect that was attached before the save: the emulator connects for it, at once."""

_ATTACH = 5.0
"""Seconds it then has to set its breakpoints, before the handler's module is imported."""


def load(name: str, path: str) -> Any:
    """Run a file as the module `name`, as an import or, for `__main__`, the interpreter does."""
    spec: Any = spec_from_file_location(name, path)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def listen(folder: str, port: int) -> None:
    """On 127.0.0.1, with the debugpy in `folder`; returns when an editor that connects is attached. The function's
    environment variables are left as they were."""
    own = dict(os.environ)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else it warns on standard error, the function's log
    debugpy = load("debugpy", f"{folder}/__init__.py")
    debugpy.listen(("127.0.0.1", port), in_process_debug_adapter=True)
    # As a client does by the request `setDebuggerProperty`: neither its frames nor ours are shown or stepped into.
    api: Any = sys.modules["_pydevd_bundle.pydevd_api"]
    debugger = sys.modules["pydevd"].get_global_debugger()
    api.PyDevdAPI().set_dont_trace_start_end_patterns(debugger, (folder, __file__.rpartition("/")[0]), ())
    wait_for_editor(debugger)
    os.environ.clear()
    os.environ.update(own)


def wait_for_editor(debugger: Any) -> None:
    now = time.monotonic()
    knock, attach = now + _KNOCK, now + _ATTACH
    while not debugger.is_attached() and time.monotonic() < (knock if debugger.reader is None else attach):
        time.sleep(0.005)


def is_free(port: int) -> bool:
    """debugpy waits for ever for a port that it cannot have."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> None:
    folder, port, runtime, *arguments = sys.argv[1:]
    if not is_free(int(port)):
        sys.exit(f"The debugger cannot listen: another program has taken port {port}. Save again, or restart emulate.")
    listen(folder, int(port))
    sys.argv[:] = [runtime, *arguments]
    load("__main__", runtime)


if __name__ == "__main__":
    main()
