"""Fixes where no function answers, but an integration response of a REST API: what a function would be told to return
is mapped there."""

from collections.abc import Iterable
from dataclasses import replace

from emulator.aws.integrations import ContentHandling, IntegrationResponse, Mock
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.generated_cors import GeneratedCors
from emulator.aws.rest_api.response_headers import METHOD_HEADER
from emulator.aws.rest_api.rest_api import RestApi
from emulator.aws.rest_api.transformation import JSON
from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.exchange import Exchange
from emulator.findings.changes import AddToHeader, Change, RemoveHeaders, ReturnHeaders
from emulator.findings.fix import Fix
from emulator.findings.generated_preflights import generator_of, in_cors
from emulator.findings.mapping_changes import (
    MapHeaders,
    MapOrigin,
    SetContentHandling,
    SetRequestTemplate,
    UnmapHeaders,
)

DEFAULT = "default"
"""The name of the response without a pattern, as OpenAPI has it."""

STATUS_200 = '{"statusCode": 200}'
FAILED = frozenset(
    {RefusalKind.TRANSFORMATION_FAILED, RefusalKind.API_CONFIGURATION_ERROR, RefusalKind.UNSUPPORTED_MEDIA_TYPE}
)
"""How the mappings of an integration can fail."""


def in_mappings(fix: Fix, exchange: Exchange, pages: Iterable[str] = ()) -> Fix:
    """Write in the integration response that answered what a fix has a function return; a fix of anything else is as it
    was. `pages` are the declared origins: where the response lets in one of them by its literal, the next is let in
    beside it."""
    mapped = exchange.mocked
    if mapped is None or exchange.route is None:
        return fix
    target = MapHeaders(exchange.api.name, exchange.route.key, mapped.selected or DEFAULT, ())
    written = _names(exchange, mapped.selected)
    now = mapped.response.header(ALLOW_ORIGIN)
    beside = next((page for page in pages if page == now), None)

    cors = generator_of(exchange)

    def rewritten(changes: Iterable[Change]) -> tuple[Change, ...]:
        return tuple(one for change in changes for one in _rewritten(change, cors, target, written, beside))

    return replace(fix, changes=rewritten(fix.changes), instead=tuple(map(rewritten, fix.instead)))


def mending(exchange: Exchange) -> tuple[Change, ...]:
    """Mend the mappings of a MOCK that failed, so that it answers 200; nothing where none did."""
    route, refusal = exchange.route, exchange.refusal
    if route is None or refusal is None or refusal.kind not in FAILED or not isinstance(route.integration, Mock):
        return ()
    api, key = exchange.api.name, route.key
    if refusal.kind is RefusalKind.API_CONFIGURATION_ERROR:
        return (MapHeaders(api, key, DEFAULT, (), 200),)
    content_type = _content_type(exchange)
    if refusal.kind is RefusalKind.TRANSFORMATION_FAILED and _is_binary(exchange, route.integration, content_type):
        return (SetContentHandling(api, key, ContentHandling.CONVERT_TO_TEXT),)
    if _fails_in_response(refusal):
        return ()
    return (SetRequestTemplate(api, key, content_type, STATUS_200),)


def _rewritten(
    change: Change, cors: GeneratedCors | None, target: MapHeaders, written: dict[str, str], beside: str | None
) -> tuple[Change, ...]:
    said = None if cors is None else in_cors(change, target.api, cors)
    return _in_mapping(change, target, written, beside) if said is None else said


def _in_mapping(change: Change, target: MapHeaders, written: dict[str, str], beside: str | None) -> tuple[Change, ...]:
    match change:
        case ReturnHeaders(headers=headers, status=status):
            origin = dict(headers).get(ALLOW_ORIGIN, "*")
            both: tuple[Change, ...] = ()
            if beside is not None and origin != "*":
                both = (MapOrigin(target.api, target.route, target.response, (beside, origin)),)
                headers = tuple(pair for pair in headers if pair[0] != ALLOW_ORIGIN)
            named = tuple((written.get(name.lower(), name), value) for name, value in headers)
            is_more = bool(named) or status is not None
            return (*both, *((replace(target, headers=named, status=status),) if is_more else ()))
        case AddToHeader(header=header, entries=entries, now=now):
            value = ", ".join(part for part in (now, *entries) if part)
            return (replace(target, headers=((written.get(header.lower(), header), value),)),)
        case RemoveHeaders(prefix=prefix):
            return (UnmapHeaders(target.api, target.route, target.response, prefix),)
    return (change,)


def _names(exchange: Exchange, selected: str) -> dict[str, str]:
    """Map the names that the response has, in lower case, to how they are written there: in another case beside it, a
    header would be sent twice."""
    integration = None if exchange.route is None else exchange.route.integration
    responses: Iterable[IntegrationResponse] = integration.mappings.responses if isinstance(integration, Mock) else ()
    parameters = (pair for one in responses if one.selection_pattern == selected for pair in one.response_parameters)
    names = (name.removeprefix(METHOD_HEADER) for name, _ in parameters)
    return {name.lower(): name for name in names}


def _content_type(exchange: Exchange) -> str:
    return (exchange.request.header("content-type") or JSON).partition(";")[0].strip().lower()


def _is_binary(exchange: Exchange, mock: Mock, content_type: str) -> bool:
    api = exchange.api
    converts = mock.mappings.content_handling is ContentHandling.CONVERT_TO_TEXT
    return isinstance(api, RestApi) and not converts and api.is_binary(content_type)


def _fails_in_response(refusal: Refusal) -> bool:
    return refusal.reason.startswith("the response template")
