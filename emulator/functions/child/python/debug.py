"""Runs bootstrap.py under debugpy, which listens inside the function's own process, at a path of the file system.

A program of its own, run by the user's interpreter, Python 3.8 or newer, which need not have debugpy: the emulator's
copy is loaded. `python -m debugpy --listen` would start a second process, in a session of its own, which outlives a
function that is killed and keeps its port (microsoft/debugpy, src/debugpy/adapter/__main__.py). A port is reached by
every user of the machine and by every web page, debugpy runs what it is told from the first message on, and an access
token, once an editor has given it, counts for whoever connects next (pydevd.py, _Authentication). So it is given a Unix
socket, in a folder that is the user's alone.
Standard library only; imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_KNOCK = 0.1
"""Seconds in which an editor that was attached before the save has to connect: the emulator connects for it, at
once."""

_ATTACH = 5.0
"""Seconds in which an editor that has connected has to set its breakpoints, before the handler's module is imported."""


def load(name: str, path: str) -> Any:
    """Run a file as the module `name`, as an import or, for `__main__`, the interpreter does."""
    spec: Any = spec_from_file_location(name, path)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Door(socket.socket):
    """A Unix socket with the kind of name that debugpy expects of one that listens."""

    def getsockname(self) -> tuple[str, int]:
        return ("127.0.0.1", 0)


def open_door(path: str) -> Door:
    """Make the socket and listen at it. Raises OSError."""
    door = Door(socket.AF_UNIX, socket.SOCK_STREAM)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108  of the process before; pathlib is an import more
    door.bind(path)
    return door


def listen(folder: str, door: Door) -> None:
    """Listen at `door`, with the debugpy in `folder`; return when an editor that connects is attached. The function's
    environment variables are left as they were."""
    own = dict(os.environ)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else it warns on standard error, the function's log
    debugpy = load("debugpy", f"{folder}/__init__.py")
    import_module("debugpy.server.api")  # which imports pydevd
    sys.modules["pydevd"].create_server_socket = lambda host, port: door  # type: ignore[attr-defined]
    debugpy.listen(door.getsockname(), in_process_debug_adapter=True)
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


def main() -> None:
    folder, path, runtime, *arguments = sys.argv[1:]
    try:
        door = open_door(path)  # here: debugpy waits for ever for a socket that it cannot have
    except OSError as error:
        sys.exit(f"The debugger cannot listen at '{path}': {error.strerror}. Restart emulate.")
    listen(folder, door)
    sys.argv[:] = [runtime, *arguments]
    load("__main__", runtime)


if __name__ == "__main__":
    main()
