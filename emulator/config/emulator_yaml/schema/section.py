"""Says what every section of emulator.yaml is made of: keys that are described, and what is said of keys it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, WithJsonSchema
from pydantic.alias_generators import to_camel


@dataclass(frozen=True, slots=True)
class Entry:
    """Says what may stand in each entry of a mapping or a list (completes "expected ..."), and gives a value of one."""

    expected: str
    example: str


@dataclass(frozen=True, slots=True)
class Key:
    """Says what a key is for, what may stand there (completes "expected ...") and how it is written, such as
    `port: 3000`. `entry` says the same of each entry, where they have a shape of their own."""

    meaning: str
    expected: str
    example: str
    entry: Entry | None = None


Text = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""Text needs no quotes where it looks like a number or a boolean: what is written counts, and YAML's name for it does
not."""


class Section(BaseModel):
    """Describes a mapping of the file; keys it does not know are errors.

    Its fields are the one list of its keys: messages and the JSON Schema are made by walking them (keys.py). The three
    tables say more of keys it does not know, by normalized name (spelling.py)."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, defer_build=True)

    not_yet: ClassVar[Mapping[str, str]] = {}
    """Maps what AWS or the design has and this version lacks to what to do. It is refused, so that no route is silently
    open."""

    elsewhere: ClassVar[Mapping[str, str]] = {}
    """Maps keys of AWS or of this file that mean something, but not in this section, to what to do."""

    other_names: ClassVar[Mapping[str, str]] = {}
    """Maps what CDK, the Serverless Framework, Terraform and habit call the keys of this section to them."""


def short_for(key: str) -> Any:
    """Return the validator (before the section's own) that takes a text for the section which has that text at `key`
    and nothing else."""
    return lambda value: {key: value} if isinstance(value, str) else value
