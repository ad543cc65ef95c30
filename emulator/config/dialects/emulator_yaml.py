"""The words of emulator.yaml for a fix: what to write where, with the file and the line."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.rest_api.response_types import HEADER
from emulator.config.dialects.emulator_yaml_mappings import mapping_key, mapping_phrase
from emulator.config.dialects.openapi import document_of, openapi_phrase
from emulator.deployment import NO_PLACES, Place, Places, nearest_place
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    ApiChange,
    CallMethod,
    CallUrl,
    CallWithCredentials,
    CallWithoutCredentials,
    Change,
    CodeChange,
    CompareOrigin,
    ConfigurationChange,
    CorsField,
    DeclareFrontend,
    DoByHand,
    FunctionChange,
    IntegrationField,
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
from emulator.findings.mapping_changes import MappingChange


def worded(fix: Fix, places: Places = NO_PLACES) -> str:
    """Word a fix as one or more sentences, each change that is made in the file with its line; of one without changes
    its reason alone, "" where it has none."""
    return _sentences(fix, places, None)


def placed(fix: Fix, places: Places = NO_PLACES) -> tuple[str, str]:
    """Word a fix for whoever shows the place of its first change apart: that place, as `emulator.yaml:38`, and the
    sentences, which do not say it again. The place is "" where the first change is none of the file's."""
    place = place_of(fix.changes[0], places) if fix.changes else None
    return "" if place is None else str(place), _sentences(fix, places, place)


def _sentences(fix: Fix, places: Places, said: Place | None) -> str:
    if not fix.changes:
        return fix.because
    ways = (_together(way, places, said) for way in (fix.changes, *fix.instead))
    given = f"{fix.given}: " if fix.given else ""
    sentences = [f"{given}{_capital('; or '.join(ways))}."]
    if fix.because:
        sentences.append(fix.because)
    if fix.otherwise:
        sentences.append(f"If not: {_together(fix.otherwise, places, said)}.")
    return " ".join(sentences)


def _together(changes: Iterable[Change], places: Places, said: Place | None) -> str:
    """Word all changes of one way, each with its place where that is another than the one before; `said` is the one
    that stands before them all."""
    phrases = []
    for change in changes:
        place = place_of(change, places)
        where = "" if place is None or place == said else f" ({place})"
        said = place or said
        if isinstance(change, ApiChange | MappingChange) and document_of(change.api, places) is not None:
            phrases.append(f"{openapi_phrase(change)}{where}")
        else:
            phrases.append(f"{_phrase(change)}{where}")
    return ", and ".join(phrases)


def place_of(change: Change, places: Places) -> Place | None:
    """Find where emulator.yaml, or an API's own document, has what is to be changed, or what that is to be written
    into; None where neither is."""
    if not isinstance(change, ConfigurationChange):
        return None
    if isinstance(change, ApiChange | MappingChange):
        document, found = document_of(change.api, places), _declared(change, places)
        return document if document is not None and (found is None or found.file != document.file) else found
    return _declared(change, places)


def _declared(change: ConfigurationChange, places: Places) -> Place | None:
    if isinstance(change, SetIntegration):
        of_route, of_api = ("api", change.api, "route", change.route, change.field), ("api", change.api, change.field)
        return places[of_api] if of_api in places and of_route not in places else nearest_place(places, of_route)
    return nearest_place(places, mapping_key(change) if isinstance(change, MappingChange) else _key(change))


def _key(change: ApiChange | FunctionChange | DeclareFrontend) -> tuple[str, ...]:
    match change:
        case AddToCors(api=api, field=field) | ReplaceInCors(api=api, field=field):
            return ("api", api, "cors", field, *((change.old,) if isinstance(change, ReplaceInCors) else ()))
        case SetCorsCredentials(api=api) | SetCorsMaxAge(api=api):
            return ("api", api, "cors", "maxAge" if isinstance(change, SetCorsMaxAge) else "allowCredentials")
        case AddCors(api=api) | RemoveCors(api=api):
            return ("api", api) if isinstance(change, AddCors) else ("api", api, "cors")
        case AddRoute(api=api):
            return ("api", api, "routes")
        case RemoveRoute(api=api, key=key) | ReplaceRoute(api=api, old=key) | SetIntegration(api=api, route=key):
            return ("api", api, "route", key)
        case SetBinaryMediaTypes(api=api):
            return ("api", api, "binaryMediaTypes")
        case SetGatewayResponse(api=api, response_type=name, headers=headers):
            return ("api", api, "gatewayResponses", name, "responseParameters", f"{HEADER}{headers[0][0]}")
        case RaiseConcurrency(function=function):
            return ("function", function, "maxConcurrency")
        case SetConcurrencyWait(function=function):
            return ("function", function, "concurrencyWait")
        case RaiseTimeout(function=function):
            return ("function", function, "timeout")
        case DeclareFrontend(origin=origin):
            return ("frontend", origin)
        case _:
            assert_never(change)


def _phrase(change: Change) -> str:
    """Word a change as an imperative, in lower case and without a full stop."""
    if isinstance(change, MappingChange):
        return mapping_phrase(change)
    match change:
        case RaiseConcurrency() | SetConcurrencyWait() | RaiseTimeout() | DeclareFrontend():
            return _setting(change)
        case DoByHand(what=what):
            return what
        case CallUrl() | CallMethod() | CallWithoutCredentials() | CallWithCredentials():
            return _page(change)
        case LoadWithoutCors() | ServePage():
            return _page(change)
        case ReturnHeaders() | AddToHeader() | RemoveHeaders() | CompareOrigin() | SetBase64Flag() | MendHandler():
            return _code(change)
        case _:
            return _api(change)


def _api(change: ApiChange) -> str:
    match change:
        case AddToCors(api=api, field=field, entries=entries, now=now):
            return f"add {', '.join(_entries(entries))} to `cors.{field}` of '{api}' (now {_listed(now)})"
        case ReplaceInCors():
            return _replaced(change)
        case SetCorsCredentials(api=api, allowed=allowed):
            return f"set `cors.allowCredentials: true` on '{api}'" if allowed else f"drop `allowCredentials` of '{api}'"
        case AddCors(api=api, cors=cors):
            return f"give '{api}' a `cors` section ({_section(cors)})"
        case RemoveCors(api=api):
            return f"remove `cors` from '{api}', and let its function answer preflights too"
        case SetCorsMaxAge(api=api, seconds=seconds):
            return f"write `cors.maxAge: {seconds}` on '{api}'"
        case AddRoute(api=api, key=key, headers=headers):
            answering = f", with a function that answers {_headers(headers)}" if headers else ""
            return f"add `{key}: <function>` to `routes` of '{api}'{answering}"
        case RemoveRoute(api=api, key=key):
            return f"remove the route '{key}' of '{api}'"
        case ReplaceRoute(api=api, old=old, new=new):
            keys = [f"`{key}`" for key in new]
            each = ", each with its function" if len(keys) > 1 else ""
            return f"write {_and(keys)} instead of the route '{old}' of '{api}'{each}"
        case SetBinaryMediaTypes() | SetGatewayResponse():
            return _of_rest(change)
        case SetIntegration(api=api, route=route, field=field, value=value, now=now):
            written = f'"{value}"' if field is IntegrationField.PAYLOAD_FORMAT_VERSION else value
            return f"set `{field}: {written}` on the route '{route}' of '{api}' (now {now})"
        case _:
            assert_never(change)


def _of_rest(change: SetBinaryMediaTypes | SetGatewayResponse) -> str:
    """Word what only a REST API has. A text of a gateway response stands in single quotes within YAML's double ones."""
    if isinstance(change, SetBinaryMediaTypes):
        types = ", ".join(f'"{one}"' for one in change.media_types)
        return f"set `binaryMediaTypes: [{types}]` on '{change.api}'"
    written = [f"""`{HEADER}{name}: "'{value}'"`""" for name, value in change.headers]
    return (
        f"write {_and(written)} under `gatewayResponses: {change.response_type}: responseParameters` of '{change.api}'"
    )


def _replaced(change: ReplaceInCors) -> str:
    where = f"`cors.{change.field}` of '{change.api}'"
    if not change.entries:
        return f"remove '{change.old}' from {where}"
    new = _entries(change.entries)[0] if len(change.entries) == 1 else _listed(change.entries)
    return f"write {new} instead of '{change.old}' in {where}"


def _setting(change: FunctionChange | DeclareFrontend) -> str:
    match change:
        case RaiseTimeout(function=function):
            return f"raise `timeout` of '{function}'"
        case RaiseConcurrency(function=function, now=now):
            return f"raise `maxConcurrency` of '{function}'" + ("" if now is None else f" (now {now})")
        case SetConcurrencyWait(function=function, seconds=None):
            return f"let requests wait longer with `concurrencyWait` of '{function}'"
        case SetConcurrencyWait(function=function, seconds=seconds):
            return f"write `concurrencyWait: {seconds:g}` on '{function}'"
        case DeclareFrontend(origin=origin, dev=str(dev)):
            return f"say `dev: {dev}` of {origin} under `frontends`"
        case DeclareFrontend(origin=origin, credentials=None):
            return f"declare {origin} under `frontends`, if it is yours"
        case DeclareFrontend(origin=origin, credentials=credentials):
            return f"say `credentials: {credentials}` of {origin} under `frontends`"
        case _:
            assert_never(change)


def _code(change: CodeChange) -> str:
    function = f"function '{change.function}'" if change.function else "the function"
    match change:
        case ReturnHeaders():
            return _returned(change, function)
        case AddToHeader(header=header, entries=entries, now=now):
            return f"add {', '.join(entries)} to the {header} that {function} returns{_on(change.on)} (now '{now}')"
        case RemoveHeaders(prefix=prefix):
            headers = f"the {prefix}* headers" if prefix.endswith("-") else prefix
            return f"remove {headers} from {function}"
        case CompareOrigin():
            return f"compare Origin with an allowlist in {function} before returning it (with Vary: Origin)"
        case SetBase64Flag(coding=coding):
            packed = f"its body compressed as {coding}, in base64, with " if coding else ""
            return f"let {function} return {packed}`isBase64Encoded: true`"
        case MendHandler(what=what):
            return f"let {function} {what}" if what else f"mend {function}"
        case _:
            assert_never(change)


def _page(change: PageChange) -> str:
    match change:
        case CallUrl(url=url):
            return f"let the page call {url}"
        case CallMethod(methods=methods):
            return f"let the page call with {_either(methods)}"
        case CallWithoutCredentials():
            return "let the page call without credentials"
        case CallWithCredentials():
            return "let the page call with credentials: 'include'"
        case LoadWithoutCors(element=element):
            return f"drop `crossorigin` from the page's {element}"
        case ServePage():
            return "serve the page over http or https, from a development server, and allow its origin"
        case _:
            assert_never(change)


def _returned(change: ReturnHeaders, function: str) -> str:
    headers = _headers(change.headers)
    if change.on is Answer.PREFLIGHT:
        answer = " and ".join(part for part in (str(change.status or ""), headers) if part)
        return f"let {function} answer OPTIONS with {answer}"
    return f"let {function} return {headers}{_on(change.on)}"


def _on(answer: Answer) -> str:
    return {Answer.ANY: "", Answer.PREFLIGHT: " to OPTIONS", Answer.ERROR: " on the error path too"}[answer]


def _section(cors: CorsConfiguration) -> str:
    lists = (
        (CorsField.ALLOW_ORIGINS, cors.allow_origins),
        (CorsField.ALLOW_METHODS, cors.allow_methods),
        (CorsField.ALLOW_HEADERS, cors.allow_headers),
    )
    fields = [f"{field}: {_listed(values)}" for field, values in lists if values]
    return ", ".join([*fields, *(["allowCredentials: true"] if cors.allow_credentials else [])])


def _headers(headers: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in headers)


def _entries(values: Iterable[str]) -> list[str]:
    """Write list entries as YAML needs them: an asterisk alone would be an alias."""
    return ['"*"' if value == "*" else value for value in values]


def _listed(values: Iterable[str]) -> str:
    return f"[{', '.join(_entries(values))}]"


def _and(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _either(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
