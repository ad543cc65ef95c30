"""Everything one configuration serves, as one frozen value that is swapped whole on reload."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.aws.api import Api
from emulator.functions.invocation import Function


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One API and the port it listens on; 0 takes any free port. Each port is an origin of its own."""

    api: Api
    port: int


@dataclass(frozen=True, slots=True)
class Frontend:
    """A browser application that calls the APIs: the `origin` of its pages, and the credentials mode they pass to
    fetch ("omit", "same-origin" or "include")."""

    origin: str
    credentials: str = "same-origin"


@dataclass(frozen=True, slots=True)
class Deployment:
    """APIs in the order of the file, functions by name, frontends."""

    endpoints: tuple[Endpoint, ...]
    functions: Mapping[str, Function]
    frontends: tuple[Frontend, ...] = ()
