"""The law of fixes in real Chromium, for every example of every rule: `python -m fixes_in_chromium`.

Exit code 1 when it is broken once.
"""

import sys
from collections import Counter

import click

from check_differential.chromium_pages import chromium_pages
from fixes_in_chromium.canned import canned
from fixes_in_chromium.law import Law
from fixes_in_chromium.meant import meant
from real_browsers.chromium import find_chromium


@click.command(help=__doc__)
@click.option("--only", default="", help="Examples whose name has this.")
@click.option("--each", is_flag=True, help="Tell how each fared, round by round.")
def main(only: str, each: bool) -> None:
    """Follow them all and tell."""
    chromium = find_chromium()
    if chromium is None:
        raise click.ClickException("there is no Chromium; $CHROMIUM names one.")
    examples = [one for one in meant() if only in one.name]
    with canned() as served, chromium_pages(chromium) as opened:
        done = [Law(served, opened).follow(one) for one in examples]
    for one in done:
        if each or one.wrong:
            click.echo(one)
    for reason, count in Counter(one.skipped for one in done if one.skipped).items():
        click.echo(f"{count} are no calls of a page in Chromium: {reason}")
    asked = [one for one in done if not one.skipped]
    wrong = [one for one in asked if one.wrong]
    blocked = [one for one in asked if one.was_blocked]
    calls = sum(len(one.rounds) + len(one.ways) for one in asked)
    at_once = sum(one.is_told_at_once for one in asked)
    click.echo(f"{len(blocked)} of {len(asked)} examples are blocked; {at_once} are told by the first call")
    click.echo(f"{len(asked) - len(wrong)} of {len(asked)} end well, in {calls} calls")
    sys.exit(1 if wrong else 0)


main()
