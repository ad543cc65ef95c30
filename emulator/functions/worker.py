"""The process of one execution environment: started in a session of its own, read, killed with its kin, reaped."""

import asyncio
import contextlib
import os
import resource
import select
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.child import guard
from emulator.functions.output import LineSplitter
from emulator.functions.shortage import shortage, too_few_processes

_CHUNK = 64 * 1024
"""Bytes that are read at a time: a pipe holds as many by default on Linux."""

_DRAIN_CHUNKS = 64
"""Reads after which draining ends: a process that floods its output from a thread must not keep the event loop reading
for ever."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What is started: arguments, environment variables, working directory; `function` is named in errors.
    `descriptors` is its soft limit of open files, where that is not ours."""

    function: str
    argv: tuple[str, ...]
    variables: Mapping[str, str]
    folder: Path
    descriptors: int | None = None


class Guard:
    """The parent's side of guard.py. Where it cannot be had, serving goes on without."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.others = guard.processes()
        """The processes that ran before, and so are no function's. To read the environment of all would take longer
        than a cold start."""

    def start(self) -> None:
        """Start the guard, if it does not run: who must not be without for a moment starts it before what it guards."""
        if self._process is None:
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603  our own program
                    (sys.executable, "-I", "-S", guard.__file__),
                    stdin=subprocess.PIPE,
                    start_new_session=True,
                    bufsize=0,
                )

    def watch(self, pid: int, mark: str) -> None:
        """Let all processes of the environment whose runtime is `pid` die with the emulator from now on."""
        self.start()
        self._tell(f"+{pid} {mark}\n")

    def forget(self, pid: int) -> None:
        """Watch these processes no longer: they are gone, and the number may be used again."""
        self._tell(f"-{pid}\n")

    def close(self) -> None:
        """Stop guarding; return when the guard has ended."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _tell(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # it was killed by hand
                self._process.stdin.write(line.encode())


class Worker:
    """A running process. `on_lines` gets what it prints, `on_exit` its return code as in subprocess, once, when it is
    reaped and its output is read to the end. Both are called in the event loop."""

    def __init__(self, guard: Guard, on_lines: Callable[[list[str]], None], on_exit: Callable[[int], None]) -> None:
        self._guard = guard
        self._on_lines = on_lines
        self._on_exit = on_exit
        self._splitter = LineSplitter()
        self._loop = asyncio.get_running_loop()
        self._output = -1
        self._poll = select.poll()
        self._last_peak: int | None = None
        self._mark = ""
        self._process: subprocess.Popen[bytes]

    def start(self, launch: Launch) -> None:
        """Start the process. Raises WorkerError, and then nothing of it is left."""
        try:
            self._process = self._spawn(launch)
        except OSError as error:
            raise WorkerError(_explain(launch, error)) from error
        if launch.descriptors is not None:
            _limit_descriptors(self._process.pid, launch.descriptors)
        self._mark = launch.variables.get(guard.MARK, "")
        waits = threading.Thread(target=self._wait, name=f"wait-{launch.function}", daemon=True)
        try:
            waits.start()
        except RuntimeError as error:  # threads count as processes do
            self.kill()
            self._process.wait()
            os.close(self._output)
            raise WorkerError(f"function '{launch.function}': {too_few_processes()}") from error
        self._poll.register(self._output, select.POLLIN)
        self._loop.add_reader(self._output, self._read)
        self._guard.watch(self._process.pid, self._mark)

    def _spawn(self, launch: Launch) -> subprocess.Popen[bytes]:
        """Start the process with a pipe for its output. Raises OSError."""
        self._output, write_end = os.pipe()
        try:
            return subprocess.Popen(  # noqa: S603  the user's own function
                launch.argv,
                stdin=subprocess.DEVNULL,
                stdout=write_end,
                stderr=write_end,
                cwd=launch.folder,
                env=dict(launch.variables),
                start_new_session=True,
            )
        except OSError:
            os.close(self._output)
            raise
        finally:
            os.close(write_end)

    @property
    def pid(self) -> int:
        return self._process.pid

    def peak_memory(self) -> int | None:
        """Read the most memory the process has had in use so far, in MB; None where the system does not say."""
        if self._process.returncode is None:
            try:
                status = Path(f"/proc/{self._process.pid}/status").read_bytes()
            except OSError:
                return self._last_peak
            kilobytes = status.partition(b"VmHWM:")[2].partition(b"kB")[0]
            if kilobytes:  # a process that has ended and is not reaped has none
                self._last_peak = -(-int(kilobytes) // 1024)
        return self._last_peak

    def drain(self) -> None:
        """Read everything printed so far, an unfinished line as a line."""
        for _ in range(_DRAIN_CHUNKS):
            if not self._read():
                break
        self._pass_on(self._splitter.finish())

    def kill(self) -> None:
        """Send SIGKILL to the process and all it has started. Lambda gives a runtime without extensions no other
        signal."""
        guard.kill_group(self._process.pid)

    def freeze(self) -> None:
        """Stop the process and what it has started in its group, until `thaw` or their end."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on where they were."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended, and is not reaped yet
                os.killpg(self._process.pid, number)

    def _read(self) -> bool:
        """Read one chunk; return False when there is none now. To ask first is a third of what it costs to fail."""
        if self._output < 0 or not self._poll.poll(0):
            return False
        data = os.read(self._output, _CHUNK)
        if not data:
            self._close_output()
            return False
        self._pass_on(self._splitter.feed(data))
        return True

    def _pass_on(self, lines: list[str]) -> None:
        if lines:
            self._on_lines(lines)

    def _close_output(self) -> None:
        self._loop.remove_reader(self._output)
        self._poll.unregister(self._output)
        os.close(self._output)
        self._output = -1

    def _wait(self) -> None:
        """Wait in a thread: the one way to learn of a child's end that every Unix has."""
        returncode = self._process.wait()
        guard.kill_group(self._process.pid)  # children it left behind
        guard.kill_marked({self._mark}, self._guard.others)
        with contextlib.suppress(RuntimeError):  # the loop was closed without us
            self._loop.call_soon_threadsafe(self._reaped, returncode)

    def _reaped(self, returncode: int) -> None:
        self._guard.forget(self._process.pid)
        self.drain()
        if self._output >= 0:
            self._close_output()
        self._on_exit(returncode)


def _limit_descriptors(pid: int, soft: int) -> None:
    """Limit the open files of a process where the system lets one set another's limit (Linux); elsewhere the process
    has ours. It is set before a runtime has read its first line, for that takes milliseconds."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):  # it has ended
            _, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))


def _explain(launch: Launch, error: OSError) -> str:
    if not launch.folder.is_dir():
        return (
            f"function '{launch.function}': its codeUri '{launch.folder}' is not a folder; create it or correct codeUri"
        )
    if (short := shortage(error)) is not None:
        return f"function '{launch.function}': {short}"
    program = launch.argv[0]
    return (
        f"function '{launch.function}': cannot start '{shlex.join(launch.argv)}': {error.strerror or error}; "
        f"check that '{program}' exists and is executable"
    )
