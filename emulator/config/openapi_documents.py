"""Reads the OpenAPI documents that APIs of a configuration name."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from emulator.aws.api import Api
from emulator.config.complaint import Complaint
from emulator.config.emulator_yaml.build import api_id
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.config.emulator_yaml.schema.rest_api import RestApi
from emulator.config.missing_files import entries
from emulator.config.read_file import unreadable
from emulator.config.sources.openapi.settings import OpenApi, Settings
from emulator.config.yaml.document import read_document
from emulator.deployment import Places
from emulator.errors import ConfigError, Problem
from emulator.spelling import near

TAGS = frozenset({"!Sub", "!GetAtt", "!Ref"})
"""CloudFormation's short forms that name functions in a document which a template includes."""

MOST_VALUES = 2_000_000
"""Values that a document may have, aliases expanded: one of AWS's largest (300 resources, all models) has 100,000."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What the documents declare, by the names of their APIs; an API whose document cannot be read has none. `unread`
    are complaints about APIs of the configuration; `problems` stand in the documents."""

    apis: dict[str, Api]
    places: Places
    problems: tuple[Problem, ...]
    unread: tuple[Complaint, ...]


def read_documents(
    configuration: Configuration, functions: Collection[str] | None, folder: Path, read: Callable[[Path], bytes]
) -> Documents:
    """Read the document of every API that names one; paths count from `folder`, `functions` are the names that
    integrations can mean."""
    found: dict[str, OpenApi] = {}
    problems: list[Problem] = []
    unread: list[Complaint] = []
    for name, api in configuration.apis.items():
        if isinstance(api, HttpApi | RestApi) and api.openapi is not None:
            try:
                found[name] = _read(folder / api.openapi, _settings(name, api, functions), read)
                problems += found[name].problems
            except ConfigError as error:
                problems += error.problems
            except FileNotFoundError:
                unread.append(_missing(name, api.openapi, folder))
            except (OSError, UnicodeDecodeError) as error:
                problems.append(unreadable(str(folder / api.openapi), error))
    places = {resource: place for one in found.values() for resource, place in one.places.items()}
    return Documents({name: one.api for name, one in found.items()}, places, tuple(problems), tuple(unread))


def _read(path: Path, settings: Settings, read: Callable[[Path], bytes]) -> OpenApi:
    from emulator.config.sources.openapi.read import read_openapi  # a dozen modules, which other configurations spare

    text = read(path).decode("utf-8-sig")
    return read_openapi(read_document(text, str(path), tags=TAGS, most_values=MOST_VALUES), settings)


def _settings(name: str, api: HttpApi | RestApi, functions: Collection[str] | None) -> Settings:
    return Settings(
        api.type,
        name,
        api_id(name),
        api.stage,
        tuple(api.stage_variables.items()),
        functions,
        api.basepath,
        api.timeout_in_millis,
        warns=api.unsupported == "warn",
    )


def _missing(name: str, written: str, folder: Path) -> Complaint:
    names = [item.name for item in entries((folder / written).parent)]
    meant = near(Path(written).name, names)
    fix = f"Write `openapi: {Path(written).with_name(meant)}`." if meant else "Create it, or correct the path."
    return Complaint(("api", name, "openapi"), f"`{written}`, which does not exist", "an OpenAPI document", fix)
