"""The debug ports of one run, as `--debug` asks for them. Without any, no more is imported than reads that."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.debugger.debugging import marked, read_debug_options, refusal, speaks_dap
from emulator.errors import AddressError, EmulatorError
from emulator.functions.command_line import command_line
from emulator.functions.invocation import Function

if TYPE_CHECKING:
    from emulator.debugger.debug_port import DebugPort

_PATH_LIMIT = 80
"""Bytes of the folder's path: a Unix socket's has 103 on macOS, 107 on Linux (unix(7))."""


class DebugPorts:
    """The debug ports of one run. They are bound when this is made, and led on from `start` to `close`."""

    def __init__(self, options: Sequence[str], functions: Mapping[str, Function]) -> None:
        """Bind the ports. `options` are of the form FUNCTION[:PORT]. Raises EmulatorError."""
        asked = read_debug_options(options, functions)
        if asked.problems:
            raise EmulatorError("\n".join(asked.problems))
        self.ports = asked.ports
        self._open: dict[str, DebugPort] = {}
        self._folder: Path | None = None
        if asked.ports:
            self._listen(asked.ports)

    def _listen(self, ports: Mapping[str, int]) -> None:
        # Seldom asked for, and a fiftieth of the start-up.
        from emulator.debugger.debug_port import DebugPort

        self._folder = _own_folder()
        try:
            for name, port in ports.items():
                self._open[name] = DebugPort(name, port, self._folder / str(port))
        except AddressError:
            self.close()
            raise

    def mark(self, functions: Mapping[str, Function]) -> dict[str, Function]:
        """Return the functions as the pool is to run them."""
        for name, port in self._open.items():
            port.speaks_dap = name in functions and speaks_dap(functions[name])
        return marked(functions, {name: port.path for name, port in self._open.items()})

    def debugged(self, functions: Mapping[str, Function]) -> list[tuple[Function, int]]:
        """List the functions that can be debugged, and where editors attach."""
        return [(functions[name], port) for name, port in self.ports.items() if refusal(name, functions) is None]

    def problems(self, functions: Mapping[str, Function]) -> list[str]:
        """Say why some of those asked for cannot be debugged any more."""
        return [problem for name in self.ports if (problem := refusal(name, functions)) is not None]

    async def start(self, say: Callable[[str], None]) -> None:
        """Return when editors can attach; `say` is told who else tried to."""
        for port in self._open.values():
            await port.start(say)

    def close(self) -> None:
        """Detach every editor and free the ports."""
        for port in self._open.values():
            port.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def open_debug_ports(
    options: Sequence[str], functions: Mapping[str, Function], project: Path | None, environ: Mapping[str, str]
) -> DebugPorts:
    """Bind the debug ports of one run, whose functions have what it takes to start. Raises EmulatorError."""
    ports = DebugPorts(options, functions)
    try:
        for name, function in ports.mark(functions).items():
            if name in ports.ports:
                command_line(function, project, environ)
    except BaseException:
        ports.close()
        raise
    return ports


def _own_folder() -> Path:
    """Make a folder that no other user can look into; the system's temporary folder may be too far down for a
    socket."""
    folder = tempfile.gettempdir()
    return Path(tempfile.mkdtemp(prefix="emulate-debug-", dir=folder if len(folder) < _PATH_LIMIT else "/tmp"))  # noqa: S108
