"""Where editors attach: one port a function for as long as `emulate serve` runs, whichever process runs the function.

What connects is led to the process of the moment, and waits for the next one while there is none. So nobody can take
the port between two saves, and an editor stays attached across them.
"""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from emulator.errors import AddressError, EmulatorError
from emulator.functions.invocation import Function
from emulator.functions.start_line import start_line
from emulator.server.debugging import (
    DISCONNECT,
    RESTARTED,
    encode_message,
    is_disconnect,
    length_of,
    marked,
    read_debug_options,
    refusal,
    speaks_dap,
)

_BREATH = 0.02
"""Seconds between two looks whether the next process listens: a tenth of what one takes to start."""

_RETURN = 5.0
"""Seconds an editor has to come back to a function that was restarted, before that runs on without it."""

_FAREWELL = 1.0
"""Seconds a process has to answer `disconnect`. It takes a millisecond."""

_CHUNK = 64 * 1024

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class DebugPorts:
    """Those of one run. Bound when made; led on from `start` to `close`."""

    def __init__(self, options: Sequence[str], functions: Mapping[str, Function]) -> None:
        """`options` are of the form FUNCTION[:PORT]. Raises EmulatorError."""
        asked = read_debug_options(options, functions)
        if asked.problems:
            raise EmulatorError("\n".join(asked.problems))
        self.ports = asked.ports
        self._open: dict[str, _DebugPort] = {}
        try:
            for name, port in asked.ports.items():
                self._open[name] = _DebugPort(name, port)
        except AddressError:
            self.close()
            raise

    def mark(self, functions: Mapping[str, Function]) -> dict[str, Function]:
        """The functions as the pool is to run them."""
        for name, port in self._open.items():
            port.speaks_dap = name in functions and speaks_dap(functions[name])
        return marked(functions, {name: port.inner for name, port in self._open.items()})

    def debugged(self, functions: Mapping[str, Function]) -> list[tuple[Function, int]]:
        """Those that can be debugged, and where editors attach."""
        return [(functions[name], port) for name, port in self.ports.items() if refusal(name, functions) is None]

    def problems(self, functions: Mapping[str, Function]) -> list[str]:
        """Why some of those asked for cannot be debugged any more."""
        return [problem for name in self.ports if (problem := refusal(name, functions)) is not None]

    async def start(self) -> None:
        """Returns when editors can attach."""
        for port in self._open.values():
            await port.start()

    def close(self) -> None:
        """Detach all."""
        for port in self._open.values():
            port.close()


def open_debug_ports(
    options: Sequence[str], functions: Mapping[str, Function], project: Path | None, environ: Mapping[str, str]
) -> DebugPorts:
    """Those of one run, whose functions have what it takes to start. Raises EmulatorError."""
    ports = DebugPorts(options, functions)
    try:
        for name, function in ports.mark(functions).items():
            if name in ports.ports:
                start_line(function, project, environ)
    except BaseException:
        ports.close()
        raise
    return ports


class _DebugPort:
    """`inner` is where the function's processes listen, one after the other."""

    def __init__(self, function: str, port: int) -> None:
        """Raises AddressError."""
        self.speaks_dap = True
        self._socket = _listen(function, port)
        self.inner = _free_port(20000 + port % 10000)
        self._server: asyncio.Server | None = None
        self._attached: set[asyncio.Task[None]] = set()
        self._reserved: asyncio.Task[Stream | None] | None = None
        """The connection of an editor that was asked back: it lets the next process wait for that editor."""

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, sock=self._socket)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._socket.close()
        for task in self._attached:
            task.cancel()
        if self._reserved is not None:
            self._give_up(self._reserved)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve((reader, writer)))
        self._attached.add(task)
        task.add_done_callback(self._attached.discard)

    async def _serve(self, editor: Stream) -> None:
        try:
            await (self._lead_messages(editor) if self.speaks_dap else self._lead_bytes(editor))
        except OSError:
            return  # whatever it was, the connection ends with it
        finally:
            editor[1].close()

    async def _lead_bytes(self, editor: Stream) -> None:
        process = await self._reach(editor)
        if process is not None:
            try:
                await relay_bytes(editor, process)
            finally:
                process[1].close()

    async def _lead_messages(self, editor: Stream) -> None:
        """A process that is about to end can still be reached: the one that answers counts."""
        request = await read_message(editor[0])
        while request is not None and (process := await self._reach(editor)) is not None:
            try:
                process[1].write(encode_message(request))
                answer = await read_message(process[0])
                if answer is not None:
                    editor[1].write(encode_message(answer))
                    if await relay_messages(editor, process):
                        self._reserve()
                    return
            finally:
                process[1].close()
            await asyncio.sleep(_BREATH)

    async def _reach(self, editor: Stream) -> Stream | None:
        """None: the editor went away before there was a process."""
        reserved, self._reserved = self._reserved, None
        return await reserved if reserved is not None else await self._connect(editor[0].at_eof)

    async def _connect(self, is_over: Callable[[], bool]) -> Stream | None:
        while not is_over():
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.inner)
            await asyncio.sleep(_BREATH)
        return None

    def _reserve(self) -> None:
        if self._reserved is None:
            loop = asyncio.get_running_loop()
            self._reserved = loop.create_task(self._connect(lambda: False))
            loop.call_later(_RETURN, self._give_up, self._reserved)

    def _give_up(self, reserved: asyncio.Task[Stream | None]) -> None:
        if self._reserved is reserved:
            self._reserved = None
            if not reserved.cancel() and (process := reserved.result()) is not None:
                process[1].close()


async def relay_messages(editor: Stream, process: Stream) -> bool:
    """Messages of the Debug Adapter Protocol, until one of the two is gone; the other is told as the protocol wants.
    Whether it was the process, and the editor was asked back."""
    sends = asyncio.ensure_future(_pass_messages(editor[0], process[1]))
    answers = asyncio.ensure_future(_pass_messages(process[0], editor[1]))
    try:
        await asyncio.wait((sends, answers), return_when=asyncio.FIRST_COMPLETED)
        if not sends.done():
            editor[1].write(RESTARTED)
            await editor[1].drain()
            return True
        if not sends.result():
            process[1].write(DISCONNECT)
        await asyncio.wait((answers,), timeout=_FAREWELL)
        return False
    finally:
        sends.cancel()
        answers.cancel()


async def _pass_messages(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> bool:
    """Whether the last one was about `disconnect`; else the connection was lost."""
    with contextlib.suppress(OSError):
        while (body := await read_message(source)) is not None:
            target.write(encode_message(body))
            await target.drain()
            if is_disconnect(body):
                return True
    return False


async def read_message(source: asyncio.StreamReader) -> bytes | None:
    """The body; None when the connection has ended."""
    try:
        head = await source.readuntil(b"\r\n\r\n")
        return await source.readexactly(length_of(head))
    except (EOFError, OSError, asyncio.LimitOverrunError):
        return None


async def relay_bytes(editor: Stream, process: Stream) -> None:
    """Until one of the two is gone."""
    ways = [
        asyncio.ensure_future(_pass_bytes(editor[0], process[1])),
        asyncio.ensure_future(_pass_bytes(process[0], editor[1])),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()


async def _pass_bytes(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(_CHUNK):
            target.write(data)
            await target.drain()


def _listen(function: str, port: int) -> socket.socket:
    """Raises AddressError."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(
                f"--debug {function}: port {port} is in use, so no debugger can attach there. Stop the program that "
                f"uses it, or choose another: --debug {function}:{port + 1}"
            ) from None
        raise AddressError(f"--debug {function}: cannot listen on 127.0.0.1:{port}: {error.strerror}.") from None


def _free_port(first: int) -> int:
    """Below the ports that systems hand out by themselves, where one that is free now may be taken at the next save."""
    for port in range(first, first + 1000):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AddressError(
        f"no port from {first} to {first + 999} is free for a debugger. Stop the programs that use them."
    )
