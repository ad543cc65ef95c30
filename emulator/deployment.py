"""Everything one configuration serves, as one frozen value that is swapped whole on reload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from emulator.aws.api import Api
from emulator.functions.invocation import Function

DEFAULT = "$default"
"""In a mapping by API, the key for those it does not name."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One API and the port it listens on; 0 takes any free port. Each port is an origin of its own."""

    api: Api
    port: int


@dataclass(frozen=True, slots=True)
class Frontend:
    """A browser application that calls the APIs: the `origin` of its pages, and the credentials mode they pass to
    fetch ("omit", "same-origin" or "include"): one for all APIs, or by API name with `$default` for the others; None
    where the configuration does not say."""

    origin: str
    credentials: str | Mapping[str, str] | None = None

    def credentials_for(self, api: str | None) -> str | None:
        """The declared mode of calls to the API of this name (None: to one that is not of the configuration); None
        where none is declared."""
        if not isinstance(self.credentials, Mapping):
            return self.credentials
        declared = None if api is None else self.credentials.get(api)
        return declared or self.credentials.get(DEFAULT)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is declared: the file as the user named it, and the line, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


Places = Mapping[tuple[str, ...], Place]
"""Where each resource and each of its fields is declared, by keys that speak of resources and not of a file's own keys:
("api", NAME), ("api", NAME, "cors"), ("api", NAME, "cors", FIELD), ("api", NAME, "route", KEY), ("function", NAME),
("function", NAME, FIELD), ("frontend", ORIGIN)."""

NO_PLACES: Places = MappingProxyType({})
"""What is known of a deployment that no file declares."""


def nearest_place(places: Places, key: tuple[str, ...]) -> Place | None:
    """Where the thing is declared, else what it lies in: a field that is not written yet belongs to its section."""
    while key:
        if key in places:
            return places[key]
        key = key[:-1]
    return None


@dataclass(frozen=True, slots=True)
class Deployment:
    """APIs in the order of the file, functions by name, frontends, the host names that are answered beside localhost
    and IP addresses, and where all of it is declared. Where it is declared decides nothing: two deployments that differ
    in their places alone are equal."""

    endpoints: tuple[Endpoint, ...]
    functions: Mapping[str, Function]
    frontends: tuple[Frontend, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    places: Places = field(default_factory=lambda: NO_PLACES, compare=False, repr=False)
