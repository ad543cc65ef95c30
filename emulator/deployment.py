"""Everything one configuration serves, as one frozen value that is swapped whole on reload."""

from collections.abc import Mapping
from dataclasses import dataclass

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
class Deployment:
    """APIs in the order of the file, functions by name, frontends, and the host names that are answered beside
    localhost and IP addresses."""

    endpoints: tuple[Endpoint, ...]
    functions: Mapping[str, Function]
    frontends: tuple[Frontend, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
