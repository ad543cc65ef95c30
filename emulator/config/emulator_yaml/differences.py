"""Says what a save changes in what is served, in the words of emulator.yaml. Values of environment variables are not
shown: they may be secrets."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import Deployment, Endpoint
from emulator.functions.invocation import Function

MOST = 6
"""Parts of a sentence at most, for no one reads more; the rest is counted."""

_LISTED = 3
"""Names that are listed at most; more are counted."""

_OF_THE_FILE = {"logging": "loggingConfig"}
_NOT_WRITTEN = frozenset({"api", "name", "api_id", "url_id", "routes", "methods"})


def changes(before: Deployment, after: Deployment) -> str:
    """Put every change in one sentence: `shop: 2 routes added, cors changed; items: timeout changed`. It is empty when
    nothing differs."""
    parts = [*_of_apis(before, after), *_of_functions(before.functions, after.functions)]
    if before.frontends != after.frontends:
        parts.append("frontends changed")
    if before.checks != after.checks:
        parts.append("checks changed")
    if before.custom_domains != after.custom_domains:
        parts.append("customDomains changed")
    if before.allowed_hosts != after.allowed_hosts:
        parts.append("allowedHosts changed")
    more = len(parts) - MOST
    return "; ".join(parts if more <= 0 else [*parts[:MOST], f"{more} more"])


def _of_apis(before: Deployment, after: Deployment) -> Iterator[str]:
    old, new = ({endpoint.api.name: endpoint for endpoint in one.endpoints} for one in (before, after))
    yield from _come_and_gone("API", old, new)
    for name in (name for name in new if name in old):
        said = list(_of_endpoint(old[name], new[name]))
        if said:
            yield f"{name}: {', '.join(said)}"
    if [*old] != [*new] and old.keys() == new.keys():
        yield "order of the APIs changed"


def _of_endpoint(old: Endpoint, new: Endpoint) -> Iterator[str]:
    if type(old.api) is not type(new.api):
        yield "type changed"
        return
    keys_before, keys_after = _routes(old.api), _routes(new.api)
    rerouted = [key for key in keys_before.keys() & keys_after.keys() if keys_before[key] != keys_after[key]]
    for count, verb in (
        (len(keys_after.keys() - keys_before.keys()), "added"),
        (len(keys_before.keys() - keys_after.keys()), "removed"),
        (len(rerouted), "changed"),
    ):
        if count:
            yield f"{count} route{'s' if count > 1 else ''} {verb}"
    fields = [*_changed_fields(old.api, new.api), *_changed_fields(old, new)]
    if fields:
        yield f"{', '.join(fields)} changed"


def _routes(api: Api) -> Mapping[str, object]:
    """Map the keys of emulator.yaml to the routes of an HTTP API or the methods of a REST API."""
    if isinstance(api, HttpApi):
        return {route.route_key: route for route in api.routes}
    if isinstance(api, RestApi):
        return {f"{method.http_method} {method.resource_path}": method for method in api.methods}
    return {}


def _of_functions(old: Mapping[str, Function], new: Mapping[str, Function]) -> Iterator[str]:
    """Say once what many functions share, such as a variable of an --env-file."""
    yield from _come_and_gone("function", old, new)
    said: dict[str, list[str]] = {}
    for name, function in new.items():
        if name in old and old[name] != function:
            said.setdefault(", ".join(_of_function(old[name], function)), []).append(name)
    for what, names in said.items():
        yield f"{_listed(names, 'functions')}: {what} changed"


def _of_function(old: Function, new: Function) -> Iterator[str]:
    for field in _changed_fields(old, new):
        if field == "environment":
            before, after = dict(old.environment), dict(new.environment)
            names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
            yield f"environment ({_listed(names, 'variables')})" if names else field
        else:
            yield field


def _changed_fields(old: Any, new: Any) -> list[str]:
    names = (field.name for field in dataclasses.fields(old) if field.compare and field.name not in _NOT_WRITTEN)
    return [_OF_THE_FILE.get(name, _camel(name)) for name in names if getattr(old, name) != getattr(new, name)]


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _come_and_gone(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for names, verb in (
        ([name for name in new if name not in old], "added"),
        ([name for name in old if name not in new], "removed"),
    ):
        if names:
            yield f"{what} {', '.join(names)} {verb}" if len(names) <= _LISTED else f"{len(names)} {what}s {verb}"


def _listed(names: list[str], what: str) -> str:
    return ", ".join(names) if len(names) <= _LISTED else f"{len(names)} {what}"
