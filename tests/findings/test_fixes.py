"""The law of fixes: the change is made as it was told, the same call is made again, and the finding is gone. What may
remain is another one, which is true, and mended in its turn; in the end the page gets its answer.

The exchanges are real ones: requests through `gateway.handle`.
"""

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration, function_url_cors_problems, http_api_cors_problems
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Route
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed, Blocked
from emulator.config.rules.routes import http_route_complaints, rest_method_complaints
from emulator.deployment import Frontend
from emulator.findings.finding import Finding
from emulator.findings.resources import called_method
from emulator.findings.review import review
from emulator.functions.invocation import Result, Returned
from emulator.messages import Request
from findings.test_blocked import ERRORS, PAGE, URL_CORS, answers, call, exchanged, preflight
from findings.test_route_fixes import EMPLOYEES, ITEMS, ROUTING, WITH_CORS
from products import STAMP, a_method, a_route

Case: TypeAlias = tuple[Api, Request, Result]
Change: TypeAlias = Callable[[re.Match[str], Api, Request, Result], Case]


def with_route(api: Api, key: str) -> Api:
    method, _, path = key.partition(" ")
    if isinstance(api, RestApi):
        return dataclasses.replace(api, methods=(*api.methods, a_method(method, path)))
    assert isinstance(api, HttpApi)
    if any(route.route_key == key for route in api.routes):
        return api
    return dataclasses.replace(api, routes=(*api.routes, a_route(key)))


def without_route(api: Api, key: str) -> Api:
    assert isinstance(api, HttpApi)
    assert any(route.route_key == key for route in api.routes), f"there is no route {key}"
    return dataclasses.replace(api, routes=tuple(route for route in api.routes if route.route_key != key))


def with_cors(api: Api, **fields: Any) -> Api:
    assert not isinstance(api, RestApi)
    return dataclasses.replace(api, cors=dataclasses.replace(api.cors or CorsConfiguration(), **fields))


def cors_of(api: Api) -> CorsConfiguration:
    assert not isinstance(api, RestApi)
    assert api.cors is not None
    return api.cors


def listed(text: str) -> tuple[str, ...]:
    return tuple(entry.strip(" \"'") for entry in text.split(","))


def added(found: re.Match[str], api: Api) -> Api:
    field = re.sub("([A-Z])", lambda capital: f"_{capital[0].lower()}", found[2])
    return with_cors(api, **{field: (*getattr(cors_of(api), field), *listed(found[1]))})


def instead(old: str, new: str, api: Api) -> Api:
    origins = [origin for origin in cors_of(api).allow_origins if origin != old]
    return with_cors(api, allow_origins=(*origins, *listed(new)))


def a_section(found: re.Match[str], api: Api) -> Api:
    fields = dict(re.findall(r"(\w+): \[([^\]]*)\]", found[1]))
    for field, values in fields.items():
        api = added(re.match("(.*?)@(.*)", f"{values}@{field}", re.DOTALL) or found, with_cors(api))
    return api


def calling(request: Request, url: str) -> Request:
    assert url.startswith(request.own_origin)
    return dataclasses.replace(request, raw_path=url.removeprefix(request.own_origin))


def by_method(request: Request, method: str) -> Request:
    if not request.is_preflight:
        return dataclasses.replace(request, method=method)
    named = [(name, method if name == "Access-Control-Request-Method" else value) for name, value in request.headers]
    return dataclasses.replace(request, headers=tuple(named))


def shortened(request: Request) -> Request:
    headers = tuple(pair for pair in request.headers if len(pair[1]) < 1000)
    path, query = request.raw_path[:100], request.raw_query[:100]
    return dataclasses.replace(request, raw_path=path, raw_query=query, headers=headers)


def without_credentials(request: Request) -> Request:
    return dataclasses.replace(request, headers=tuple(pair for pair in request.headers if pair[0] != "Cookie"))


def from_page(request: Request) -> Request:
    others = tuple(pair for pair in request.headers if pair[0] != "Origin")
    return dataclasses.replace(request, headers=(*others, ("Origin", PAGE)))


def returning(result: Result, status: int | None = None, **headers: str | None) -> Result:
    """`acao` and the like as in `answers`."""
    names = {"acao": "Access-Control-Allow-Origin", "acac": "Access-Control-Allow-Credentials",
             "acam": "Access-Control-Allow-Methods", "acah": "Access-Control-Allow-Headers",
             "vary": "Vary"}  # fmt: skip
    told = json.loads(result.payload) if isinstance(result, Returned) and result.payload[:1] == b"{" else {}
    changed = {names[name]: value for name, value in headers.items()}
    kept = {name: value for name, value in told.get("headers", {}).items() if name not in changed}
    kept |= {name: value for name, value in changed.items() if value is not None}
    return Returned(json.dumps({**told, "statusCode": status or told.get("statusCode", 200), "headers": kept}).encode())


def of(request: Request, name: str) -> str:
    return request.header(name) or ""


CHANGES: list[tuple[str, Change]] = [
    # The page
    (r"Write the method as '(\w+)'", lambda f, a, q, r: (a, by_method(q, f[1]), r)),
    (r"Call with one of the methods (\w+)", lambda f, a, q, r: (a, by_method(q, f[1]), r)),
    (r"(?:Let the page call |Put the stage into the page's URL: |Write the page's URL as )(\S+?)[.:,](?: |$)",
     lambda f, a, q, r: (a, calling(q, f[1]), r)),
    (r"Send an Origin as browsers do", lambda f, a, q, r: (a, from_page(q), r)),
    (r"and call without credentials", lambda f, a, q, r: (a, without_credentials(q), r)),
    (r"Send less: shorten", lambda f, a, q, r: (a, shortened(q), r)),
    (r"Send less: upload", lambda f, a, q, r: (a, dataclasses.replace(q, body=b""), r)),
    (r"Mend the page's URL", lambda f, a, q, r: (a, calling(q, f"{q.own_origin}/x"), r)),
    # Routes
    (r"`([A-Z]+ /[^`]*): <function>`", lambda f, a, q, r: (with_route(a, f[1]), q, r)),
    (r"[Rr]emove the route '([^']+)'", lambda f, a, q, r: (without_route(a, f[1]), q, r)),
    (r"'([A-Z]+ [^']+)' instead of '([A-Z$][^']+)'",
     lambda f, a, q, r: (with_route(without_route(a, f[2]), f[1]), q, r)),
    # `cors`
    (r"a `cors` section \((.*?)\):", lambda f, a, q, r: (a_section(f, a), q, r)),
    (r"Add (.+?) to `cors\.(\w+)`", lambda f, a, q, r: (added(f, a), q, r)),
    (r"`cors.allowHeaders` of '\w+' as \[(.*?)\]", lambda f, a, q, r: (with_cors(a, allow_headers=listed(f[1])), q, r)),
    (r"Split the entry .*?: \[(.*?)\]", lambda f, a, q, r: (with_cors(a, allow_headers=listed(f[1])), q, r)),
    (r"Write (\[.*?\]|\S+) instead of '([^']+)' in `cors.allowOrigins`",
     lambda f, a, q, r: (instead(f[2], f[1].strip("[]"), a), q, r)),
    (r"Name (\S+) in `cors.allowOrigins` of '\w+' instead of '\*'",
     lambda f, a, q, r: (instead("*", f[1], a), q, r)),
    (r"`(?:cors\.)?allowCredentials: true`", lambda f, a, q, r: (with_cors(a, allow_credentials=True), q, r)),
    (r"with (\S+) allowed in `cors`", lambda f, a, q, r: (with_cors(a, allow_origins=(f[1],)), q, r)),
    # The function
    (r"Mend function|answer with less", lambda f, a, q, r: (a, q, answers())),
    (r"Remove the Access-Control-\* headers from function",
     lambda f, a, q, r: (a, q, returning(r, acao=None, acac=None, acam=None, acah=None))),
    (r"OPTIONS with (?:204|a status from 200 to 299)|answer OPTIONS itself",
     lambda f, a, q, r: (a, q, returning(r, 204))),
    (r"(?:return|header|and|it is in the allowlist:) Access-Control-Allow-Origin: (http\S+?)[.,]?(?: |$)",
     lambda f, a, q, r: (a, q, returning(r, acao=f[1]))),
    (r"return (http\S+?)\.$", lambda f, a, q, r: (a, q, returning(r, acao=f[1]))),
    (r"Add (\S+) to the allowlist", lambda f, a, q, r: (a, q, returning(r, acao=f[1]))),
    (r"return Access-Control-Allow-Credentials: true", lambda f, a, q, r: (a, q, returning(r, acac="true"))),
    (r", Access-Control-Allow-Methods: (\w+)", lambda f, a, q, r: (a, q, returning(r, acam=f[1]))),
    (r", Access-Control-Allow-Headers: ([^. ]+)\.", lambda f, a, q, r: (a, q, returning(r, acah=f[1]))),
    (r"Add (\w+) to the Access-Control-Allow-Methods", lambda f, a, q, r: (a, q, returning(r, acam=f[1]))),
    (r"Add (\S+) to the Access-Control-Allow-Headers.*\(now '(.*)'\)",
     lambda f, a, q, r: (a, q, returning(r, acah=f"{f[1]}, {f[2]}"))),
    (r"name the origin \((\S+)\) instead of '\*'", lambda f, a, q, r: (a, q, returning(r, acao=f[1]))),
    (r"Send `Vary: Origin`", lambda f, a, q, r: (a, q, returning(r, vary="Origin"))),
    (r"Name authorization in Access-Control-Allow-Headers",
     lambda f, a, q, r: (a, q, returning(r, acah="authorization"))),
    (r"List your pages' origins in `cors.allowOrigins` of '\w+' instead of '\*' \((\S+) asked\)",
     lambda f, a, q, r: (instead("*", f[1], a), q, r)),
    (r"comma-separated list of method names",
     lambda f, a, q, r: (a, q, returning(r, acam=of(q, "access-control-request-method")))),
    (r"comma-separated list of header names", lambda f, a, q, r: (a, q, returning(r, acah="x-a, x-b"))),
]  # fmt: skip
"""What each sentence of a fix has its reader do. A fix that none of them understands mends nothing."""


def made(fix: str, case: Case) -> Case:
    """The case after the change, of alternatives the first: what an "or let the page", "Or let the function" offers
    and what is in brackets as it is now is not done."""
    told = re.sub(r"(?i)[;.,]? or let the (page|function|call).*|; or call without.*", "", fix)
    # A path can be checked by its author alone.
    told = re.sub(r"Call with [A-Z, ]+( or [A-Z]+)?, which", "", told)
    understood = False
    for pattern, change in CHANGES:
        for found in re.finditer(pattern, told):
            case, understood = change(found, *case), True
    assert understood, f"nothing to be done: {fix}"
    return case


def the_error(case: Case) -> Finding | None:
    reviewed = review(exchanged(*case), ())
    return reviewed.findings[0] if isinstance(reviewed.verdict, Blocked) else None


def assert_deployable(api: Api) -> None:
    """AWS, and so our own check, would take it."""
    match api:
        case RestApi():
            keys = [f"{method.http_method} {method.resource_path}" for method in api.methods]
            assert list(rest_method_complaints(keys, ())) == []
        case HttpApi():
            assert list(http_route_complaints([route.route_key for route in api.routes], ())) == []
            assert api.cors is None or [one for one in http_api_cors_problems(api.cors) if not one.is_warning] == []
        case FunctionUrl():
            assert api.cors is None or [one for one in function_url_cors_problems(api.cors) if not one.is_warning] == []


CASES = [pytest.param(*one.values[:3], id=one.id) for one in [*ROUTING, *ERRORS]]


@pytest.mark.parametrize(("api", "request_", "result"), CASES)
def test_every_fix_cures(api: Api, request_: Request, result: Result) -> None:
    case: Case = (api, request_, result)
    told: list[tuple[str, str]] = []
    while (finding := the_error(case)) is not None:
        assert (finding.name, finding.fix) not in told, "told once, done, and told again"
        told.append((finding.name, finding.fix))
        assert len(told) < 8, told
        case = made(finding.fix, case)
        assert_deployable(case[0])
    api, request, _ = case
    method = called_method(request)
    if request.is_preflight:
        # What was preflighted is there.
        followed = dataclasses.replace(request, method=method, headers=(("Host", request.host), ("Origin", PAGE)))
        assert isinstance(api.select_route(followed, STAMP), Route)


CREDENTIALS = CorsConfiguration(("*",), ("GET",), allow_credentials=True)
WARNINGS = [
    pytest.param(WITH_CORS, call(path="/items"), answers(acao="http://a.test"), "function-cors-ignored", id="disagree"),
    pytest.param(EMPLOYEES, call(path="/dev/"), answers(acao="*", acac="true"), "wildcard-with-credentials", id="star"),
    pytest.param(dataclasses.replace(URL_CORS, cors=CREDENTIALS), call(path="/"), answers(),
                 "any-origin-with-credentials", id="url-star-with-credentials"),
    pytest.param(EMPLOYEES, call(path="/dev/"), answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"),
                 "vary-origin-missing", id="vary"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/only", headers="authorization"), answers(204, acao=PAGE, acah="*"),
                 "authorization-covered-by-wildcard", id="authorization"),
    pytest.param(dataclasses.replace(ITEMS, cors=CorsConfiguration(("*",), ("*",), ("*",))),
                 preflight("GET", "/items", headers="authorization"), answers(), "authorization-covered-by-wildcard",
                 id="gateway-authorization"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "result", "name"), WARNINGS)
def test_every_warning_can_be_mended(api: Api, request_: Request, result: Result, name: str) -> None:
    (warning,) = (found for found in review(exchanged(api, request_, result), ()).findings if found.name == name)
    case = made(warning.fix, (api, request_, result))
    assert_deployable(case[0])
    after = review(exchanged(*case), ())
    assert isinstance(after.verdict, Allowed)
    assert name not in {found.name for found in after.findings}


def test_an_echo_is_mended_by_declaring_the_page() -> None:
    exchange = exchanged(EMPLOYEES, call(path="/dev/", origin="http://a.test"), answers(acao="http://a.test"))
    (warning,) = (found for found in review(exchange, (Frontend(PAGE),)).findings if found.name == "origin-echoed")
    (origin,) = re.findall(r"declare (\S+) under `frontends`", warning.fix)
    after = review(exchange, (Frontend(PAGE), Frontend(origin)))
    assert "origin-echoed" not in {found.name for found in after.findings}
