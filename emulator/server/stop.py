"""When a run is to end: a signal asks for it, or there is nobody left to read the console."""

import asyncio
import signal

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""The signals that ask for the end."""


class Stop:
    """Waits until a run is to end. `signal` is the number of the signal that asked for it, None where none did."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._asked = asyncio.Event()

    def listen(self) -> None:
        """Take the SIGNALS of this process from now on."""
        for number in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._receive, number)

    def _receive(self, number: int) -> None:
        self.signal = number
        self.ask()

    def ask(self) -> None:
        """Ask for the end of the run, without a signal."""
        self._asked.set()

    async def asked(self) -> None:
        """Return when the run is to end."""
        await self._asked.wait()
