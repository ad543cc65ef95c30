"""One mutation of a correct deployment or of its page's call, and what is to be said of it first."""

from dataclasses import dataclass, field, replace
from typing import Any

from emulator.aws.product import Layer
from hidden_faults.originals import Original
from trials.trial import CONFIGURATION, PAGE, Trial


@dataclass(frozen=True)
class Mutation:
    """`old` is written as `new` in a file, once; or the page's call is changed."""

    file: str = ""
    old: str = ""
    new: str = ""
    page: dict[str, Any] = field(default_factory=dict)

    def of(self, trial: Trial) -> Trial:
        if self.page:
            return replace(trial, call=replace(trial.call, **self.page))
        text = trial.files[self.file]
        assert text.count(self.old) == 1, f"{self.old!r} stands {text.count(self.old)} times in {self.file}"
        return trial.with_file(self.file, text.replace(self.old, self.new))


def configured(old: str, new: str) -> Mutation:
    return Mutation(CONFIGURATION, old, new)


def coded(function: str, old: str, new: str) -> Mutation:
    return Mutation(f"{function}.py", old, new)


def called(**page: Any) -> Mutation:
    return Mutation(page=page)


@dataclass(frozen=True)
class Fault:
    """`rule` is the name of the first finding, `layer` its layer, and `at` a text that stands on the line of
    `emulator.yaml` at which its fix begins, "" where that is not in this file; `says` is part of the fix's words.
    `is_blocked` is whether the page gets no answer; `origin` is the page's, which is to be kept out where it is not the
    deployment's own."""

    name: str
    original: Original
    call: str
    mutation: Mutation
    rule: str
    layer: Layer
    at: str = ""
    says: str = ""
    is_blocked: bool = True
    origin: str = PAGE

    @property
    def meant(self) -> Trial:
        meant = self.original.trial(self.call)
        return replace(meant, call=replace(meant.call, origin=self.origin))

    @property
    def trial(self) -> Trial:
        return self.mutation.of(self.meant)


@dataclass(frozen=True)
class Refused:
    """A mutation that AWS refuses to deploy: `at` stands on the line of `emulator.yaml` that the first problem names,
    and `says` in its fix."""

    name: str
    original: Original
    mutation: Mutation
    at: str
    says: str

    @property
    def trial(self) -> Trial:
        return self.mutation.of(self.original.trial(next(iter(self.original.calls))))
