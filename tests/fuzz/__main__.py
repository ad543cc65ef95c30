"""Fuzzes `emulate serve` over real sockets: `python -m fuzz`, and `--replay FILE` for the cases of a failure.

The law, whatever a client sends: the process lives, no traceback, no control character on the console, no 5xx of our
own (those that a product prescribes for a function's result are not), no hang over 5 s, every well-formed request gets
its own answer, memory and descriptors stay flat. Exit code 1 when it is broken.
"""

import itertools
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from fuzz.cases import Case, from_json, to_json
from fuzz.generator import case_for
from fuzz.run import CONNECTIONS, Failure, Result, Run
from fuzz.target import served
from fuzz.watch import Watch

SHOWN = 1500
"""Bytes of a case that a failure shows."""


@click.command(help=__doc__)
@click.option("--cases", "count", default=50_000, show_default=True, help="How many cases at most.")
@click.option("--seconds", default=300.0, show_default=True, help="How long at most.")
@click.option("--seed", type=int, help="Seed of the cases.  [default: a fresh one]")
@click.option("--first", default=0, show_default=True, help="Number of the first case.")
@click.option("--failures", default=10, show_default=True, help="Stop after so many.")
@click.option("--connections", default=CONNECTIONS, show_default=True, help="How many cases at a time.")
@click.option("--replay", type=click.Path(exists=True, path_type=Path), help="Play the cases of this file instead.")
@click.option("--repeat", default=1, show_default=True, help="Play the cases of the file so many times.")
def main(
    count: int,
    seconds: float,
    seed: int | None,
    first: int,
    failures: int,
    connections: int,
    replay: Path | None,
    repeat: int,
) -> None:
    chosen = secrets.randbelow(10**6) if seed is None else seed
    cases: Iterator[Case] = (case_for(chosen, index) for index in range(first, first + count))
    if replay is None:
        click.echo(f"seed {chosen}")
    else:
        lines = replay.read_text().splitlines()
        cases = (from_json(line) for _ in range(repeat) for line in lines)
    with tempfile.TemporaryDirectory() as name, served(Path(name).resolve() / "project") as target:
        run = Run(target, cases, connections)
        run.play(seconds, failures)
        found = [*run.result.failures, *(Failure(what, ()) for what in run.watch.growth())]
        run.watch.close()
    for line in summary(run.result, run.watch):
        click.echo(line)
    for number, failure in enumerate(found):
        for line in told(failure, number, chosen):
            click.echo(line, err=True)
    raise SystemExit(1 if found else 0)


def summary(result: Result, watch: Watch) -> Iterator[str]:
    """What was seen, in one table."""
    rate = result.played / result.seconds if result.seconds else 0
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(result.statuses.items()))
    taken = f"{result.seconds:.1f} s, {rate:,.0f} a second"
    yield f"cases        {result.played:,} in {taken}; {result.valid:,} well-formed"
    yield f"answers      {statuses}"
    if watch.samples:
        first, last, most = watch.samples[0], watch.samples[-1], max(sample.memory for sample in watch.samples)
        yield f"memory       {first.memory:.1f} -> {last.memory:.1f} MB, at most {most:.1f}"
        yield f"descriptors  {first.descriptors} -> {last.descriptors} beside environments and connections"


def told(failure: Failure, number: int, seed: int) -> Iterator[str]:
    """A failure, its bytes, and the file that plays it again."""
    yield f"FAILED {failure.what}"
    if not failure.cases:
        return
    path = Path(tempfile.gettempdir()) / f"emulate-fuzz-{seed}-{number}.jsonl"
    path.write_text("".join(f"{to_json(case)}\n" for case in failure.cases))
    if len(failure.cases) == 1:
        case = failure.cases[0]
        sent = repr(case.sent[:SHOWN]) + ("..." if len(case.sent) > SHOWN else "")
        yield f"  case {case.name} to {case.api}, {len(case.pieces)} pieces, end {case.end}: {sent}"
    else:
        names = ", ".join(case.name for case in itertools.islice(failure.cases, 5))
        yield f"  one of {len(failure.cases)} cases: {names}, ..."
    yield f"  replay: make fuzz FUZZ='--replay {path}'"


if __name__ == "__main__":
    main()
