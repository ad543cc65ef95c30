"""What tests of the configuration say of a text: every problem as it is printed, one a line."""

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

from emulator.config.complaint import in_order
from emulator.config.emulator_yaml.build import Location, build
from emulator.config.emulator_yaml.judge import judge
from emulator.config.emulator_yaml.places import places_of
from emulator.config.emulator_yaml.validate import validate
from emulator.config.located import located
from emulator.config.yaml.document import Document, read_document
from emulator.errors import Problem


def document_of(text: str, file: str = "emulator.yaml") -> Document:
    return read_document(dedent(text).strip("\n"), file)


def yaml_problems(text: str) -> str:
    """What YAML itself finds."""
    document = document_of(text)
    return _printed(document.problems(document.complaints))


def shape_problems(text: str) -> str:
    """What is wrong with keys and types."""
    document = document_of(text)
    return _printed(document.problems(validate(document.data).complaints))


def rule_problems(text: str, *, is_sound: bool = True) -> str:
    """What AWS refuses. Unless `is_sound` is taken back, keys and types are right."""
    document = document_of(text)
    validated = validate(document.data)
    assert validated.configuration is not None
    assert not validated.complaints or not is_sound
    locations = {
        name: Location(Path("/code"), function.python, tuple(map(Path, function.layers)))
        for name, function in validated.configuration.functions.items()
    }
    deployment = build(validated.configuration, locations, places_of(document))
    found = judge(validated.configuration, deployment, document.data)
    return _printed(in_order(located(found, deployment.places)))


def _printed(problems: Iterable[Problem]) -> str:
    return "\n".join(map(str, problems))
