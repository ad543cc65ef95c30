"""Looks at the files every so often, and when asked to. watchdog's own polling would look into virtual environments
too, and not tell two saves of one second apart."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from emulator.reload.changes import Kind, Targets
from emulator.reload.contents import Contents
from emulator.reload.scan import Signature, differences, scan

_EVERY = 0.15
"""Seconds between two looks, and while something is changing."""
_WHILE_CHANGING = 0.04


class Polling:
    """Looks in a thread and calls `hear` in the event loop. Without `of_itself` it looks only when asked."""

    def __init__(self, contents: Contents, hear: Callable[[Path, Kind], None], of_itself: bool = True) -> None:
        self._contents = contents
        self._hear = hear
        self._of_itself = of_itself
        self._targets = Targets((), frozenset())
        self._since: float | None = None
        self._stopped = False
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._look: asyncio.Future[None] | None = None
        self._next_look: asyncio.Future[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self, targets: Targets, since: float) -> None:
        """What is saved after `since`, in Unix time, is reported."""
        self._loop = asyncio.get_running_loop()
        self._targets, self._since = targets, since
        self._thread = threading.Thread(target=self._run, name="poll", daemon=True)
        self._thread.start()

    def update(self, targets: Targets, since: float) -> None:
        """Look at these instead. What was saved after `since` is reported."""
        with self._lock:
            self._targets, self._since = targets, since
        self._wake.set()

    def catch_up(self) -> Awaitable[None]:
        """Done after a look that begins now or later; those who ask before it begins share it."""
        with self._lock:
            if self._next_look is None:
                self._next_look = asyncio.get_running_loop().create_future()
                if self._stopped:
                    self._next_look.set_result(None)
            look = self._next_look
        self._wake.set()
        return asyncio.shield(look)

    def look_soon(self) -> None:
        """Something is known to have happened."""
        self._wake.set()

    def stop(self) -> None:
        """Returns when nothing is looked at any more."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        _finish(self._next_look)

    def _run(self) -> None:
        try:
            self._look_again_and_again()
        finally:  # should it fail, no request may wait for it
            self._stopped = True
            with self._lock:
                looks = self._look, self._next_look
            for look in looks:
                self._tell(frozenset(), frozenset(), look)

    def _look_again_and_again(self) -> None:
        before: dict[Path, Signature] = {}
        old = Targets((), frozenset())
        while not self._stopped:
            self._wake.clear()
            with self._lock:
                self._look, self._next_look = self._next_look, None
                targets, since, self._since = self._targets, self._since, None
            after = scan(targets, time.time())
            changed = frozenset(path for path in differences(before, after) if old.cover(path))
            seen: frozenset[Path] = frozenset()
            if since is not None:  # after the scan, so that no save falls between the two
                seen |= self._contents.learn(targets, since)
            if since is not None or not self._of_itself:
                seen |= self._contents.suspects(targets)
            before, old = after, targets
            self._tell(changed, seen, self._look)
            self._wake.wait(_WHILE_CHANGING if changed else _EVERY if self._of_itself else None)

    def _tell(self, changed: frozenset[Path], seen: frozenset[Path], look: asyncio.Future[None] | None) -> None:
        def tell() -> None:
            for path in changed:
                self._hear(path, Kind.WRITTEN)
            for path in seen:
                self._hear(path, Kind.SEEN)
            _finish(look)

        if self._loop is not None and (changed or seen or look is not None):
            with contextlib.suppress(RuntimeError):  # the loop was closed this moment
                self._loop.call_soon_threadsafe(tell)


def _finish(look: asyncio.Future[None] | None) -> None:
    if look is not None and not look.done():
        look.set_result(None)
