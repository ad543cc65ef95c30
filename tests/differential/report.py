"""The summary of one comparison: counts, shares, and each difference with the name that gives its case again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from differential.cases import Case
from differential.comparison import READABLE, TEXTS, VERDICT, Difference, difference
from differential.known_differences import KNOWN_DIFFERENCES
from differential.model_runner import Model
from differential.observation import Observation
from differential.recording import Recording
from differential.timing import is_disturbed


@dataclass(frozen=True, slots=True)
class Result:
    """`cases` counts those compared, `disturbed` those left out because the machine was too slow for their timing."""

    cases: int
    disturbed: int
    differences: tuple[Difference, ...]
    causes: tuple[str | None, ...]
    """Of each difference: the name it has in known_differences.py, None when it has none."""

    @property
    def verdict_share(self) -> float:
        """Cases in which the page saw the same: outcome, type, status and readable headers."""
        return self._share(VERDICT | READABLE)

    @property
    def everything_share(self) -> float:
        """Cases in which outcomes, requests, their headers and the errors' names were the same."""
        return 1 - sum(item.aspects != {TEXTS} for item in self.differences) / self.cases

    @property
    def text_share(self) -> float:
        """Cases in which the console's texts were the same."""
        return self._share({TEXTS})

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        return tuple(item for item, cause in zip(self.differences, self.causes, strict=True) if cause is None)

    def _share(self, aspects: Iterable[str]) -> float:
        wanted = frozenset(aspects)
        return 1 - sum(not wanted.isdisjoint(item.aspects) for item in self.differences) / self.cases


def compare_all(recording: Recording, model: Model) -> Result:
    """Run the model on every case of the recording."""
    differences = []
    disturbed = 0
    for case, seen in recording.pairs:
        if is_disturbed(case, seen):
            disturbed += 1
            continue
        found = difference(case, seen, model.observe(case, recording.origins, seen))
        if found is not None:
            differences.append(found)
    causes = tuple(cause_of(found, recording.browser) for found in differences)
    return Result(len(recording.pairs) - disturbed, disturbed, tuple(differences), causes)


def cause_of(found: Difference, browser: str) -> str | None:
    """The name of the known difference this is one of."""
    for known in KNOWN_DIFFERENCES:
        if browser in known.browsers and known.explains(found):
            return known.name
    return None


def summary(recording: Recording, result: Result, limit: int) -> Iterator[str]:
    """Lines to print; at most `limit` unexplained differences in full."""
    counts = Counter(case.family for case, _ in recording.pairs)
    families = ", ".join(f"{count} {family}" for family, count in counts.items())
    yield f"{recording.version}: {result.cases} cases compared ({families}), {result.disturbed} disturbed"
    yield f"outcome, type, status and readable headers the same: {result.verdict_share:.4%}"
    yield f"everything the same:                                 {result.everything_share:.4%}"
    yield f"console texts the same:                              {result.text_share:.4%}"
    for cause, count in Counter(cause for cause in result.causes if cause).most_common():
        yield f"{count:6} known: {cause}"
    yield f"{len(result.unexplained):6} unexplained"
    for kinds, count in Counter(aspects_of(item) for item in result.unexplained).most_common():
        yield f"{count:6}   {kinds}"
    for found in result.unexplained[:limit]:
        yield from describe(found)


def aspects_of(found: Difference) -> str:
    return f"{found.case.family}: {', '.join(sorted(found.aspects))}"


def describe(found: Difference) -> Iterator[str]:
    """One difference: the case, and what each side said where they differ."""
    yield ""
    yield f"{found.case.name}  differs in {', '.join(sorted(found.aspects))}"
    yield from describe_case(found.case)
    yield from _both("outcome", found.browser.outcomes, found.model.outcomes)
    yield from _both("request", found.browser.requests, found.model.requests)
    yield from _both("error", found.browser.errors, found.model.errors)
    yield from _both("text", found.browser.texts, found.model.texts)


def describe_case(case: Case) -> Iterator[str]:
    frame = " in a sandboxed frame" if case.opaque else ""
    for call in case.calls:
        yield f"  call{frame}: {_told(call)}"
    for number, resource in enumerate(case.resources):
        yield f"  resource {number} on {resource.host}{resource.query}"
        for kind, answers in (("preflight", resource.preflights), ("answer", resource.answers[:3])):
            for answer in answers:
                yield f"    {kind} {answer.status} {list(answer.headers)}"


def describe_observation(observation: Observation) -> Iterator[str]:
    for items in (observation.outcomes, observation.requests, observation.errors, observation.texts):
        for item in items:
            yield f"    {_told(item)}"


def _both(what: str, seen: Sequence[object], modelled: Sequence[object]) -> Iterator[str]:
    if seen == modelled:
        return
    yield from (f"  browser {what}: {_told(item)}" for item in seen)
    yield from (f"  model   {what}: {_told(item)}" for item in modelled)


def _told(item: Any) -> str:
    if isinstance(item, str):
        return item
    return " ".join(f"{name}={value!r}" for name, value in asdict(item).items() if value)
