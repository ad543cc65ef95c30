"""Where editors attach: one port a function for as long as `emulate serve` runs, whichever process runs the function.

What connects is led to the process of the moment, and waits for the next one while there is none. So nobody can take
the port between two saves, and an editor stays attached across them.

A debugger runs whatever it is told, and a port of this machine is reached by every page in the user's browser and by
every other user. So the other end must be the user's (functions/peer.py), and speak as pages cannot: DAP whose head is
no HTTP and which begins with `initialize`, or a request to Node.js's inspector that no page makes (inspector.py). Only
then is it led on. The process's own end is nobody else's to find, in a folder of mode 0700: for Python a Unix socket
(functions/child/python/debug.py), which needs no secret; for Node.js, whose inspector has ports alone, the file that
holds the random port and the target's id, without which Node.js refuses a client (functions/child/nodejs/debug.mjs). It
tells the id over HTTP no more: the debug port answers /json/list in its place, with an id of its own that it exchanges
for the process's.
"""

import asyncio
import contextlib
import errno
import socket
import uuid
from collections.abc import Callable
from pathlib import Path

from emulator.debugger.debug_relay import Stream, read_head, read_message, relay_bytes, relay_messages
from emulator.debugger.debugging import encode_message, is_initialize
from emulator.debugger.inspector import (
    FORBIDDEN,
    NOT_FOUND,
    Refused,
    Target,
    answer,
    lead_on,
    read_request,
    read_target,
)
from emulator.errors import AddressError
from emulator.functions.peer import foreign_uid
from emulator.functions.socket_tables import NOBODY

_BREATH = 0.02
"""Seconds between two looks whether the next process listens: a tenth of what one takes to start."""

_RETURN = 5.0
"""Seconds an editor has to come back to a function that was restarted, before that runs on without it."""


class DebugPort:
    """The debug port of one function. `path` is where the function's processes, one after the other, listen, or leave
    where they do."""

    def __init__(self, function: str, port: int, path: Path) -> None:
        """Bind the port. Raises AddressError."""
        self.speaks_dap = True
        self.path = path
        self._function = function
        self._id = str(uuid.uuid4())
        """The id of Node.js's target, for debuggers, across all saves: so not even they learn what lets one in
        behind."""
        self._socket = _listen(function, port)
        self._address = f"127.0.0.1:{port}"
        self._say: Callable[[str], None]
        self._said: set[str] = set()
        self._server: asyncio.Server | None = None
        self._attached: set[asyncio.Task[None]] = set()
        self._reserved: asyncio.Task[Stream | None] | None = None
        """The connection of an editor that was asked back: it lets the next process wait for that editor."""

    async def start(self, say: Callable[[str], None]) -> None:
        """Return when editors can attach; `say` is told who else tried to."""
        self._say = say
        self._server = await asyncio.start_server(self._connected, sock=self._socket)

    def close(self) -> None:
        """Detach the editor and free the port."""
        if self._server is not None:
            self._server.close()
        self._socket.close()
        for task in self._attached:
            task.cancel()
        if self._reserved is not None:
            self._give_up(self._reserved)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        uid = foreign_uid(writer.get_extra_info("socket"))
        if uid is not None:
            if uid != NOBODY:
                self._report(f"another user of this machine (uid {uid})")
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._serve((reader, writer)))
        self._attached.add(task)
        task.add_done_callback(self._attached.discard)

    async def _serve(self, editor: Stream) -> None:
        try:
            await (self._lead_messages(editor) if self.speaks_dap else self._lead_request(editor))
        except OSError:
            return  # whatever it was, the connection ends with it
        finally:
            editor[1].close()

    def _report(self, whom: str) -> None:
        """Say once of each who was refused: a page can try a thousand times."""
        if whom not in self._said:
            self._said.add(whom)
            self._say(f"debug {self._function}: refused {whom} at {self._address}. Only your own debugger may attach.")

    async def _lead_request(self, editor: Stream) -> None:
        head = await read_head(editor[0])
        if head is None:
            return
        request = read_request(head)
        if isinstance(request, Refused):
            self._report(request.what)
            editor[1].write(FORBIDDEN)
            return
        found = await self._inspect(editor[0].at_eof)
        if found is None:
            return
        target, process = found
        try:
            if not request.upgrades:
                editor[1].write(answer(request, self._function, self._id, target.version))
            elif (led := lead_on(request, self._id, target)) is None:
                editor[1].write(NOT_FOUND)
            else:
                process[1].write(led)
                await relay_bytes(editor, process)
        finally:
            process[1].close()

    async def _lead_messages(self, editor: Stream) -> None:
        """Lead an editor's messages to the process. One that is about to end can still be reached: the one that answers
        counts."""
        request = await read_message(editor[0])
        if request is None or not is_initialize(request):
            if not editor[0].at_eof():
                self._report("what no debugger sends, perhaps a request of a web page,")
            return
        while (process := await self._reach(editor)) is not None:
            try:
                answer = await _first_answer(process, encode_message(request))
                if answer is not None:
                    editor[1].write(encode_message(answer))
                    if await relay_messages(editor, process):
                        self._reserve()
                    return
            finally:
                process[1].close()
            await asyncio.sleep(_BREATH)

    async def _reach(self, editor: Stream) -> Stream | None:
        """Return a connection to the process; None when the editor went away before there was one."""
        reserved, self._reserved = self._reserved, None
        return await reserved if reserved is not None else await self._connect(editor[0].at_eof)

    async def _connect(self, is_over: Callable[[], bool]) -> Stream | None:
        while not is_over():
            with contextlib.suppress(OSError):
                return await asyncio.open_unix_connection(str(self.path))
            await asyncio.sleep(_BREATH)
        return None

    async def _inspect(self, is_over: Callable[[], bool]) -> tuple[Target, Stream] | None:
        while not is_over():
            with contextlib.suppress(OSError):
                if (target := read_target(self.path.read_text())) is not None:
                    return target, await _connect_to(target)
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


async def _first_answer(process: Stream, request: bytes) -> bytes | None:
    """Return what the process answers; None when it is gone, with what it had not read yet or without."""
    with contextlib.suppress(OSError):
        process[1].write(request)
        return await read_message(process[0])
    return None


async def _connect_to(target: Target) -> Stream:
    """Connect to Node.js's inspector. Raises OSError, also when the process is gone and another user has its port."""
    process = await asyncio.open_connection("127.0.0.1", target.port)
    if foreign_uid(process[1].get_extra_info("socket")) is None:
        return process
    process[1].close()
    raise PermissionError


def _listen(function: str, port: int) -> socket.socket:
    """Listen at a port of this machine. Raises AddressError."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(
                f"--debug {function}: port {port} is in use, so no debugger can attach there. Stop the program that "
                f"uses it, or choose another: --debug {function}:{port + 1}"
            ) from None
        raise AddressError(f"--debug {function}: cannot listen on 127.0.0.1:{port}: {error.strerror}.") from None
