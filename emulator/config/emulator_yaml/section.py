"""What every part of emulator.yaml's schema is made of."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


@dataclass(frozen=True, slots=True)
class Key:
    """What a key is for, what may stand there (completes "expected ..."), and how it is written."""

    meaning: str
    expected: str
    example: str


class Section(BaseModel):
    """A mapping of the file; keys it does not know are errors."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, defer_build=True)
