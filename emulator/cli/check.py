"""`emulate check`: tries every call that the declared frontends can make, and tells what would be blocked."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click

from emulator import gateway
from emulator.aws.api import Api
from emulator.checks import baseline, github, json_report, junit, sarif
from emulator.checks.baseline import Compared
from emulator.checks.causes import Dialect, causes
from emulator.checks.cell import Cell, Tried
from emulator.checks.conversation import Talk, conversation
from emulator.checks.matrix import cells, with_dev
from emulator.checks.probes import error_cells, origin_cells
from emulator.checks.recorded import recorded_cells, unauthenticated_cells
from emulator.checks.report import Report
from emulator.checks.text import text
from emulator.cli.explain import pages
from emulator.cli.json_text import readable
from emulator.cli.standard_output import columns, has_colour, write_out
from emulator.config.dialects.emulator_yaml import place_of, worded
from emulator.config.load import load
from emulator.console.lines import Lines
from emulator.deployment import Deployment
from emulator.errors import EmulatorError
from emulator.exchange import Exchange
from emulator.findings.finding import Severity
from emulator.findings.origin_reads import OriginReads, with_origin_read
from emulator.findings.other_answers import OtherAnswers
from emulator.functions.code_look import origin_reads
from emulator.functions.invocation import FunctionError, Invoke
from emulator.functions.pool import Pool
from emulator.messages import Request
from emulator.server.stamp import new_stamp
from emulator.testing.in_process import numbered

PATIENCE = 1.0
"""Seconds before a progress bar is shown: what takes less needs none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line. `env_files` are as in config.load; `output` is a format, `fail_on` a severity.
    `writes_baseline` is given only with a `baseline`, which is written then and not read."""

    config: Path
    env_files: tuple[Path, ...]
    invoke: bool
    output: str
    fail_on: str
    baseline: Path | None = None
    writes_baseline: bool = False


def run(settings: Settings) -> bool:
    """Try every call and print the report; return whether the check passed. Raises EmulatorError when there is nothing
    to try, and for a baseline that is none."""
    loaded = load(settings.config, settings.env_files)
    for warning in loaded.warnings:
        click.echo(warning, err=True)
    deployment = loaded.deployment
    apis = numbered(deployment)
    calls = tuple(matrix(apis, deployment, invoke=settings.invoke))
    if not calls:
        raise EmulatorError(nothing_to_try(settings.config, deployment))
    tried = try_all(calls, apis, deployment, settings.config.resolve().parent)
    done = without_known(settings, tried)
    dialect = Dialect(deployment.places, worded, place_of)
    report = Report(done.tried, causes(done.tried, dialect), Severity(settings.fail_on), done.known, settings.invoke)
    write_out(written(report, settings.output))
    return not report.failing


def matrix(apis: Mapping[int, Api], deployment: Deployment, *, invoke: bool) -> Iterator[Cell]:
    """Yield every call to try; `apis` are by port."""
    frontends, recorded = deployment.frontends, tuple(recorded_cells(apis, deployment, invoke=invoke))
    yield from with_dev(cells(apis, frontends, invoke=invoke), frontends)
    yield from recorded
    if invoke:
        yield from with_dev(error_cells(apis, frontends), frontends)
        yield from unauthenticated_cells(recorded)
        yield from origin_cells(apis, frontends)


def nothing_to_try(config: Path, deployment: Deployment) -> str:
    """Say why there is no call to try, and what to declare."""
    if deployment.frontends:
        return f"{config} has no route that a page could call."
    example = "`frontends: [{origin: https://shop.example.com}]`"
    return f"{config} declares no frontend, and so there is no page to try calls of. Add {example}."


def without_known(settings: Settings, tried: tuple[Tried, ...]) -> Compared:
    """Take out what the baseline knows, having written it where that is asked for. Raises EmulatorError when it cannot
    be read or written."""
    file = settings.baseline
    if file is None:
        return Compared(tried, 0)
    try:
        if settings.writes_baseline:
            file.write_text(baseline.written(tried), "utf-8")
        return baseline.compared(tried, baseline.read(file.read_text("utf-8"), str(file)))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise EmulatorError(f"--baseline {file}: {reason}. --write-baseline writes it.") from None


def written(report: Report, output: str) -> str | bytes:
    """Write a report in a format; bytes are for machines, whatever the locale."""
    match output:
        case "json":
            return f"{readable(json_report.value(report))}\n".encode()
        case "sarif":
            return f"{readable(sarif.log(report, pages(), version('apigw-emulator')))}\n".encode()
        case "junit":
            return junit.xml(report).encode()
        case "github":
            return github.commands(report)
        case _:
            return text(report, Lines(colour=has_colour(sys.stdout)).styled, columns())


def try_all(calls: Sequence[Cell], apis: Mapping[int, Api], deployment: Deployment, project: Path) -> tuple[Tried, ...]:
    """Try the calls in this process; `project` is the configuration's folder."""
    return asyncio.run(_tried(calls, apis, deployment, project))


async def _tried(
    calls: Sequence[Cell], apis: Mapping[int, Api], deployment: Deployment, project: Path
) -> tuple[Tried, ...]:
    """Try every cell, one after the other, those of strange origins first: what they are answered tells of the other
    answers. What was asked before with the very same request is not asked again."""
    asked: dict[tuple[str, Request], Exchange] = {}
    answers = OtherAnswers()
    tried: dict[int, Tried] = {}
    order = sorted(range(len(calls)), key=lambda index: not calls[index].probes)
    reads = origin_reads(deployment.functions, project, os.environ)
    async with _functions(deployment, project) as invoke:
        for index in _with_progress(order):
            talk = conversation(calls[index], apis, deployment.frontends, new_stamp())
            tried[index] = await _finished(talk, asked, answers, invoke, reads)
    return tuple(tried[index] for index in range(len(calls)))


async def _finished(
    talk: Talk,
    asked: dict[tuple[str, Request], Exchange],
    answers: OtherAnswers,
    invoke: Invoke,
    reads: OriginReads,
) -> Tried:
    """Run the functions that a call asks for, until it is known what becomes of it."""
    try:
        api, request = next(talk)
        while True:
            if (api.name, request) not in asked:
                made = await gateway.handle(api, request, new_stamp(), invoke, time.perf_counter)
                exchange = with_origin_read(made, reads)
                asked[api.name, request] = exchange
                answers.hear(exchange)
            api, request = talk.send(answers.told(asked[api.name, request]))
    except StopIteration as end:
        result: Tried = end.value
        return result


@asynccontextmanager
async def _functions(deployment: Deployment, project: Path) -> AsyncIterator[Invoke]:
    """Keep the functions ready to be run. What they print is not told, but why one does not start is, once."""
    told: set[str] = set()

    def failed(name: str, error: FunctionError) -> None:
        if name not in told:
            told.add(name)
            click.echo(f"Function '{name}' does not start: {error.error_type}: {error.error_message}", err=True)

    pool = Pool(deployment.functions, dict(os.environ), lambda event: None, failed, project=project)
    try:
        yield pool.invoke
    finally:
        await pool.close()


def _with_progress(calls: Sequence[int]) -> Iterable[int]:
    """Yield the numbers of calls; on a terminal, with a bar on standard error once it takes longer than PATIENCE."""
    began, rest = time.monotonic(), iter(calls)
    for index in rest:
        yield index
        if sys.stderr.isatty() and time.monotonic() - began > PATIENCE:
            break
    left = list(rest)
    if left:
        # Standard error itself would show the bar's control characters, not obey them.
        with (
            open(sys.stderr.fileno(), "w", closefd=False) as terminal,
            click.progressbar(left, label="Calls", file=terminal) as shown,
        ):
            yield from shown
