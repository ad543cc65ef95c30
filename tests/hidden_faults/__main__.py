"""The score of the hidden faults: `python -m hidden_faults`. Exit code 1 when one is not found, or one too many."""

import tempfile
from pathlib import Path

import click

from hidden_faults.of_configuration import REFUSED
from hidden_faults.score import CORRECT, FAULTS, false_alarms, misses


@click.command(help=__doc__)
def main() -> None:
    faults = [*REFUSED, *FAULTS]
    with tempfile.TemporaryDirectory() as folder:
        missed = {one.name: found for one in faults if (found := misses(one, Path(folder)))}
        false = {name: said for name, trial in CORRECT.items() if (said := false_alarms(trial, Path(folder)))}
    for name, said in {**missed, **false}.items():
        click.echo(f"{name}: {'; '.join(said)}")
    click.echo(f"{len(faults) - len(missed)} of {len(faults)} faults named first, {len(false)} false alarms")
    raise SystemExit(bool(missed or false))


main()
