"""Changes made: what a reader does who follows the advice to the letter."""

import gzip
import json
import re
from base64 import b64encode
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.methods import METHODS
from emulator.aws.product import Route
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import ASKS_NOTHING
from emulator.aws.rest_api.response_types import HEADER
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.cookie_jar import CookieContext, CookieJar
from emulator.browser.header_list import get_all
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.url import parse_url
from emulator.deployment import Frontend
from emulator.exchange import OtherAnswer
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallMethod,
    CallUrl,
    CallWithCredentials,
    CallWithoutCredentials,
    Change,
    CompareOrigin,
    CorsField,
    DeclareFrontend,
    DoByHand,
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
from emulator.findings.mapping_changes import MappingChange
from emulator.findings.rules.no_cors_mode import CALL_WITH_CORS
from emulator.frontends import as_from_production, stand_ins
from emulator.functions.invocation import HeaderRead, Result, Returned
from emulator.messages import Headers, Request
from findings.applied_mappings import with_mapping
from findings.before import Before
from findings.examples import PAGE, Example, answers
from products import a_method, a_route
from serving.exchanges import STAMP, exchanged

COOKIE = "set the cookie with "
FIELDS = {
    CorsField.ALLOW_ORIGINS: "allow_origins",
    CorsField.ALLOW_METHODS: "allow_methods",
    CorsField.ALLOW_HEADERS: "allow_headers",
    CorsField.EXPOSE_HEADERS: "expose_headers",
}


@dataclass(frozen=True)
class Situation:
    """All that a change can be made to: the call, and those before it."""

    api: Api
    request: Request
    result: Result
    frontends: tuple[Frontend, ...] = ()
    credentials: Credentials | None = None
    other: OtherAnswer | None = None
    earlier: tuple[Before, ...] = ()
    origin_read: HeaderRead | None = None


def situation(example: Example) -> Situation:
    return Situation(
        example.api,
        example.request,
        example.result,
        example.frontends,
        example.credentials,
        example.other,
        example.earlier,
        example.origin_read,
    )


def made(changes: tuple[Change, ...], now: Situation) -> Situation:
    """The situation after all changes of one way."""
    for change in changes:
        if isinstance(change, MappingChange):
            now = replace(now, api=with_mapping(change, now.api))
        else:
            now = _made_before(change, now) or _made(change, now)
    return now


def _made_before(change: Change, now: Situation) -> Situation | None:
    """What is changed of the exchanges before; None where it is of the call itself."""
    match change:
        case MendHandler(what=what) if what.startswith(COOKIE) and now.earlier:
            return _with_cookies(replace(now, earlier=tuple(_setting_cookie(what, one) for one in now.earlier)))
        case ReturnHeaders(on=Answer.PREFLIGHT) if not now.request.is_preflight:
            earlier = (replace(one, result=_answering(change, one.result)) for one in now.earlier)
            return replace(now, earlier=tuple(earlier))
    return None


def _made(change: Change, now: Situation) -> Situation:
    match change:
        case AddToCors() | ReplaceInCors() | SetCorsCredentials() | SetCorsMaxAge() | AddCors() | RemoveCors():
            return replace(now, api=_with_cors(change, now.api))
        case AddRoute(key=key, headers=headers):
            answering = now.request.is_preflight and headers
            result = _returning(now.result, headers, 204) if answering else now.result
            return replace(now, api=_with_route(now.api, key), result=result)
        case RemoveRoute(key=key):
            return replace(now, api=_without_route(now.api, key))
        case ReplaceRoute(old=old, new=new):
            return replace(now, api=_keeping_methods(now, reduce(_with_route, new, _without_route(now.api, old))))
        case SetBinaryMediaTypes() | SetGatewayResponse():
            return replace(now, api=_of_rest(change, now.api))
        case RaiseConcurrency() | SetConcurrencyWait(seconds=None) | RaiseTimeout() | MendHandler():
            return replace(now, result=answers(), origin_read=None)
        case SetIntegration():
            return replace(now, api=_with_integration(change, now.api), result=answers())
        case SetConcurrencyWait():
            assert isinstance(now.result, Returned)
            return replace(now, result=replace(now.result, queued_ms=0.0))
        case DeclareFrontend():
            return _declaring(change, now)
        case ReturnHeaders() | AddToHeader() | RemoveHeaders() | CompareOrigin() | SetBase64Flag():
            return replace(now, result=_answering(change, now.result))
        case (
            CallUrl()
            | CallMethod()
            | CallWithoutCredentials()
            | CallWithCredentials()
            | LoadWithoutCors()
            | ServePage()
            | DoByHand()
        ):
            return _calling(change, now)
        case _:
            assert_never(change)


def _setting_cookie(what: str, before: Before) -> Before:
    """The answer that sets a cookie, as it was told to."""
    (attributes,) = re.findall("`(.*)`", what)
    set_before = [value for name, value in _payload(before.result)["headers"].items() if name == "Set-Cookie"]
    headers = tuple(("Set-Cookie", f"{line}; {attributes}") for line in set_before)
    return replace(before, result=_returning(before.result, headers))


def _with_cookies(now: Situation) -> Situation:
    """The call with the cookies that its browser sends, which keeps third parties back where it says so."""
    url = parse_url(now.request.own_origin + now.request.target)
    assert url is not None
    jar = CookieJar(CHROMIUM, now.request.header("sec-fetch-storage-access") == "none")
    for one in now.earlier:
        lines = get_all(exchanged(now.api, one.request, one.result).response.headers, "set-cookie")
        at = parse_url(one.request.own_origin + one.request.target)
        assert at is not None
        jar.store(lines, at, _asking(one.request), 0.0)
    sent = jar.cookies_for(url, _asking(now.request), 0.0).header
    cookie = (("Cookie", sent),) if sent else ()
    return replace(now, request=replace(now.request, headers=(*now.request.headers, *cookie)))


def _asking(request: Request) -> CookieContext:
    page = request.origin or request.own_origin
    return CookieContext(page, page)


def _declaring(change: DeclareFrontend, now: Situation) -> Situation:
    if change.dev is None:
        return replace(now, frontends=(*now.frontends, Frontend(change.origin, change.credentials)))
    assert all(change.dev not in (one.origin, *one.dev) for one in now.frontends), "a page has one frontend"
    assert change.origin in [one.origin for one in now.frontends], "it tells what is not so"
    frontends = tuple(
        replace(one, dev=(*one.dev, change.dev)) if one.origin == change.origin else one for one in now.frontends
    )
    return replace(now, frontends=frontends, request=as_from_production(now.request, stand_ins(frontends)))


def _with_cors(
    change: AddToCors | ReplaceInCors | SetCorsCredentials | SetCorsMaxAge | AddCors | RemoveCors, api: Api
) -> Api:
    assert not isinstance(api, RestApi)
    if isinstance(change, RemoveCors):
        return replace(api, cors=None)
    cors = api.cors or CorsConfiguration()
    match change:
        case AddCors():
            cors = change.cors
        case SetCorsMaxAge(seconds=seconds):
            cors = replace(cors, max_age=seconds)
        case SetCorsCredentials(allowed=allowed):
            cors = replace(cors, allow_credentials=allowed)
        case AddToCors(field=field, entries=entries, now=now):
            assert getattr(cors, FIELDS[field]) == now, "it tells what is not so"
            cors = replace(cors, **{FIELDS[field]: (*now, *entries)})
        case ReplaceInCors(field=field, old=old, entries=entries):
            listed = getattr(cors, FIELDS[field])
            assert old in listed, "it tells what is not so"
            others = tuple(entry for entry in listed if entry != old)
            cors = replace(cors, **{FIELDS[field]: (*others, *entries)})
    return replace(api, cors=cors)


def _of_rest(change: SetBinaryMediaTypes | SetGatewayResponse, api: Api) -> Api:
    assert isinstance(api, RestApi)
    if isinstance(change, SetBinaryMediaTypes):
        return replace(api, binary_media_types=change.media_types)
    now = {entry.response_type: entry for entry in api.gateway_responses}
    entry = now.get(change.response_type, GatewayResponse(change.response_type))
    added = {f"{HEADER}{name}": f"'{value}'" for name, value in change.headers}
    parameters = {**dict(entry.response_parameters), **added}
    now[change.response_type] = replace(entry, response_parameters=tuple(parameters.items()))
    return replace(api, gateway_responses=tuple(now.values()))


def _keeping_methods(now: Situation, changed: Api) -> Api:
    """The API, of which no call that had a route has lost it."""
    for method in METHODS:
        asked = replace(now.request, method=method, headers=())
        had = isinstance(now.api.select_route(asked, STAMP), Route)
        assert method == "OPTIONS" or not had or isinstance(changed.select_route(asked, STAMP), Route), method
    return changed


def _with_route(api: Api, key: str) -> Api:
    method, _, path = key.partition(" ")
    if isinstance(api, RestApi):
        return replace(api, methods=(*api.methods, a_method(method, path)))
    assert isinstance(api, HttpApi)
    return api if key in api.route_keys else replace(api, routes=(*api.routes, a_route(key)))


def _with_integration(change: SetIntegration, api: Api) -> Api:
    def changed(integration: LambdaProxy) -> LambdaProxy:
        if change.field is IntegrationField.PAYLOAD_FORMAT_VERSION:
            assert integration.payload_format_version == change.now, "it tells what is not so"
            return replace(integration, payload_format_version=change.value)
        assert integration.timeout_s * 1000 == int(change.now), "it tells what is not so"
        return replace(integration, timeout_s=int(change.value) / 1000)

    assert change.route in api.route_keys, f"there is no route {change.route}"
    if isinstance(api, RestApi):
        methods = zip(api.route_keys, api.methods, strict=True)
        return replace(api, methods=tuple(
            replace(one, integration=changed(one.integration)) if key == change.route else one for key, one in methods
        ))  # fmt: skip
    assert isinstance(api, HttpApi)
    return replace(api, routes=tuple(
        replace(one, integration=changed(one.integration)) if one.route_key == change.route else one
        for one in api.routes
    ))  # fmt: skip


def _without_route(api: Api, key: str) -> Api:
    assert isinstance(api, HttpApi)
    assert key in api.route_keys, f"there is no route {key}"
    return replace(api, routes=tuple(route for route in api.routes if route.route_key != key))


def _answering(
    change: ReturnHeaders | AddToHeader | RemoveHeaders | CompareOrigin | SetBase64Flag, result: Result
) -> Result:
    match change:
        case ReturnHeaders(headers=headers, status=status):
            return _returning(result, headers, status)
        case AddToHeader(header=header, entries=entries, now=now):
            return _returning(result, ((header, ", ".join((now, *entries))),))
        case CompareOrigin():
            return _without(result, "Access-Control-Allow-Origin")
        case RemoveHeaders(prefix=prefix):
            return _without(result, prefix)
        case SetBase64Flag(coding=coding):
            told = _payload(result)
            body = b64encode(gzip.compress(told["body"].encode())).decode() if coding else told["body"]
            return Returned(json.dumps({**told, "body": body, "isBase64Encoded": True}).encode())


def _payload(result: Result) -> dict[str, object]:
    is_object = isinstance(result, Returned) and result.payload[:1] == b"{"
    return json.loads(result.payload) if is_object else {}


def _returning(result: Result, headers: Headers, status: int | None = None) -> Result:
    told = _payload(result)
    names = {name.lower() for name, _ in headers}
    kept = {name: value for name, value in told.get("headers", {}).items() if name.lower() not in names}
    status = status or told.get("statusCode", 200)
    return Returned(json.dumps({**told, "statusCode": status, "headers": {**kept, **dict(headers)}}).encode())


def _without(result: Result, prefix: str) -> Result:
    told = _payload(result)
    kept = {name: one for name, one in told["headers"].items() if not name.lower().startswith(prefix.lower())}
    return Returned(json.dumps({**told, "headers": kept}).encode())


def _calling(change: PageChange | DoByHand, now: Situation) -> Situation:
    request = now.request
    match change:
        case CallUrl(url=url):
            assert url.startswith(request.own_origin)
            return replace(now, request=replace(request, raw_path=url.removeprefix(request.own_origin)))
        case CallMethod(methods=methods):
            return replace(now, request=_by_method(request, methods[0]))
        case CallWithoutCredentials():
            headers = tuple(pair for pair in request.headers if pair[0] != "Cookie")
            return replace(now, request=replace(request, headers=headers), credentials=Credentials.OMIT)
        case CallWithCredentials():
            return _with_cookies(replace(now, credentials=Credentials.INCLUDE))
        case LoadWithoutCors():
            others = tuple(pair for pair in request.headers if pair[0] not in ("Sec-Fetch-Mode", "Origin"))
            return replace(now, request=replace(request, headers=(*others, ("Sec-Fetch-Mode", "no-cors"))))
        case ServePage():
            return replace(now, request=_from_page(request))
        case DoByHand(what=what) if what.startswith("take `"):
            return _without_requirement(what, now)
        case DoByHand(what=what):
            return replace(now, request=_by_hand(what, request))


def _without_requirement(what: str, now: Situation) -> Situation:
    """The method that is named requires nothing any more."""
    assert isinstance(now.api, RestApi)
    methods = [replace(one, request=ASKS_NOTHING) if f"`{one.key}`" in what else one for one in now.api.methods]
    return replace(now, api=replace(now.api, methods=tuple(methods)))


def _by_method(request: Request, method: str) -> Request:
    if not request.is_preflight:
        headers = tuple(pair for pair in request.headers if pair[0].lower() != "x-http-method-override")
        return replace(request, method=method, headers=headers)
    named = [(name, method if name == "Access-Control-Request-Method" else value) for name, value in request.headers]
    return replace(request, headers=tuple(named))


def _from_page(request: Request) -> Request:
    others = tuple(pair for pair in request.headers if pair[0] != "Origin")
    return replace(request, headers=(*others, ("Origin", PAGE)))


def _without_names(name: str, value: str, left_out: list[str]) -> str:
    if name != "Access-Control-Request-Headers":
        return value
    return ",".join(one for one in value.split(",") if one not in left_out)


def _by_hand(what: str, request: Request) -> Request:
    if what.startswith("send less: shorten"):
        short = tuple(pair for pair in request.headers if len(pair[1]) < 1000)
        return replace(request, raw_path=request.raw_path[:100], raw_query=request.raw_query[:100], headers=short)
    if what.startswith("send less: upload"):
        return replace(request, body=b"")
    if what.startswith("let the client send `Content-Type"):
        others = tuple(pair for pair in request.headers if pair[0].lower() != "content-type")
        return replace(request, headers=(*others, ("Content-Type", "application/json")))
    if what.startswith("mend the page's URL"):
        return replace(request, raw_path="/x")
    if what == CALL_WITH_CORS:
        others = tuple(pair for pair in request.headers if pair[0] not in ("Sec-Fetch-Mode", "Origin"))
        return replace(request, headers=(*others, ("Sec-Fetch-Mode", "cors"), ("Origin", PAGE)))
    if what.startswith("let the page not send "):
        left_out = what.removeprefix("let the page not send ").lower().split(", ")
        asked = [(name, _without_names(name, value, left_out)) for name, value in request.headers]
        return replace(request, headers=tuple(pair for pair in asked if pair[1]))
    if what.startswith("send an Origin as browsers do"):
        return _from_page(request)
    raise NotImplementedError(what)
