"""How each fault fares: what is wrong with the first that is said of it, and with where its fix leads."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from emulator.findings.changes import Change, CodeChange, ConfigurationChange, DoByHand, PageChange
from emulator.findings.finding import Severity
from hidden_faults.fault import Fault, Mutation, Refused
from hidden_faults.of_code import OF_CODE
from hidden_faults.of_configuration import OF_CONFIGURATION
from hidden_faults.originals import ORIGINALS
from trials.followed import followed
from trials.played import Played, Told, play
from trials.trial import CONFIGURATION, PAGE, Trial

FAULTS = [*OF_CONFIGURATION, *OF_CODE]
CORRECT = {f"{name}-{call}": one.trial(call) for name, one in ORIGINALS.items() for call in one.calls}
MOST = 4
"""Rounds of advice that may be needed: one for the fault, the others for what only shows when it is gone."""


def false_alarms(trial: Trial, folder: Path) -> list[str]:
    """What is said of a deployment that is right."""
    played = play(trial, folder)
    said = [f"{one.finding.name}: {one.fix}" for one in played.trouble] + [str(problem) for problem in played.problems]
    return [*said, *(["the page gets no answer"] if played.status is None else [])]


def misses(fault: Fault | Refused, folder: Path) -> list[str]:
    """In which ways the first that is said does not name the fault."""
    played = play(fault.trial, folder)
    if isinstance(fault, Refused):
        return [*_refusal_misses(fault, played)]
    if not played.told:
        return ["nothing is said", *map(str, played.problems)]
    return [*_misses(fault, played.told[0], played)]


def _refusal_misses(fault: Refused, played: Played) -> Iterator[str]:
    if not played.is_refused:
        yield "it is served"
        return
    problem = played.problems[0]
    if problem.line != fault.trial.line_of(fault.at):
        yield f"it names line {problem.line}"
    if fault.says not in problem.fix:
        yield f"it says: {problem.fix}"


def _misses(fault: Fault, told: Told, played: Played) -> Iterator[str]:
    finding = told.finding
    if (finding.name, finding.layer) != (fault.rule, fault.layer):
        yield f"it is {finding.name} ({finding.layer})"
    if fault.says not in told.fix:
        yield f"it says: {told.fix}"
    line = fault.trial.line_of(fault.at) if fault.at else None
    if (told.place and told.place.line) != line:
        yield f"it names line {told.place and told.place.line}"
    if not fault.at and not _is_at(finding.fix.changes[0], fault.mutation):
        yield f"it is mended elsewhere: {told.fix}"
    if (played.status is None) != fault.is_blocked:
        yield f"the page gets {played.status}"
    if played.status is None and finding.severity is not Severity.ERROR:
        yield f"it is a {finding.severity}"


def _is_at(change: Change, mutation: Mutation) -> bool:
    """Whether a change is made where the mutation was."""
    if isinstance(change, CodeChange):
        return mutation.file == f"{change.function}.py"
    if isinstance(change, ConfigurationChange):
        return mutation.file == CONFIGURATION
    return isinstance(change, PageChange | DoByHand) and bool(mutation.page)


def kept_out(fault: Fault, folder: Path) -> bool:
    """Follow the advice on a page that is to be kept out: it is, and the deployment's own page is not."""
    told = play(fault.trial, folder).first
    trial = followed(told.finding.fix.changes, fault.trial, fault.meant)
    own = play(replace(trial, call=replace(trial.call, origin=PAGE)), folder)
    return play(trial, folder).status is None and (own.status, own.trouble) == (200, ())


def cured(fault: Fault, folder: Path) -> list[Trial]:
    """Follow the advice, to the letter and as long as there is any: the trial after each round, the last of which is
    well. Nothing is told twice."""
    trial, rounds, said = fault.trial, [], set()
    played = play(trial, folder)
    while trouble := played.trouble or (played.told[:1] if not rounds else ()):
        advice = (trouble[0].finding.name, trouble[0].finding.fix)
        assert advice not in said, f"told, done, and told again: {trouble[0].fix}"
        said.add(advice)
        assert len(rounds) < MOST, said
        trial = followed(trouble[0].finding.fix.changes, trial, fault.meant)
        rounds.append(trial)
        played = play(trial, folder)
        assert not played.is_refused, played.problems
    assert played.status is not None, "the page gets no answer"
    return rounds
