"""Cases with what a browser did of them, kept in memory or in a file: the model can change, the browser has spoken."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

from differential.batches import batches
from differential.cases import Case, Origins, case_from_json, case_to_json
from differential.observation import Observation, observation_from_json


class Observer(Protocol):
    """A browser with its API servers."""

    version: str
    origins: Origins
    sequences_in_flight: int

    def observe(self, cases: Sequence[Case], in_flight: int) -> list[Observation]: ...


@dataclass(frozen=True, slots=True)
class Recording:
    """One run of one browser: `version` like "Chrome/156.0.8078.79"."""

    version: str
    origins: Origins
    pairs: tuple[tuple[Case, Observation], ...]

    @property
    def browser(self) -> str:
        """ "chromium" or "firefox"."""
        return "firefox" if self.version.startswith("Firefox") else "chromium"


def record(observer: Observer, cases: Sequence[Case], progress: Callable[[int], None]) -> Recording:
    """Run every case, told by `progress` after each batch."""
    pairs: list[tuple[Case, Observation]] = []
    for _, family in groupby(cases, key=lambda case: case.family):
        for batch, in_flight in batches(tuple(family), observer.sequences_in_flight):
            pairs += zip(batch, observer.observe(batch, in_flight), strict=True)
            progress(len(pairs))
    return Recording(observer.version, observer.origins, tuple(pairs))


def save(recording: Recording, file: Path) -> None:
    """One JSON text a line: the run, then case and observation by turns."""
    head = {"version": recording.version, "origins": dict(recording.origins.by_name)}
    with file.open("w", encoding="utf-8") as out:
        out.write(json.dumps(head) + "\n")
        for case, observation in recording.pairs:
            out.write(case_to_json(case) + "\n")
            out.write(json.dumps(asdict(observation), separators=(",", ":")) + "\n")


def load(file: Path) -> Recording:
    """Raises OSError and ValueError when `file` is not a recording."""
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    run = json.loads(head)
    cases = (case_from_json(line) for line in lines[0::2])
    observations = (observation_from_json(json.loads(line)) for line in lines[1::2])
    return Recording(run["version"], Origins(run["origins"]), tuple(zip(cases, observations, strict=True)))
