"""Compares the browser model with real browsers on random cases: `python -m differential compare chromium`."""

import secrets
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path

import click

from differential.chromium_observer import chromium_observer
from differential.enforcement import EnforcedServers, asked, by_chromium, by_client
from differential.firefox_observer import firefox_observer
from differential.generator import case_for, cases_for
from differential.known_differences import KNOWN_DIFFERENCES
from differential.model_runner import Model
from differential.mutations import MUTATIONS
from differential.recording import Observer, Recording, load, record, save
from differential.report import compare_all, describe_case, describe_observation, summary
from real_browsers.chromium import find_chromium
from real_browsers.firefox import find_firefox

Open = Callable[[Path], AbstractContextManager[Observer]]
# Browser -> how to find it, how to run it, the least shares of equal verdicts and of equal everything.
BROWSERS: dict[str, tuple[Callable[[], Path | None], Open, float, float]] = {
    "chromium": (find_chromium, chromium_observer, 1.0, 0.9995),
    "firefox": (find_firefox, firefox_observer, 0.998, 0.0),
}
SHOWN = 10  # unexplained differences told in full
browser_argument = click.argument("browser", type=click.Choice(sorted(BROWSERS)))
cases_option = click.option("--cases", "count", default=20_000, show_default=True, help="How many cases.")
seed_option = click.option("--seed", type=int, help="Seed of the cases.  [default: a fresh one]")
replay_option = click.option("--replay", type=click.Path(exists=True, path_type=Path), help="Use a recorded run.")


@click.group()
def main() -> None:
    """Compare the browser model with real browsers."""


@main.command()
@browser_argument
@cases_option
@seed_option
@click.option("--record", "target", type=click.Path(path_type=Path), help="Keep what the browser did in this file.")
@replay_option
def compare(browser: str, count: int, seed: int | None, target: Path | None, replay: Path | None) -> None:
    """Run random cases in BROWSER and in the model; exit 1 below the bar."""
    recording = load(replay) if replay else _record(browser, count, seed)
    if target:
        save(recording, target)
    result = compare_all(recording, Model(browser))
    for line in summary(recording, result, SHOWN):
        click.echo(line)
    _, _, verdict_bar, everything_bar = BROWSERS[browser]
    good = result.verdict_share >= verdict_bar and result.everything_share >= everything_bar
    raise SystemExit(0 if good and not result.unexplained else 1)


@main.command()
@browser_argument
@click.argument("name")
def show(browser: str, name: str) -> None:
    """Run the one case NAME ("single:7:12") and print what BROWSER did and what the model does."""
    family, seed, index = name.split(":")
    case = case_for(family, int(seed), int(index))
    find, open_observer, _, _ = BROWSERS[browser]
    with open_observer(_binary(browser, find)) as observer:
        recording = record(observer, [case], lambda _: None)
    _, seen = recording.pairs[0]
    modelled = Model(browser).observe(case, recording.origins, seen)
    parts = (describe_case(case), ["browser"], describe_observation(seen), ["model"], describe_observation(modelled))
    for part in parts:
        for line in part:
            click.echo(line)


@main.command()
@click.option("--cases", "count", default=4_000, show_default=True, help="How many cases.")
@seed_option
@replay_option
def mutations(count: int, seed: int | None, replay: Path | None) -> None:
    """Break rules of the model one at a time; exit 1 when Chromium's record does not tell."""
    recording = load(replay) if replay else _record("chromium", count, seed)
    before = len(compare_all(recording, Model("chromium")).unexplained)
    click.echo(f"{before:6} unexplained differences with the model as it is")
    missed = 0
    for mutation in MUTATIONS:
        with mutation.applied():
            found = len(compare_all(recording, Model("chromium")).unexplained)
        missed += found <= before
        click.echo(f"{found:6} {'caught' if found > before else 'MISSED'}: {mutation.rule}")
    raise SystemExit(1 if missed else 0)


@main.command()
@click.option("--cases", "count", default=1_000, show_default=True, help="How many cases.")
@seed_option
def enforcement(count: int, seed: int | None) -> None:
    """Compare what curl gets of APIs whose CORS is enforced with what Chromium's page gets; exit 1 at a difference."""
    chosen = secrets.randbelow(10**6) if seed is None else seed
    click.echo(f"seed {chosen}")
    with chromium_observer(_binary("chromium", find_chromium), EnforcedServers) as observer:
        cases = list(islice(asked(chosen, observer.origins), count))
        seen = by_chromium(observer, cases)
        observer.servers.add(one.case for one in cases)
        outcomes = [
            (one.case.name, by_client(one, observer.origins), page) for one, page in zip(cases, seen, strict=True)
        ]
    for outcome, number in Counter(page for _, _, page in outcomes).most_common():
        click.echo(f"{number:6} {outcome}")
    differing = [outcome for outcome in outcomes if outcome[1] != outcome[2]]
    for name, client, page in differing:
        click.echo(f"{name}: curl {client}, Chromium {page}")
    raise SystemExit(1 if differing else 0)


@main.command()
def known() -> None:
    """Print the accepted differences and their causes."""
    for item in KNOWN_DIFFERENCES:
        click.echo(f"{item.name} ({', '.join(sorted(item.browsers))})\n    {item.cause}")


def _record(browser: str, count: int, seed: int | None) -> Recording:
    find, open_observer, _, _ = BROWSERS[browser]
    binary = _binary(browser, find)
    chosen = secrets.randbelow(10**6) if seed is None else seed
    click.echo(f"seed {chosen}")
    cases = cases_for(chosen, count)
    started = time.monotonic()
    with open_observer(binary) as observer:
        recording = record(observer, cases, lambda done: click.echo(f"\r{done}/{len(cases)} ", nl=False, err=True))
    elapsed = time.monotonic() - started
    click.echo(f"\n{len(cases)} cases in {elapsed:.1f} s, {len(cases) / elapsed:.0f} a second")
    return recording


def _binary(browser: str, find: Callable[[], Path | None]) -> Path:
    binary = find()
    if binary is None:
        raise click.ClickException(f"no {browser} here: install it or name it in ${browser.upper()}")
    return binary


if __name__ == "__main__":
    main()
