"""The changes that let a call through, all of them together: where the gateway's `cors` decides, where the function's
own headers do, and the route that the call then meets."""

import dataclasses

from emulator import gateway
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.methods import METHODS
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.browser.header_list import get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.observe import asked_by
from emulator.browser.preflight import ALLOW_HEADERS, ALLOW_METHODS
from emulator.browser.remedy import (
    OF_CREDENTIALS,
    QUOTE,
    REASONS,
    NeededHeader,
    missing_from,
    needed_by_check,
    needed_by_preflight,
)
from emulator.browser.verdict import CorsErrorName
from emulator.exchange import Exchange
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallMethod,
    CallWithoutCredentials,
    Change,
    CorsField,
    ReplaceInCors,
    ReturnHeaders,
    SetCorsCredentials,
)
from emulator.findings.cors_header_names import misspelt
from emulator.findings.facts import OPAQUE, answered, lets_in, passed_through
from emulator.findings.finding import Case, Found
from emulator.findings.fix import Fix
from emulator.findings.gateway_errors import letting_it_be_read
from emulator.findings.gateway_preflights import answering_itself
from emulator.findings.near_miss import near_miss, near_names
from emulator.findings.possible_call import by_possible_method, by_possible_mode
from emulator.findings.resources import called_method, methods_at, path_inside, proposed_key, route_for
from emulator.findings.unlistable_origin import opaque_origin_fix
from emulator.messages import TOKEN, Headers

EXPOSE_HEADERS = "Access-Control-Expose-Headers"
NO_LIST = "; AWS takes no such name there, and `*` stands for it without credentials only"
_OF_ORIGIN = frozenset({CorsErrorName.ALLOW_ORIGIN_MISMATCH, CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE})
_FIELDS = {ALLOW_METHODS: CorsField.ALLOW_METHODS, ALLOW_HEADERS: CorsField.ALLOW_HEADERS}


def by_gateway(case: Case, cors: CorsConfiguration, origin: tuple[Change, ...] = ()) -> tuple[Change, ...]:
    """List what `cors` needs for this call beside `origin`, which lets its origin in: credentials, the method and every
    header that a preflight asks for; a route; and what the page has to do otherwise, where nothing lets its call in."""
    case, method = by_possible_method(case)
    case, mode = by_possible_mode(case)
    changes = (*origin, *_credentials(case, cors), *lists_and_route(case, cors))
    return (*changes, *(change for change in (*method, *mode) if change not in changes))


def _credentials(case: Case, cors: CorsConfiguration) -> tuple[Change, ...]:
    """Never credentials for every origin: where "*" is echoed, that would let any site in with the user's cookies."""
    if case.credentials is not Credentials.INCLUDE:
        return ()
    api = case.api.name
    changes: tuple[Change, ...] = ()
    if "*" in cors.allow_origins:
        changes = (ReplaceInCors(api, CorsField.ALLOW_ORIGINS, "*", (case.origin,)),)
    return changes if cors.allow_credentials else (*changes, SetCorsCredentials(api, allowed=True))


def lists_and_route(case: Case, cors: CorsConfiguration) -> tuple[Change, ...]:
    """List what `cors` needs for a preflight beside the origin and credentials."""
    return (*_lists(case, cors), *route(case))


def _lists(case: Case, cors: CorsConfiguration) -> tuple[Change, ...]:
    """Add what the gateway's lists lack."""
    return tuple(change for needed in _lacking_lists(case, cors) for change in _to_list(case, cors, needed))


def _lacking_lists(case: Case, cors: CorsConfiguration) -> tuple[NeededHeader, ...]:
    """Ask the same gateway as if it let the origin in and no route took the preflight from it, and tell what the lists
    in its answer then lack."""
    if not case.request.is_preflight or isinstance(case.api, RestApi):
        return ()
    included = case.credentials is Credentials.INCLUDE
    letting_in = dataclasses.replace(
        cors, allow_origins=(case.origin,), allow_credentials=included or cors.allow_credentials
    )
    api = answering_itself(case.api, case.request, case.exchange.stamp)
    asked = gateway.foresee(dataclasses.replace(api, cors=letting_in), case.request, case.exchange.stamp)
    assert isinstance(asked, Exchange)  # noqa: S101  no route takes it from the gateway
    lacking = needed_by_preflight(asked_by(case.request, case.credentials), asked.response)
    return tuple(needed for needed in lacking if needed.name in _FIELDS)


def _to_list(case: Case, cors: CorsConfiguration, needed: NeededHeader) -> tuple[Change, ...]:
    """Add an entry that AWS takes; a method that it cannot name is let in by "*", which counts without credentials."""
    field = _FIELDS[needed.name]
    entries = needed.added or tuple(needed.value.split(", "))
    if field is CorsField.ALLOW_HEADERS:
        return _to_headers(case.api.name, entries, cors.allow_headers)
    if case.api.cors_methods.issuperset(entries):
        return (AddToCors(case.api.name, field, entries, cors.allow_methods),)
    every = () if "*" in cors.allow_methods else (AddToCors(case.api.name, field, ("*",), cors.allow_methods),)
    return *every, CallWithoutCredentials()


def _to_headers(api: str, names: tuple[str, ...], now: tuple[str, ...]) -> tuple[Change, ...]:
    """Add the names that are not there, and write those without quotes that are there in quotes."""
    quoted = {entry.strip(QUOTE).lower(): entry for entry in now if entry.strip(QUOTE) != entry}
    there = {*quoted, *(entry.lower() for entry in now)}
    added = tuple(name for name in names if name not in there)
    unquoted = (ReplaceInCors(api, CorsField.ALLOW_HEADERS, quoted[name], (name,)) for name in names if name in quoted)
    return (*((AddToCors(api, CorsField.ALLOW_HEADERS, added, now),) if added else ()), *unquoted)


def refused(case: Case) -> tuple[str, ...]:
    """List every method and header that a preflight's answer refuses, with the list that lacks it, and the method that
    no route takes: a browser names the first alone."""
    request, cors = case.request, case.cors
    if not request.is_preflight:
        return ()
    if cors is not None:
        lacking = _lacking_lists(case, cors)
    else:
        lacking = needed_by_preflight(asked_by(request, case.credentials), case.exchange.response)
    method = called_method(request)
    is_routed = method not in METHODS or route_for(case.exchange, method) is not None
    routes = () if is_routed else (f"no route of '{case.api.name}' takes {method} {path_inside(case.exchange)}",)
    return (*(_refused_by(case, one) for one in lacking if one.name in _FIELDS), *routes)


def _refused_by(case: Case, needed: NeededHeader) -> str:
    names = needed.added or _asked_of(case, needed)
    who = f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} not in"
    if case.cors is None:
        now = case.exchange.response.header(needed.name)
        if now is None:
            return f"{who} {needed.name}, which is not there"
        return f"{who} {needed.name}: {now}{_slips(names, now, split_list((now,)))}"
    field = _FIELDS[needed.name]
    entries = case.cors.allow_methods if field is CorsField.ALLOW_METHODS else case.cors.allow_headers
    listed = ", ".join(entries)
    alone = "" if field is CorsField.ALLOW_HEADERS or case.api.cors_methods.issuperset(names) else NO_LIST
    return f"{who} `cors.{field}` of '{case.api.name}': [{listed}]{_slips(names, listed, entries)}{alone}"


def _asked_of(case: Case, needed: NeededHeader) -> tuple[str, ...]:
    """List what was asked for of a header that is to be written anew; all of it, where that was there already."""
    question = asked_by(case.request, case.credentials)
    whole = tuple(needed.value.split(", "))
    return tuple(name for name in whole if name == question.method or name.lower() in question.header_names) or whole


def _slips(names: tuple[str, ...], listed: str, entries: tuple[str, ...]) -> str:
    """Tell what is wrong with entries that were probably meant for these names."""
    quotes = "; its quotes are part of the names" if QUOTE in listed else ""
    near = near_names(names, entries)
    if not near:
        return quotes
    meant = "`, `".join(near)
    return f"{quotes}; `{meant}` {'is another name' if len(near) == 1 else 'are other names'}"


def tokens_only(case: Case, field: CorsField, entries: tuple[str, ...]) -> Found:
    """Say what mends a list of `cors` with an entry that is no token: the tokens in it are the entries meant."""
    changes = tuple(
        ReplaceInCors(case.api.name, field, entry, tuple(TOKEN.findall(entry)))
        for entry in entries
        if TOKEN.fullmatch(entry) is None
    )
    return Found(Layer.GATEWAY, fix=Fix(changes, because="One name is one entry."))


def of_function(case: Case) -> Found:
    """Say what is found where the function's own headers decide, for no gateway adds any; or a REST API's gateway
    response, where the error is its own."""
    returned = misspelt(name for name, _ in case.exchange.response.headers)
    if letting_it_be_read(case):
        return Found(Layer.GATEWAY, evidence=(answered(case),), fix=by_function(case))
    near = (f"`{name}`, which it returned, is not `{meant}`" for name, meant in returned)
    said = passed_through(case) if case.exchange.refusal is None else answered(case)
    return Found(Layer.FUNCTION, evidence=(said, *near, *refused(case)), fix=by_function(case))


def by_function(case: Case) -> Fix:
    """Mend the function's answer to this call, or the gateway response that stands in its stead, and add its route."""
    changes = letting_it_be_read(case)
    return Fix(changes, without_credentials(case, changes), _reason(case)) if changes else by_handler(case)


def by_handler(case: Case) -> Fix:
    """Mend the function's answer to this call, and add its route; a page without an origin gets one."""
    case, method = by_possible_method(case)
    whole, added, on, is_ok = _lacking(case)
    returned = ReturnHeaders(case.function, whole, on, None if is_ok else 204)
    if case.origin == OPAQUE and case.blocked is not None and case.blocked.error.is_of_cors_check:
        return opaque_origin_fix(returned, (*route(case), *method))
    written = (returned,) if whole or not is_ok else ()
    because = " ".join(filter(None, (_reason(case), _needed_next(case, whole))))
    return Fix((*written, *added, *route(case), *method), without_credentials(case), because)


def _reason(case: Case) -> str:
    """Say why an answer that looks right is refused: how the origin in it differs from the page's, else the rule."""
    error, blocked = case.plain_error, case.blocked
    if error is None or blocked is None:
        return ""
    if error in _OF_ORIGIN and (near := near_miss(case.origin, (blocked.value or "",))):
        return near
    if error is CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        listed = split_list(get_all(case.exchange.response.headers, ALLOW_METHODS.lower()))
        if called_method(case.request).upper() not in map(str.upper, listed):
            return ""
    return REASONS.get(error, "")


def _needed_next(case: Case, headers: Headers) -> str:
    """Say of the headers that a preflight's answer lacks which the answer to the call needs as well: both have to pass
    the CORS check (Fetch Standard 4.8, step 7; 4.9), and the second is seen only when the first does."""
    names = [name for name, _ in headers if name in (ALLOW_ORIGIN, ALLOW_CREDENTIALS)]
    if not case.request.is_preflight or not names:
        return ""
    return f"The answer to {called_method(case.request)} needs {' and '.join(names)} too."


def _lacking(case: Case) -> tuple[Headers, tuple[AddToHeader, ...], Answer, bool]:
    """Find the headers to write anew, those that lack entries, on which answer, and whether its status is right."""
    request, response = case.request, case.exchange.response
    if request.is_preflight:
        needed = needed_by_preflight(asked_by(request, case.credentials), response)
        on, is_ok = Answer.PREFLIGHT, 200 <= response.status <= 299
    else:
        needed = needed_by_check(case.origin, case.credentials, response.headers)
        on, is_ok = (Answer.ERROR if response.status >= 400 else Answer.ANY), True
    whole = tuple((one.name, one.value) for one in needed if not one.added)
    added = tuple(AddToHeader(case.function, one.name, one.added, one.now, on) for one in needed if one.added)
    return whole, added, on, is_ok


def without_credentials(case: Case, changes: tuple[Change, ...] = ()) -> tuple[tuple[Change, ...], ...]:
    """Offer the other way where only credentials are refused, unless `changes` are that already."""
    is_other = case.plain_error in OF_CREDENTIALS and CallWithoutCredentials() not in changes
    return ((CallWithoutCredentials(),),) if is_other else ()


def needed_with_credentials(case: Case) -> tuple[Change, ...]:
    """List what the same call needs of who answers it, once it has credentials."""
    included = dataclasses.replace(case, credentials=Credentials.INCLUDE)
    if case.cors is not None and lets_in(case):
        return by_gateway(included, case.cors)
    return by_function(included).changes


def preflight_answer(case: Case) -> Headers:
    """Write all that an answer to this call's preflight has to say, which nothing answers yet."""
    request = case.request
    names = asked_by(request, case.credentials).header_names
    allowed = "*" if case.origin == OPAQUE else case.origin
    answer: Headers = (("Access-Control-Allow-Origin", allowed), (ALLOW_METHODS, called_method(request)))
    if names:
        answer += ((ALLOW_HEADERS, ", ".join(names)),)
    if case.credentials is Credentials.INCLUDE:
        answer += (("Access-Control-Allow-Credentials", "true"),)
    return answer


def exposing(case: Case, names: tuple[str, ...]) -> Change:
    """Let the page read the headers of these names, which the answer carries and does not expose."""
    if case.cors is not None and lets_in(case):
        return AddToCors(case.api.name, CorsField.EXPOSE_HEADERS, names, case.cors.expose_headers)
    lowered = tuple(name.lower() for name in names)
    (needed,) = missing_from(EXPOSE_HEADERS, lowered, case.exchange.response.headers, case.credentials)
    if needed.added:
        return AddToHeader(case.function, needed.name, names, needed.now)
    return ReturnHeaders(case.function, ((needed.name, needed.value),))


def route(case: Case) -> tuple[Change, ...]:
    """Add the route for a call whose preflight would now pass and which has none."""
    method = called_method(case.request)
    if not case.request.is_preflight or route_for(case.exchange, method) is not None:
        return ()
    return (new_route(case, method),)


def new_route(case: Case, method: str) -> AddRoute | CallMethod:
    """Propose a route that takes the method; another method, where no route can have it."""
    if not case.api.takes_method(method):
        return CallMethod(methods_at(case.exchange)[1] or METHODS)
    return AddRoute(case.api.name, proposed_key(case.exchange, method))
