"""Everything one configuration serves, as one frozen value that is swapped whole on reload."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from emulator.aws.api import Api
from emulator.functions.invocation import Function
from emulator.messages import Headers

DEFAULT = "$default"
"""The key that, in a mapping by API, stands for those it does not name."""

DEFAULT_STAGE = "$default"
"""The stage that is no segment of the path (AWS: Stages for HTTP APIs)."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One API and the port it listens on; 0 takes any free port. Each port is an origin of its own. `enforce` has the
    calls of clients that are no browser answered as a browser would let a page see them."""

    api: Api
    port: int
    enforce: bool = True


@dataclass(frozen=True, slots=True)
class Frontend:
    """A browser application that calls the APIs: the `origin` of its pages in production, the credentials mode they
    pass to fetch ("omit", "same-origin" or "include"): one for all APIs, or by API name with `$default` for the others;
    None where the configuration does not say; and the origins that stand in for `origin` on this machine."""

    origin: str
    credentials: str | Mapping[str, str] | None = None
    dev: tuple[str, ...] = ()

    def credentials_for(self, api: str | None) -> str | None:
        """Return the declared mode of calls to the API of this name (None: to one that is not of the configuration);
        None where none is declared."""
        if not isinstance(self.credentials, Mapping):
            return self.credentials
        declared = None if api is None else self.credentials.get(api)
        return declared or self.credentials.get(DEFAULT)


def base_path(api: Api) -> str:
    """Return what stands before the path of every route: `/dev`, or "" for the stage $default."""
    return "" if api.stage == DEFAULT_STAGE else f"/{api.stage}"


def url_of(api: Api, port: int, host: str = "localhost") -> str:
    """Make the URL where a page finds an API that listens on `host`, stage included, with no slash at its end."""
    # A page on localhost is of another site than 127.0.0.1, and its cookies are not sent there.
    name = "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{base_path(api)}"


EITHER_OUTCOME = ("allowed", "blocked")
"""What becomes of a call in one word."""


@dataclass(frozen=True, slots=True)
class RecordedCheck:
    """A call to check and what is to become of it: "allowed", "blocked", or Chromium's name of the CORS error.

    `request` is "METHOD /path?query", with or without the stage; `origin` is the page's; `api` None stands for the
    first; `credentials` None for what the page's frontend declares.
    """

    request: str
    origin: str
    expect: str
    api: str | None = None
    headers: Headers = ()
    body: str | None = None
    credentials: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is declared: the file as the user named it, the line, from 1, and what the file itself calls it,
    such as `apis.shop.cors`. Two places on one line are equal, whatever they are called."""

    file: str
    line: int
    path: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


Resource = tuple[str | int, ...]
"""The name of a resource or of something of it, in words of AWS and not of a file's own keys: ("api", NAME), ("api",
NAME, "cors"), ("api", NAME, "cors", FIELD), ("api", NAME, "route", KEY), ("function", NAME), ("function", NAME, FIELD),
("frontend", ORIGIN), ("frontend", INDEX, FIELD), ("check", INDEX, FIELD), ("allowedHosts", INDEX). What lies deeper
goes on so: ("api", NAME, "cors", "allowOrigins", 0) is the first origin, and the same with its text in place of the
0."""

Places = Mapping[Resource, Place]
"""Where each resource and each of its fields is declared."""

NO_PLACES: Places = MappingProxyType({})
"""The places of a deployment that no file declares: none is known."""


def nearest_place(places: Places, key: Resource) -> Place | None:
    """Return where the thing is declared, else what it lies in: a field that is not written yet belongs to its
    section."""
    while key:
        if key in places:
            return places[key]
        key = key[:-1]
    return None


@dataclass(frozen=True, slots=True)
class Deployment:
    """Everything that is served: APIs in the order of the file, functions by name, frontends, the host names that are
    answered beside localhost and IP addresses, where all of it is declared, and the recorded checks. Where it is
    declared decides nothing: two deployments that differ in their places alone are equal."""

    endpoints: tuple[Endpoint, ...]
    functions: Mapping[str, Function]
    frontends: tuple[Frontend, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    places: Places = field(default_factory=lambda: NO_PLACES, compare=False, repr=False)
    checks: tuple[RecordedCheck, ...] = ()

    def with_variables(self, variables: Mapping[str, str]) -> "Deployment":
        """Give every function these environment variables; they win over its own."""
        functions = {
            name: replace(function, environment=tuple({**dict(function.environment), **variables}.items()))
            for name, function in self.functions.items()
        }
        return replace(self, functions=functions)
