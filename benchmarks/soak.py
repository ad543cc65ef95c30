"""`make soak`: saves the handler once a second under load, and holds every answer to what was saved when.

Nothing stale, nothing lost, no error without a broken save, memory and descriptors flat, no process left. One thread
sends, receives and saves, so each answer is judged by the true order of events (oracle.py). Exit code 1 on any failure.
"""

import argparse
import contextlib
import random
import selectors
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from emulator.reload.settling import CODE_BY_EVENTS, CODE_BY_LOOKS
from oracle import Answer, Oracle, Verdict
from soak_connection import Connection
from soak_saves import saves
from started import HANDLER, Started, emulate

CONFIG = """
apis:
  soak:
    type: http
    port: 0
    cors: {allowOrigins: [http://localhost:5173]}
    routes: {GET /: saved, GET /other: untouched}
functions:
  saved: {handler: app.handler, codeUri: saved}
  untouched: {handler: app.handler, codeUri: untouched}
"""
CONNECTIONS = 8
PATIENCE = 30.0
"""Seconds to the answer that never came."""
SHOWN = 10
"""Failures printed in detail."""
MEMORY_GROWTH = 5.0
"""MB, between the second fifth of the run and the last."""
DESCRIPTOR_GROWTH = 8
PER_CHILD = 3
"""Descriptors of a running environment: its output, the Runtime API's listener and connection. How many run at the
moment of a sample is chance."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The emulator's own process at one moment; `memory` in MB."""

    memory: float
    descriptors: int
    children: int
    threads: int

    @property
    def unaccounted(self) -> int:
        """Descriptors beyond those of the running environments."""
        return self.descriptors - PER_CHILD * self.children

    @classmethod
    def of(cls, process: psutil.Process) -> "Sample":
        children = len(process.children(recursive=True))
        with process.oneshot():
            return cls(process.memory_info().rss / 1e6, process.num_fds(), children, process.num_threads())


class Soak:
    """One run against a started emulator."""

    def __init__(self, started: Started, target: Path, seed: int, oracle: Oracle) -> None:
        self.oracle = oracle
        self.failures: list[str] = []
        self.taken: list[float] = []
        self.samples: list[Sample] = []
        self.asked_other = 0
        self._process = started.process
        self._others: set[int | None] = set()
        self._began = time.monotonic()
        self._selector = selectors.DefaultSelector()
        self._callers = [
            Connection(started.port, "/", self.oracle.sent, self._answered, self._lost) for _ in range(CONNECTIONS)
        ]
        self._other = Connection(started.port, "/other", lambda: 0, self._other_answered, self._lost)
        self._saver = saves(target, self.oracle, random.Random(seed))

    def fail(self, what: str) -> None:
        self.failures.append(f"{time.monotonic() - self._began:8.3f} s  {what}")

    def run(self, seconds: float) -> None:
        """Ask and save for so long, then take the answers still due."""
        self._began = now = time.monotonic()
        save_at, sample_at = now + next(self._saver), now
        while now < self._began + seconds and self._process.poll() is None:
            if now >= save_at:
                save_at = time.monotonic() + next(self._saver)
            if now >= sample_at:
                sample_at = now + 1
                self._look()
            for caller in self._callers:
                if not caller.sent_at:
                    caller.send(self._selector)
            self._receive(min(save_at, sample_at) - time.monotonic())
            now = time.monotonic()
        if self._process.poll() is not None:
            self.fail(f"the emulator ended with exit code {self._process.returncode}")
        while any(caller.sent_at for caller in self._callers) and time.monotonic() < now + PATIENCE:
            self._receive(0.1)
            self._give_up()
        for caller in (*self._callers, self._other):
            caller.close(self._selector)

    def _receive(self, wait: float) -> None:
        for key, _ in self._selector.select(max(wait, 0)):
            key.data.receive(self._selector)

    def _look(self) -> None:
        """Once a second: the process, the other function, and the answers overdue."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self.samples.append(Sample.of(self._process))
        if not self._other.sent_at:
            self._other.send(self._selector)
        self._give_up()

    def _give_up(self) -> None:
        for caller in (*self._callers, self._other):
            if caller.sent_at and time.monotonic() > caller.sent_at + PATIENCE:
                caller.lose(self._selector, f"no answer in {PATIENCE:g} s")

    def _answered(self, oldest: int, answer: Answer, taken: float) -> None:
        self.taken.append(taken * 1000)
        verdict, why = self.oracle.judge(oldest, answer)
        if why and verdict is not Verdict.HELD:
            self.fail(f"{verdict}: {why}, {taken * 1000:.1f} ms")

    def _other_answered(self, _: int, answer: Answer, taken: float) -> None:
        """Its version is its process id."""
        self.asked_other += 1
        self._others.add(answer.version)
        if answer.status != 200 or len(self._others) > 1:
            self.fail(f"the untouched function answered {answer} after {taken * 1000:.1f} ms; seen: {self._others}")

    def _lost(self, why: str) -> None:
        self.oracle.verdicts[Verdict.UNEXPLAINED] += 1
        self.fail(f"{why} (saves begun {self.oracle.begun}, complete {self.oracle.completed})")


def fifth(samples: list[Sample], number: int) -> list[Sample]:
    """The first fifth has number 0."""
    return samples[len(samples) * number // 5 : max(len(samples) * (number + 1) // 5, 1)]


def check_growth(soak: Soak) -> None:
    """Between the second fifth, when everything has been used once, and the last."""
    early, late = fifth(soak.samples, 1), fifth(soak.samples, 4)
    if not early or not late:
        return
    memory = statistics.median(s.memory for s in late) - statistics.median(s.memory for s in early)
    if memory > MEMORY_GROWTH:
        soak.fail(f"memory grew by {memory:.1f} MB between the second fifth of the run and the last")
    # A sample in which environments start or end is off by their descriptors, up or down; a leak is in every one.
    extra = min(s.unaccounted for s in late) - max(s.unaccounted for s in early)
    if extra > DESCRIPTOR_GROWTH:
        soak.fail(f"{extra:+d} open descriptors that no environment accounts for, second fifth of the run to last")


def check_end(soak: Soak, process: psutil.Popen, folder: Path) -> None:
    """Ctrl-C: exit code 0, and nobody left who works in the project's folder."""
    children = process.children(recursive=True)
    process.send_signal(signal.SIGINT)
    try:
        if code := process.wait(PATIENCE):
            soak.fail(f"exit code {code} after Ctrl-C")
    except psutil.TimeoutExpired:
        soak.fail(f"still running {PATIENCE:g} s after Ctrl-C")
    left = set(psutil.wait_procs(children, timeout=PATIENCE)[1])
    for other in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if other != process and Path(other.cwd()).is_relative_to(folder):
                left.add(other)
    for orphan in left:
        with contextlib.suppress(psutil.Error):
            soak.fail(f"orphan after Ctrl-C: {orphan.pid} {' '.join(orphan.cmdline())}")
            orphan.kill()


def check_words(soak: Soak, logs: Path) -> int:
    """Nothing on standard error, no bug of ours on the console. How often a reload was announced."""
    if errors := (logs / "errors.log").read_text():
        soak.fail(f"printed to standard error:\n{errors[:2000]}")
    reloads = 0
    with (logs / "console.log").open() as console:
        for line in console:
            reloads += "reloading saved" in line
            if "emulate has a bug" in line or ("Saved" in line and "untouched" in line):
                soak.fail(f"on the console: {line.rstrip()}")
    return reloads


def note(soak: Soak, seconds: float, reloads: int) -> str:
    """What was seen, in one table."""
    oracle, taken = soak.oracle, sorted(soak.taken) or [0.0]
    verdicts = oracle.verdicts
    first, last = soak.samples[0], soak.samples[-1]
    rows = {
        "requests": f"{len(soak.taken):,}, {len(soak.taken) / seconds:,.0f} a second, {CONNECTIONS} connections",
        "saves": f"{oracle.begun}, {len(oracle.broken)} broken; {len(oracle.answered)} versions answered",
        "restarts seen": f"{reloads} announced",
        "stale": f"{verdicts[Verdict.STALE]}",
        "unexplained": f"{verdicts[Verdict.UNEXPLAINED]} ({verdicts[Verdict.EXPLAINED]:,} answers 500 explained)",
        "other function": f"{soak.asked_other} requests, no restart" if soak.asked_other else "never asked",
        "memory": f"{first.memory:.1f} -> {last.memory:.1f} MB",
        "descriptors": f"{first.descriptors} -> {last.descriptors}",
        "children": f"{first.children} -> {last.children}, at most {max(s.children for s in soak.samples)}",
        "threads": f"{first.threads} -> {last.threads}, at most {max(s.threads for s in soak.samples)}",
        "latency": f"p50 {taken[len(taken) // 2]:.2f} ms, p99 {taken[len(taken) * 99 // 100]:.2f} ms",
        "longest answer": f"{taken[-1]:.1f} ms",
    }
    return "\n".join(f"{name:16}{value}" for name, value in rows.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--poll", action="store_true", help="let emulate poll the files instead of hearing events")
    parser.add_argument("--seed", type=int, default=0, help="decides when and how is saved")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "project"
        for function in ("saved", "untouched"):
            (folder / function).mkdir(parents=True)
        (folder / "emulator.yaml").write_text(CONFIG)
        (folder / "saved" / "app.py").write_text(HANDLER)
        (folder / "untouched" / "app.py").write_text(HANDLER.replace("VERSION = 0", "import os\nVERSION = os.getpid()"))
        with emulate(folder, *(["--poll"] if options.poll else [])) as started:
            patience = (CODE_BY_LOOKS if options.poll else CODE_BY_EVENTS).written
            soak = Soak(started, folder / "saved" / "app.py", options.seed, Oracle(patience))
            soak.run(options.seconds)
            for why in soak.oracle.unexplained:
                soak.fail(f"{Verdict.UNEXPLAINED}: {why}")
            check_growth(soak)
            check_end(soak, started.process, folder)
        reloads = check_words(soak, folder.with_name("project.log"))
    print(note(soak, options.seconds, reloads))
    for failure in soak.failures[:SHOWN]:
        print(f"FAILED {failure}", file=sys.stderr)
    if len(soak.failures) > SHOWN:
        print(f"... and {len(soak.failures) - SHOWN} more failures", file=sys.stderr)
    return 1 if soak.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
