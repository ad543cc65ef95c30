"""Compares `emulate check --invoke` of the samples with real Chromium, call by call: `python -m check_differential`.

Exit code 1 when they disagree about one call, or compared fewer than 900.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

from check_differential.compared import Compared, compare, mistakes, shop
from real_browsers.chromium import find_chromium

LEAST = 900
"""Calls that have to be compared."""


@click.command(help=__doc__)
def main() -> None:
    """Compare and tell."""
    chromium = find_chromium()
    if chromium is None:
        raise click.ClickException("there is no Chromium; $CHROMIUM names one.")
    done: list[Compared] = []
    for written in (shop, mistakes):
        with tempfile.TemporaryDirectory() as folder:
            written(Path(folder))
            done += compare(Path(folder), chromium)
    differ = [one for one in done if not one.agrees]
    for one in differ:
        click.echo(one)
    for outcome, count in Counter(one.did for one in done).most_common():
        click.echo(f"{count:5}  {outcome}")
    click.echo(f"{len(done) - len(differ)} of {len(done)} calls are judged as Chromium does")
    sys.exit(1 if differ or len(done) < LEAST else 0)


main()
