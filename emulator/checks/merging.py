"""One fix for many calls: the fixes that change the same thing, each as far as one call needs it, are put together so
that one change lets all of them through. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    AddToHeader,
    ApiChange,
    CallMethod,
    CallUrl,
    CallWithCredentials,
    CallWithoutCredentials,
    Change,
    CodeChange,
    CompareOrigin,
    DeclareFrontend,
    DoByHand,
    FunctionChange,
    LoadWithoutCors,
    MendHandler,
    PageChange,
    RaiseConcurrency,
    RaiseTimeout,
    RemoveCors,
    RemoveHeaders,
    RemoveRoute,
    ReplaceInCors,
    ReplaceRoute,
    ReturnHeaders,
    ServePage,
    SetBase64Flag,
    SetBinaryMediaTypes,
    SetConcurrencyWait,
    SetCorsCredentials,
    SetCorsMaxAge,
    SetGatewayResponse,
    SetIntegration,
)
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import MapHeaders, MapOrigin, MappingChange, SetGeneratedCors, UnmapHeaders
from emulator.messages import Headers

LISTS = frozenset({"access-control-allow-methods", "access-control-allow-headers", "access-control-expose-headers"})
"""The headers whose values are lists."""

OR = " or "
"""What stands between values of which a function returns the one that the request asks for."""


def subject(change: Change) -> str:
    """Name what is to be changed, without what is to become of it: two changes of one name are one place to mend."""
    return _of_integration(change) if isinstance(change, MappingChange) else _of_anything_else(change)


def _of_anything_else(
    change: ApiChange | FunctionChange | DeclareFrontend | CodeChange | PageChange | DoByHand,
) -> str:
    match change:
        case AddToCors() | ReplaceInCors():
            return f"{change.api} cors.{change.field}"
        case SetCorsCredentials() | SetCorsMaxAge():
            return f"{change.api} cors.{'maxAge' if isinstance(change, SetCorsMaxAge) else 'allowCredentials'}"
        case AddCors() | RemoveCors():
            return f"{change.api} cors"
        case AddRoute() | RemoveRoute():
            return f"{change.api} {change.key}"
        case ReplaceRoute():
            return f"{change.api} {change.old}"
        case SetIntegration():
            return f"{change.api} {change.route} {change.field}"
        case SetBinaryMediaTypes() | SetGatewayResponse():
            return f"{change.api} {_section(change)}"
        case DeclareFrontend():
            return f"frontend {change.origin}"
        case CallUrl() | DoByHand():
            return change.what if isinstance(change, DoByHand) else f"page {change.url}"
        case CallMethod() | CallWithoutCredentials() | CallWithCredentials() | LoadWithoutCors() | ServePage():
            return "page"
        case (
            ReturnHeaders()
            | AddToHeader()
            | RemoveHeaders()
            | CompareOrigin()
            | SetBase64Flag()
            | MendHandler()
            | RaiseConcurrency()
            | SetConcurrencyWait()
            | RaiseTimeout()
        ):
            return f"function {change.function}"
        case _:
            assert_never(change)


def _of_integration(change: MappingChange) -> str:
    if isinstance(change, SetGeneratedCors):
        return f"{change.api} cors.{change.key}"
    where = change.response if isinstance(change, MapHeaders | MapOrigin | UnmapHeaders) else "integration"
    return f"{change.api} {change.route} {where}"


def _section(change: SetBinaryMediaTypes | SetGatewayResponse) -> str:
    if isinstance(change, SetBinaryMediaTypes):
        return "binaryMediaTypes"
    return f"gatewayResponses.{change.response_type}"


def merged(fixes: Iterable[Fix]) -> Fix:
    """Put fixes together, at least one: the one with the most changes says why and what else could be done."""
    longest, *others = sorted(fixes, key=lambda fix: -len(fix.changes))
    changes = list(longest.changes)
    for change in (change for fix in others for change in fix.changes):
        same = [index for index, one in enumerate(changes) if _is_same(one, change)]
        if same:
            changes[same[0]] = _both(changes[same[0]], change)
        else:
            changes.append(change)
    return replace(longest, changes=tuple(changes))


def for_pages(fix: Fix, origins: tuple[str, ...]) -> Fix:
    """Let a function that is to return one of these origins return each of them to the page that asks: who lets in the
    one page instead of the other mends nothing."""
    return replace(fix, changes=tuple(_for_pages(change, origins) for change in fix.changes))


def _for_pages(change: Change, origins: tuple[str, ...]) -> Change:
    if not isinstance(change, AddRoute | ReturnHeaders):
        return change
    headers = tuple((name, _each(value, origins) if name == ALLOW_ORIGIN else value) for name, value in change.headers)
    return replace(change, headers=headers)


def _each(value: str, origins: tuple[str, ...]) -> str:
    named = tuple(value.split(OR))
    return OR.join(_union(named, origins)) if set(named) <= set(origins) else value


def _is_same(one: Change, other: Change) -> bool:
    if type(one) is not type(other) or subject(one) != subject(other):
        return False
    if isinstance(one, AddToHeader) and isinstance(other, AddToHeader):
        return (one.header.lower(), one.on) == (other.header.lower(), other.on)
    return not isinstance(one, ReturnHeaders) or not isinstance(other, ReturnHeaders) or one.on == other.on


def _both(one: Change, other: Change) -> Change:
    if isinstance(one, AddToCors | AddToHeader) and isinstance(other, AddToCors | AddToHeader):
        return replace(one, entries=_union(one.entries, other.entries))
    if isinstance(one, AddCors) and isinstance(other, AddCors):
        return replace(one, cors=_both_cors(one.cors, other.cors))
    if isinstance(one, AddRoute | ReturnHeaders) and isinstance(other, AddRoute | ReturnHeaders):
        return replace(one, headers=_both_headers(one.headers, other.headers))
    if isinstance(one, SetGeneratedCors) and isinstance(other, SetGeneratedCors) and one.is_list:
        return replace(one, values=_union(one.values, other.values))
    if isinstance(one, MapOrigin) and isinstance(other, MapOrigin):
        return replace(one, origins=_union(one.origins, other.origins))
    if isinstance(one, SetGatewayResponse | MapHeaders) and isinstance(other, SetGatewayResponse | MapHeaders):
        return replace(one, headers=_both_literals(one.headers, other.headers))
    return one


def _both_literals(one: Headers, other: Headers) -> Headers:
    """Let in every page that calls without credentials where they are several: a literal names one, and of those with
    credentials the first is let in."""
    values = {**dict(other), **dict(one)}
    named = {dict(headers).get(ALLOW_ORIGIN, "*") for headers in (one, other)}
    if len(named) > 1 and ALLOW_CREDENTIALS not in values:
        values[ALLOW_ORIGIN] = "*"
    return tuple(values.items())


def _both_cors(one: CorsConfiguration, other: CorsConfiguration) -> CorsConfiguration:
    return replace(
        one,
        allow_origins=_union(one.allow_origins, other.allow_origins),
        allow_methods=_union(one.allow_methods, other.allow_methods),
        allow_headers=_union(one.allow_headers, other.allow_headers),
        allow_credentials=one.allow_credentials or other.allow_credentials,
    )


def _both_headers(one: Headers, other: Headers) -> Headers:
    values = {name.lower(): (name, value) for name, value in one}
    for name, value in other:
        key = name.lower()
        if key not in values:
            values[key] = (name, value)
        elif key in LISTS:
            values[key] = (name, ", ".join(_union(_listed(values[key][1]), _listed(value))))
        elif value not in values[key][1].split(OR):
            values[key] = (name, f"{values[key][1]}{OR}{value}")
    return tuple(values.values())


def _listed(value: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in value.split(","))


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
