"""What many routes cost: `emulate serve` with 10, 300 and 3,000 of them, asked for the last one in turns in the same
run, beside a bare uvicorn + starlette that has one.

The goal is that the p50 grows by at most 20 % from 10 routes to 300 (AWS's quota for an HTTP API). Each figure is the
median of the turns' medians; `x bare` is the median over the turns of a ratio within one turn, so that a machine which
others use as well changes it little.
"""

import os
import statistics
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from client import Headers, sequential
from started import HANDLER, Started, bare, emulate

COUNTS = (10, 300, 3000)
TURNS = 15
WARM = 200
"""Requests of one turn of one server."""
PLAIN: Headers = ("User-Agent: bench", "Accept: */*")
"""A call of no page, which no enforcement holds up."""
GOAL = 20.0
"""Per cent that the p50 may grow from the first count to the second."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The median request to the last of `routes` routes, in ms, beside the bare server's in the same turn."""

    routes: int
    api: str
    p50: float
    by_bare: float


def configuration(api: str, count: int) -> str:
    """`count` routes of which each has a variable; the last one declared is the one asked for."""
    routes = "\n".join(f"      GET /items{number}/{{id}}/details: bench" for number in range(count))
    return (
        f"apis:\n  bench:\n    type: {api}\n    stage: dev\n    port: 0\n    routes:\n{routes}\n"
        "functions:\n  bench: {handler: app.handler}\n"
    )


def path_of(count: int) -> str:
    """A path that the last route takes."""
    return f"/dev/items{count - 1}/1/details"


def served(api: str, count: int, folder: Path, stack: ExitStack) -> Started:
    """Serve an API with `count` routes until the stack is closed."""
    project = folder / f"{api}-{count}"
    project.mkdir()
    (project / "app.py").write_text(HANDLER)
    (project / "emulator.yaml").write_text(configuration(api, count))
    return stack.enter_context(emulate(project))


def measure(api: str) -> list[Measured]:
    """Ask each server in turns."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        floor = stack.enter_context(bare())
        servers = [served(api, count, Path(name), stack) for count in COUNTS]
        asked = [("/", floor), *((path_of(count), one) for count, one in zip(COUNTS, servers, strict=True))]
        for path, one in asked:
            sequential(path, one.port, 300, headers=PLAIN)
        turns = [
            [statistics.median(sequential(path, one.port, WARM, headers=PLAIN)) for path, one in asked]
            for _ in range(TURNS)
        ]
    base, *ours = zip(*turns, strict=True)
    return [
        Measured(
            count,
            api,
            statistics.median(mine),
            statistics.median(one / floor_ms for one, floor_ms in zip(mine, base, strict=True)),
        )
        for count, mine in zip(COUNTS, ours, strict=True)
    ]


def report(all_: list[Measured]) -> str:
    """The table of one kind of API, and whether the goal is met."""
    grown = 100 * (all_[1].by_bare / all_[0].by_bare - 1)
    lines = [
        f"{f'{one.api}, last of {one.routes} routes, p50':34}{one.p50:10.3f} ms    {one.by_bare:6.2f} x bare"
        for one in all_
    ]
    lines.append(f"{f'goal: at most {GOAL:g} % more':34}{'met' if grown <= GOAL else 'missed'}: {grown:.1f} %")
    return "\n".join(lines)


def main() -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    for api in ("http", "rest"):
        print(report(measure(api)))


if __name__ == "__main__":
    main()
