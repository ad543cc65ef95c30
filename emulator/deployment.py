"""Everything one configuration serves, as one frozen value that is swapped whole on reload."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from emulator.aws.api import Api
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.functions.invocation import Function
from emulator.messages import Headers

DEFAULT = "$default"
"""The key that, in a mapping by API, stands for those it does not name."""

DOCUMENT = "document"
"""Behind an API's name in a resource, what declares it where that is no emulator.yaml: an OpenAPI document."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One API and the port it listens on; 0 takes any free port. Each port is an origin of its own. `enforce` has the
    calls of clients that are no browser answered as a browser would let a page see them."""

    api: Api
    port: int
    enforce: bool = True

    @property
    def name(self) -> str:
        return self.api.name

    @property
    def kind(self) -> str:
        """What a user calls it."""
        return "API"

    def at(self, raw_path: str) -> "Endpoint":
        """Return the endpoint that a request of this path is for: one API has one port."""
        return self


@dataclass(frozen=True, slots=True)
class BasePathMapping:
    """A base path of a custom domain name ("orders/v1", "" for the root), the name of the API that is behind it, and
    the stage that is named; None where none is."""

    key: str
    api: str
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class CustomDomain:
    """A custom domain name, the port on this machine that stands in for it (0 takes any free one), and what it leads
    to."""

    name: str
    port: int
    mappings: tuple[BasePathMapping, ...]


@dataclass(frozen=True, slots=True)
class DomainEndpoint:
    """A custom domain name and the port that stands in for it. `behind` is not empty: each base path with the API as it
    is reached there, the longest first, so that the first that takes a path is the one AWS takes."""

    name: str
    port: int
    behind: tuple[tuple[ApiMapping, Endpoint], ...]

    @property
    def kind(self) -> str:
        """What a user calls it."""
        return "custom domain"

    def urls(self, port: int, host: str) -> tuple["MappedUrl", ...]:
        """List where a page finds each API behind it, when it listens on this port of `host`."""
        return tuple(
            MappedUrl(mapping, endpoint.api, url_of(endpoint.api, port, host)) for mapping, endpoint in self.behind
        )

    def at(self, raw_path: str) -> Endpoint:
        """Return the endpoint that a request of this path is for. The first API answers for paths that none takes, and
        refuses them."""
        taken = (endpoint for mapping, endpoint in self.behind if mapping.below(raw_path) is not None)
        return next(taken, self.behind[0][1])


@dataclass(frozen=True, slots=True)
class MappedUrl:
    """Where a page finds an API by a custom domain name on this machine."""

    mapping: ApiMapping
    api: Api
    url: str


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


def url_of(api: Api, port: int, host: str = "localhost") -> str:
    """Make the URL where a page finds an API that listens on `host`, stage included, with no slash at its end."""
    return f"{root_of(port, host)}{api.base_path}"


def root_of(port: int, host: str = "localhost") -> str:
    """Make the URL of a port of `host`, with no slash at its end."""
    # A page on localhost is of another site than 127.0.0.1, and its cookies are not sent there.
    name = "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


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
("frontend", ORIGIN), ("frontend", INDEX, FIELD), ("check", INDEX, FIELD), ("allowedHosts", INDEX), ("domain", NAME),
("domain", NAME, "mapping", BASE PATH). What lies deeper goes on so: ("api", NAME, "cors", "allowOrigins", 0) is the
first origin, and the same with its text in place of the 0."""

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
    answered beside localhost and IP addresses, where all of it is declared, the recorded checks, and the custom domain
    names. Where it is declared decides nothing: two deployments that differ in their places alone are equal."""

    endpoints: tuple[Endpoint, ...]
    functions: Mapping[str, Function]
    frontends: tuple[Frontend, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    places: Places = field(default_factory=lambda: NO_PLACES, compare=False, repr=False)
    checks: tuple[RecordedCheck, ...] = ()
    custom_domains: tuple[CustomDomain, ...] = ()

    @property
    def listening(self) -> tuple[Endpoint | DomainEndpoint, ...]:
        """Everything that has a port: the APIs, then the custom domain names."""
        return (*self.endpoints, *self.domain_endpoints)

    def endpoint_at(self, port: int, raw_path: str) -> Endpoint | None:
        """Return what a request to this port and path is for; None where nothing listens there."""
        return next((one.at(raw_path) for one in self.listening if one.port == port), None)

    @property
    def domain_endpoints(self) -> tuple[DomainEndpoint, ...]:
        """What the custom domain names lead to. A mapping to an API that is not there leads nowhere and is left out."""
        found = ((domain, self._behind(domain)) for domain in self.custom_domains)
        return tuple(DomainEndpoint(domain.name, domain.port, behind) for domain, behind in found if behind)

    def _behind(self, domain: CustomDomain) -> tuple[tuple[ApiMapping, Endpoint], ...]:
        mapped = [
            (mapping, replace(endpoint, api=replace(endpoint.api, mapping=mapping), port=domain.port))
            for declared in domain.mappings
            for endpoint in self.endpoints
            if endpoint.name == declared.api and not isinstance(endpoint.api, FunctionUrl)
            for mapping in (ApiMapping(domain.name, declared.key),)
        ]
        return tuple(sorted(mapped, key=lambda one: -len(one[0].key)))

    def with_variables(self, variables: Mapping[str, str]) -> "Deployment":
        """Give every function these environment variables; they win over its own."""
        functions = {
            name: replace(function, environment=tuple({**dict(function.environment), **variables}.items()))
            for name, function in self.functions.items()
        }
        return replace(self, functions=functions)
