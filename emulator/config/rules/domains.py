"""Says what AWS refuses of custom domain names and their API mappings, and which routes they hide."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from emulator.aws.api import Api
from emulator.aws.api_mapping import key_problem
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.reserved_paths import RESERVED_PATHS
from emulator.config.complaint import Complaint, listed, quoted
from emulator.config.rules.hosts import is_host_name, nearest_host_name
from emulator.deployment import BasePathMapping, Deployment, Resource
from emulator.spelling import near

ROOT = "(none)"
"""What AWS's console and API call the empty base path."""


def domain_complaints(deployment: Deployment, apis: Collection[str]) -> Iterator[Complaint]:
    """Complain of what CreateDomainName and CreateApiMapping refuse, and of ports that are taken. `apis` are the names
    of all APIs that are declared, sound or not."""
    yield from _ports(deployment)
    served = {endpoint.name: endpoint.api for endpoint in deployment.endpoints}
    for domain in deployment.custom_domains:
        place: Resource = ("domain", domain.name)
        if not is_host_name(domain.name) or domain.name.startswith((".", "*")):
            meant = nearest_host_name(domain.name.lstrip("*."))
            fix = f"Write `{meant}`." if meant else "Name one host, like `api.example.com`."
            yield Complaint(place, quoted(domain.name), "a domain name, without scheme, port and wildcard", fix)
        yield from _twice(domain.mappings, place)
        for mapping in domain.mappings:
            yield from _mapping(mapping, (*place, "mapping", mapping.key or ROOT), served, apis)


def _mapping(
    mapping: BasePathMapping, place: Resource, served: Mapping[str, Api], apis: Collection[str]
) -> Iterator[Complaint]:
    problem = key_problem(mapping.key)
    if problem is not None:
        found, _, fix = problem.partition(": ")
        yield Complaint(place, found, "a base path such as orders/v1", f"{fix[:1].upper()}{fix[1:]}.")
    if mapping.api not in apis:
        meant = near(mapping.api, apis)
        fix = "Declare it under `apis`, or use one of these." if meant is None else f"Write `{meant}`."
        found = f"the API {quoted(mapping.api)}, which is not declared"
        yield Complaint((*place, "api"), found, listed(tuple(apis)), fix)
        return
    api = served.get(mapping.api)
    if isinstance(api, FunctionUrl):
        found = f"{quoted(mapping.api)}, which is a function URL"
        fix = "A function URL has no custom domain name: map an HTTP API or a REST API with a route to the function."
        yield Complaint((*place, "api"), found, "an HTTP API or a REST API", fix)
    elif api is not None:
        yield from _stage(mapping, api, (*place, "stage"))
        yield from _reserved(mapping, api, place)


def _stage(mapping: BasePathMapping, api: Api, place: Resource) -> Iterator[Complaint]:
    if mapping.stage not in (None, api.stage):
        found = f"the stage {quoted(str(mapping.stage))}, which {quoted(api.name)} does not have"
        yield Complaint(
            place, found, f"{quoted(api.stage)}, its stage", f"Write `stage: {api.stage}`, or leave it out."
        )


def _reserved(mapping: BasePathMapping, api: Api, place: Resource) -> Iterator[Complaint]:
    """Warn of routes at the root of the domain that no request reaches."""
    paths = {key.partition(" ")[2] for key in api.route_keys} & RESERVED_PATHS
    if not mapping.key and paths:
        found = f"{' and '.join(map(quoted, sorted(paths)))} of {quoted(api.name)} at the root of the domain"
        fix = "API Gateway answers it there itself, for its health check: give the route another path, such as /health."
        yield Complaint(place, found, "paths that reach the function", fix, is_warning=True)


def _twice(mappings: Iterable[BasePathMapping], place: Resource) -> Iterator[Complaint]:
    roots = [mapping for mapping in mappings if not mapping.key]
    if len(roots) > 1:
        fix = 'Keep one of "" and (none): both are the root.'
        yield Complaint((*place, "mapping", ROOT), "the root of the domain a second time", "one API for each path", fix)


def _ports(deployment: Deployment) -> Iterator[Complaint]:
    taken = {endpoint.port: endpoint.name for endpoint in deployment.endpoints}
    for domain in deployment.custom_domains:
        if domain.port and domain.port in taken:
            found = f"port {domain.port}, which {quoted(taken[domain.port])} has already"
            fix = "Choose another, or leave `port` out to get the next free one."
            yield Complaint(("domain", domain.name, "port"), found, "a port of its own for each domain", fix)
        taken.setdefault(domain.port, domain.name)
