"""`make bench-peers`: emulate beside serverless-offline, with the same handler, requests and run.

Each of the two is idle while the other is measured. The load generator and the servers share the machine's cores.
"""

import os
import statistics
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import emulator.functions
from client import sequential
from offline import install, serverless_offline, write_service
from serve import Server, compare, save_to_new_code
from started import CONFIG, HANDLER, Started, emulate, wait_for_answer

NODE_HANDLER = """
const VERSION = 0

module.exports.handler = async (event, context) => {
  const body = JSON.stringify({version: VERSION})
  return {statusCode: 200, headers: {"content-type": "application/json"}, body}
}
"""
STARTS = 5
RELOADS = 5
NEVER = 3.0
"""Seconds after which a save is taken to have no effect."""


@dataclass(frozen=True, slots=True)
class Language:
    """A handler, and what its runtime is called on the two sides."""

    name: str
    file: str
    code: str
    ours: str
    theirs: str


PYTHON = Language("Python", "app.py", HANDLER, "python3.12", "python3.11")  # the newest that serverless 3 knows
NODE = Language("Node.js", "app.js", NODE_HANDLER, "nodejs20.x", "nodejs20.x")


@dataclass(frozen=True, slots=True)
class Measured:
    """ms to the first 200; under load; MB of the whole tree before and after it; ms of saves."""

    start: float
    server: Server
    before: float
    after: float
    saves: float


def fill(folder: Path, language: Language) -> Path:
    """A project that both sides serve; its handler."""
    folder.mkdir()
    handler = folder / language.file
    handler.write_text(language.code)
    runtime = f"bench: {{handler: app.handler, runtime: {language.ours}}}"
    (folder / "emulator.yaml").write_text(CONFIG.replace("bench: {handler: app.handler}", runtime))
    write_service(folder, language.theirs)
    return handler


def starts(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """ms: emulate to Ready, emulate to the first 200, serverless-offline to the first 200; in turns."""
    ready, ours, theirs = [], [], []
    for _ in range(STARTS):
        with emulate(folder) as started:
            ready.append(started.seconds * 1000)
            wait_for_answer(started.port)
            ours.append(started.age() * 1000)
        with serverless_offline(folder) as started:
            theirs.append(started.seconds * 1000)
    return ready, ours, theirs


def tree(started: Started) -> float:
    return sum(started.megabytes())


def run(folders: tuple[Path, Path], language: Language) -> tuple[float, Measured, Measured]:
    """ms of emulate to Ready, and the two."""
    mine, its = (fill(folder, language) for folder in folders)
    ready, first, offline_first = starts(folders[0])
    with ExitStack() as stack:
        ours = stack.enter_context(emulate(folders[0]))
        theirs = stack.enter_context(serverless_offline(folders[1]))
        wait_for_answer(ours.port)
        before = tree(ours), tree(theirs)
        servers = compare((ours, theirs))
        after = tree(ours), tree(theirs)
        saves = save_to_new_code(mine, language.code, ours.port)
        offline_saves = save_to_new_code(its, language.code, theirs.port, limit=NEVER)
    median = statistics.median
    return (
        median(ready),
        Measured(median(first), servers[0], before[0], after[0], median(saves)),
        Measured(median(offline_first), servers[1], before[1], after[1], median(offline_saves)),
    )


def reloading(folder: Path, language: Language) -> tuple[float, float, float]:
    """serverless-offline --reloadHandler: ms of saves, and p50 and worst of a few requests with no save among them."""
    with serverless_offline(folder, "--reloadHandler") as started:
        saves = save_to_new_code(folder / language.file, language.code, started.port, times=RELOADS)
        taken = sequential("/", started.port, 20)
    return statistics.median(saves), taken[len(taken) // 2], taken[-1]


def row(what: str, ours: float, theirs: float, unit: str, more_is_better: bool = False) -> None:
    ratio = ours / theirs if more_is_better else theirs / ours
    told = "never" if theirs == float("inf") else f"{theirs:.2f} {unit}"
    print(f"  {what:32}{ours:10.2f} {unit:4}{told:>18}   {'' if ratio == float('inf') else f'{ratio:5.2f} x better'}")


def report(ready: float, ours: Measured, theirs: Measured) -> None:
    row("start to first 200", ours.start, theirs.start, "ms")
    print(f"  {'start to Ready':32}{ready:10.2f} ms")
    row("warm request p50", ours.server.at(50), theirs.server.at(50), "ms")
    row("warm request p99", ours.server.at(99), theirs.server.at(99), "ms")
    row("8 connections, Python client", ours.server.rate, theirs.server.rate, "1/s", more_is_better=True)
    if ours.server.wrk is not None and theirs.server.wrk is not None:
        row("8 connections, wrk -t1", ours.server.wrk, theirs.server.wrk, "1/s", more_is_better=True)
    row("processor time a request", ours.server.processor, theirs.server.processor, "ms")
    row("save to new code", ours.saves, theirs.saves, "ms")
    row("memory before load", ours.before, theirs.before, "MB")
    row("memory after load", ours.after, theirs.after, "MB")


def main() -> None:
    install()
    languages = [PYTHON]
    if (Path(emulator.functions.__path__[0]) / "bootstrap.mjs").exists():
        languages.append(NODE)
    for language in languages:
        print(f"{language.name} handler; emulate, serverless-offline; {os.cpu_count()} cores", end=", ")
        print(f"load {os.getloadavg()[0]:.2f}")
        with tempfile.TemporaryDirectory() as name:
            folders = Path(name, "ours"), Path(name, "theirs")
            report(*run(folders, language))
            saves, p50, worst = reloading(folders[1], language)
            print(f"  serverless-offline --reloadHandler: save to new code {saves:.2f} ms,", end=" ")
            print(f"every request p50 {p50:.2f} ms, worst {worst:.2f} ms", flush=True)


if __name__ == "__main__":
    main()
