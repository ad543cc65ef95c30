"""What reviewing and enforcing cost: `emulate serve` as it comes, with calls that have an Origin as curl sends it,
beside `emulate exec --no-enforce --quiet`, which passes them on and tells nothing, in turns in the same run.

The goal is at most 10 % of the requests per second. A cost is the median over the turns of a ratio within one turn, so
that a machine which others use as well changes it little; processor time is disturbed least.
"""

import os
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from client import ORIGIN, Headers, requests_per_second, wrk_requests_per_second
from started import CONFIG, HANDLER, Started, emulate, emulate_exec

CURL: Headers = ("User-Agent: curl/8.5.0", "Accept: */*")
OF_A_PAGE: Headers = (*CURL, f"Origin: {ORIGIN}")
TURNS = 15
SECONDS = 1
GOAL = 10.0
"""Per cent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one server did in one turn: answers a second to eight connections, and ms of processor time an answer."""

    rate: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A way to serve the same calls. `fewer` is how many requests per second it serves fewer than the first way, in per
    cent, and `by_processor` the same of requests per second of processor time."""

    what: str
    rate: float
    processor: float
    fewer: float
    by_processor: float


def turn(server: Started, headers: Headers) -> Turn:
    """One turn of one server."""
    before = server.processor_time()
    rate = wrk_requests_per_second("/", server.port, seconds=SECONDS, headers=headers)
    if rate is None:
        rate = requests_per_second("/", server.port, seconds=SECONDS, headers=headers)
    return Turn(rate, (server.processor_time() - before) * 1000 / (rate * SECONDS))


def measure() -> list[Measured]:
    """Serve in each way, in turns; the one that enforces nothing and tells nothing is the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        folder.mkdir()
        (folder / "app.py").write_text(HANDLER)
        (folder / "emulator.yaml").write_text(CONFIG)
        with (
            emulate_exec(folder, "--no-enforce") as plain,
            emulate_exec(folder) as quiet,
            emulate(folder) as serving,
        ):
            ways = (
                ("exec --no-enforce --quiet", plain, OF_A_PAGE),
                ("the same, without Origin", plain, CURL),
                ("enforced: exec --quiet", quiet, OF_A_PAGE),
                ("enforced and told: serve", serving, OF_A_PAGE),
            )
            for _, server, headers in ways:
                requests_per_second("/", server.port, seconds=1, headers=headers)
            turns = [[turn(server, headers) for _, server, headers in ways] for _ in range(TURNS)]
    first, *_ = by_way = list(zip(*turns, strict=True))
    return [measured(what, mine, first) for (what, _, _), mine in zip(ways, by_way, strict=True)]


def measured(what: str, mine: Sequence[Turn], first: Sequence[Turn]) -> Measured:
    """What the turns of one way come to beside those of the first."""
    rates = [one.rate / base.rate for one, base in zip(mine, first, strict=True)]
    processors = [base.processor / one.processor for one, base in zip(mine, first, strict=True)]
    return Measured(
        what,
        statistics.median(one.rate for one in mine),
        statistics.median(one.processor for one in mine),
        100 * (1 - statistics.median(rates)),
        100 * (1 - statistics.median(processors)),
    )


def report(all_: list[Measured]) -> str:
    """The table, the first row of which is what the others are compared with."""
    lines = [f"{one.what:34}{one.rate:10.0f} 1/s   {one.processor:8.3f} ms of processor" for one in all_]
    for index, one in enumerate(all_[1:], 1):
        lines[index] += f"   {one.fewer:6.1f} % fewer a second, {one.by_processor:6.1f} % by processor"
    last = all_[-1]
    verdicts = [f"{'met' if cost <= GOAL else 'missed'} {by}" for cost, by in (
        (last.fewer, "by the clock"), (last.by_processor, "by processor time"))]  # fmt: skip
    return "\n".join((*lines, f"{f'goal: at most {GOAL:g} % fewer':34}{', '.join(verdicts)}"))


def main() -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    print(report(measure()))


if __name__ == "__main__":
    main()
