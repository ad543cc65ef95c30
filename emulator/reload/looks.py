"""Looks at all the files, and so finds what was saved where no event tells of it at once: every so often with --poll
(bind mounts, network file systems), after each nudge of file_events.py on macOS, and before each request on both.
watchdog's own polling would look into virtual environments too, and not tell two saves of one second apart."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from emulator.reload.contents import Contents, Stamp
from emulator.reload.file_events import FileEvents
from emulator.reload.settling import Kind
from emulator.reload.targets import Targets

_EVERY = 0.15
"""Seconds between two looks where nothing nudges: little processor time, and a save that no request follows is noticed
before one does."""

_WHILE_CHANGING = 0.02
"""Seconds between two looks while something is changing; settling.Patience waits for at least two."""


class Looks:
    """Looks in a thread, and calls `hear` in the event loop. With `events` it looks only when these nudge it, or a
    request asks; should the system refuse to give events, `fail` gets its reason."""

    def __init__(
        self,
        contents: Contents,
        hear: Callable[[Path, Kind], None],
        fail: Callable[[str], None],
        *,
        events: bool,
    ) -> None:
        self._contents = contents
        self._hear = hear
        self._fail = fail
        self._wake = threading.Event()
        self._events = FileEvents(self._wake.set) if events else None
        self._targets = Targets((), frozenset())
        self._since: float | None = None
        self._stopped = False
        self._lock = threading.Lock()
        self._look: asyncio.Future[None] | None = None
        self._next_look: asyncio.Future[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def update(self, targets: Targets, since: float) -> None:
        """Look at these from now on. What was saved after `since`, in Unix time, is reported."""
        self._loop = asyncio.get_running_loop()
        with self._lock:
            self._targets = targets
            self._since = since if self._since is None else min(since, self._since)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="look", daemon=True)
            self._thread.start()
        self._wake.set()

    def catch_up(self) -> Awaitable[None]:
        """Ask for a look that begins now or later, and await its end; those who ask before it begins share it."""
        with self._lock:
            if self._next_look is None:
                self._next_look = asyncio.get_running_loop().create_future()
                if self._stopped:
                    self._next_look.set_result(None)
            look = self._next_look
        self._wake.set()
        return asyncio.shield(look)

    def stop(self) -> None:
        """Stop looking, let those go who wait, and return when nothing is looked at any more."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        _finish(self._next_look)

    def _run(self) -> None:
        """Look until stopped, in the thread."""
        try:
            self._look_again_and_again()
        finally:  # should it fail, no request may wait for it
            self._stopped = True
            if self._events is not None:
                self._events.stop()
            with self._lock:
                looks = self._look, self._next_look
            for look in looks:
                self._call(_finish, look)

    def _look_again_and_again(self) -> None:
        before: Mapping[Path, Stamp] = {}
        while not self._stopped:
            self._wake.clear()
            with self._lock:
                self._look, self._next_look = self._next_look, None
                targets, since, self._since = self._targets, self._since, None
            if since is not None or before:  # before the look, which finds what is saved until they are set
                self._watch(targets)
            found = self._contents.look(targets, since)
            self._call(self._tell, found, before, self._look)
            is_changing, before = found != before, found
            self._wake.wait(_WHILE_CHANGING if is_changing else _EVERY if self._events is None else None)

    def _watch(self, targets: Targets) -> None:
        if self._events is None:
            return
        try:
            self._events.watch(targets)
        except Exception as error:  # OSError at the system's limits, SystemError of FSEvents
            self._events.stop()
            self._events = None
            self._call(self._fail, getattr(error, "strerror", None) or str(error))

    def _tell(
        self, found: Mapping[Path, Stamp], before: Mapping[Path, Stamp], look: asyncio.Future[None] | None
    ) -> None:
        """Report in the event loop what was found; as being written still, when it looked otherwise a look before."""
        for path, stamp in found.items():
            self._hear(path, Kind.SEEN if before.get(path) == stamp else Kind.WRITTEN)
        _finish(look)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        """Call it in the event loop."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                self._loop.call_soon_threadsafe(function, *arguments)


def _finish(look: asyncio.Future[None] | None) -> None:
    if look is not None and not look.done():
        look.set_result(None)
