"""What `--invoke` tries beside the matrix: the error path, and origins that no page of the user's has. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import DEFAULT
from emulator.aws.methods import ANY
from emulator.browser.call import Call
from emulator.browser.modes import Credentials
from emulator.browser.url import Url, parse_url
from emulator.checks.cell import Cell, Kind
from emulator.checks.matrix import HARMLESS, JSON, WITH_BODY, Target, sample_path, targets
from emulator.deployment import Frontend, url_of

STRANGER = "unrelated.example"
"""A host name that nobody owns (RFC 6761, 6.5)."""

WRONG_METHODS = ("GET", "POST")
"""The methods that need no preflight, which a path without them is called with."""


def error_cells(apis: Mapping[int, Api], frontends: tuple[Frontend, ...]) -> Iterator[Cell]:
    """Yield the calls that a function or a gateway is likely to answer with an error: a body that is missing, a user
    who is not logged in, and for each API a method that no route takes."""
    for frontend in frontends:
        for target in targets(apis):
            if not target.needed:
                yield from _errors_of(target, frontend)
        for port, api in apis.items():
            found = next(_untaken(api), None)
            if found is not None:
                key, method = found
                call = Call(f"{url_of(api, port)}{sample_path(key)}", method)
                needed = "If a page calls with a method that no route takes"
                yield Cell(api.name, key, frontend.origin, Kind.WRONG_METHOD, call, needed)


def _errors_of(target: Target, frontend: Frontend) -> Iterator[Cell]:
    """Yield a route's calls without a body and, where the page's calls have cookies, without those. Nothing is deleted
    for it: a function that lets everyone delete would do so."""
    mode = Credentials(frontend.credentials_for(target.api.name) or Credentials.SAME_ORIGIN)
    call = Call(target.url, target.method, credentials=mode)
    cell = Cell(target.api.name, target.route, frontend.origin, Kind.MISSING_BODY, call, runs=True)
    has_body = target.method in WITH_BODY
    if has_body:
        yield cell
    if mode is Credentials.INCLUDE and (has_body or target.method in HARMLESS):
        sent = replace(call, headers=(JSON,), body="{}") if has_body else call
        yield replace(cell, kind=Kind.UNAUTHENTICATED, call=sent)


def _untaken(api: Api) -> Iterator[tuple[str, str]]:
    """Yield routes whose path no other takes by a method, with the method."""
    if any(key == DEFAULT or key.endswith("+}") for key in api.route_keys):
        return
    pairs = [(key.partition(" ")[0], key.partition(" ")[2]) for key in api.route_keys]
    for key in api.route_keys:
        taken = {method for method, path in pairs if path == key.partition(" ")[2]}
        yield from ((key, method) for method in WRONG_METHODS if not taken & {method, ANY})


def origin_cells(apis: Mapping[int, Api], frontends: tuple[Frontend, ...]) -> Iterator[Cell]:
    """Yield calls of pages that are none of the user's, to every route; of a route that changes something, no more than
    the preflight is asked."""
    origins = strange_origins(frontends)
    for target in targets(apis):
        harmless = target.method in HARMLESS
        call = Call(target.url, target.method)
        if not harmless:
            call = replace(call, headers=(JSON,), body="{}")  # forces a preflight
        for origin, kind in origins.items():
            yield Cell(target.api.name, target.route, origin, kind, call, runs=harmless, probes=True)


def strange_origins(frontends: tuple[Frontend, ...]) -> dict[str, Kind]:
    """Make up origins that careless comparisons let in: of anyone, and such as look like those of the frontends."""
    made = {f"https://{STRANGER}": Kind.UNRELATED_ORIGIN, "null": Kind.OPAQUE_ORIGIN}
    for frontend in frontends:
        url = parse_url(frontend.origin)
        if url is not None and url.scheme in ("http", "https"):
            made |= dict(_lookalikes(url))
    declared = {origin for frontend in frontends for origin in (frontend.origin, *frontend.dev)}
    return {origin: kind for origin, kind in made.items() if origin not in declared}


def _lookalikes(url: Url) -> Iterator[tuple[str, Kind]]:
    port = "" if url.port is None else f":{url.port}"
    other = "http" if url.scheme == "https" else "https"
    if not url.host.startswith("["):
        yield f"{url.scheme}://{url.host}.{STRANGER}{port}", Kind.ORIGIN_AS_PREFIX
        if not url.host.rpartition(".")[2].isdigit():  # an IP address cannot be the end of a name
            yield f"{url.scheme}://unrelated-{url.host}{port}", Kind.ORIGIN_AS_SUFFIX
    yield f"{other}://{url.host}{port}", Kind.OTHER_SCHEME
