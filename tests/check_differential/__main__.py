"""Compares `emulate check --invoke` of the sample with real Chromium, call by call: `python -m check_differential`.

Exit code 1 when they disagree about one call, or compared fewer than 300.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

from check_differential.compared import compare
from real_browsers.chromium import find_chromium

LEAST = 300
"""Calls that have to be compared."""


@click.command(help=__doc__)
def main() -> None:
    """Compare and tell."""
    chromium = find_chromium()
    if chromium is None:
        raise click.ClickException("there is no Chromium; $CHROMIUM names one.")
    with tempfile.TemporaryDirectory() as folder:
        done = list(compare(Path(folder), chromium))
    differ = [one for one in done if not one.agrees]
    for one in differ:
        click.echo(one)
    for outcome, count in Counter(one.did for one in done).most_common():
        click.echo(f"{count:5}  {outcome}")
    click.echo(f"{len(done) - len(differ)} of {len(done)} calls are judged as Chromium does")
    sys.exit(1 if differ or len(done) < LEAST else 0)


main()
