from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddCors, AddRoute, CallMethod, CallUrl, CallWithoutCredentials, Change
from emulator.findings.review import review
from emulator.findings.rules.missing_options_route import RULE
from findings.examples import EMPLOYEES, ITEMS, PAGE, PLAIN, REST, STAGED, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method, a_route
from serving.exchanges import exchanged

__all__ = ["RULE", "test_found", "test_not_found"]

ANSWERING = replace(ITEMS, routes=(*ITEMS.routes, a_route("OPTIONS /items")))

FOUND = [
    Example(
        "before-a-plain-post",
        replace(REST, methods=(*REST.methods, a_method("POST", "/x"))),
        preflight("POST", "/dev/x"),
        answers(acao=PAGE),
        (
            AddRoute(
                "orders",
                "OPTIONS /x",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "POST")),
            ),
        ),
        Layer.GATEWAY,
        says="listens to events of `XMLHttpRequest.upload`",
    ),
    Example(
        "http-method-that-no-list-can-name-with-credentials",
        PLAIN,
        preflight("PURGE", "/y"),
        answers(),
        (
            AddCors("plain", CorsConfiguration((PAGE,), ("*",))),
            CallWithoutCredentials(),
            AddRoute("plain", "ANY /y"),
        ),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "rest-forgotten-options",
        REST,
        preflight("PUT", "/dev/x"),
        answers(),
        (
            AddRoute("orders", "PUT /x"),
            AddRoute(
                "orders", "OPTIONS /x", (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT"))
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "http-api-without-cors",
        PLAIN,
        preflight("PUT", "/y"),
        answers(),
        (AddCors("plain", CorsConfiguration((PAGE,), ("PUT",))), AddRoute("plain", "PUT /y")),
        Layer.GATEWAY,
        says="drops the functions' own CORS headers; with the route alone the answer to PUT needs such headers too",
    ),
    Example(
        "http-api-whose-functions-answer-elsewhere",
        ANSWERING,
        preflight("GET", "/items/1", headers="x-a"),
        answers(),
        (
            AddRoute(
                "items",
                "OPTIONS /items/{id}",
                (
                    ("Access-Control-Allow-Origin", PAGE),
                    ("Access-Control-Allow-Methods", "GET"),
                    ("Access-Control-Allow-Headers", "x-a"),
                ),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "resource-not-path",
        EMPLOYEES,
        preflight("GET", "/dev/employees/1"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "doubled-slash-before-the-stage",
        EMPLOYEES,
        preflight("GET", "//dev/employees/1"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "doubled-slash-behind-the-stage",
        EMPLOYEES,
        preflight("GET", "/dev//employees/1"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "slash-at-the-end",
        EMPLOYEES,
        preflight("GET", "/dev/employees/1/"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "doubled-slash-within",
        EMPLOYEES,
        preflight("GET", "/dev/employees//1"),
        answers(),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "another-case",
        EMPLOYEES,
        preflight("PUT", "/dev/Employees/1"),
        answers(),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
        says="paths are compared with their case",
    ),
    Example(
        "percent-encoded",
        EMPLOYEES,
        preflight("GET", "/dev/employees/a%20b"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "greedy",
        EMPLOYEES,
        preflight("GET", "/dev/files/a/b"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /files/{proxy+}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "root",
        EMPLOYEES,
        preflight("GET", "/dev"),
        answers(),
        (
            AddRoute(
                "orders", "OPTIONS /", (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET"))
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "no-such-method-either",
        EMPLOYEES,
        preflight("DELETE", "/dev/employees/1"),
        answers(),
        (
            AddRoute("orders", "DELETE /employees/{id}"),
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "DELETE")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "no-such-path",
        EMPLOYEES,
        preflight("GET", "/dev/nowhere"),
        answers(),
        (
            AddRoute("orders", "GET /nowhere"),
            AddRoute(
                "orders",
                "OPTIONS /nowhere",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "below-a-resource",
        EMPLOYEES,
        preflight("GET", "/dev/employees/1/photos"),
        answers(),
        (
            AddRoute("orders", "GET /employees/{id}/photos"),
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}/photos",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "no-literal",
        EMPLOYEES,
        preflight("GET", "/dev/my%20files/1"),
        answers(),
        (
            AddRoute("orders", "GET /{name}/1"),
            AddRoute(
                "orders",
                "OPTIONS /{name}/1",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "empty-segment",
        EMPLOYEES,
        preflight("GET", "/dev/new//old"),
        answers(),
        (
            AddRoute("orders", "GET /new/{proxy+}"),
            AddRoute(
                "orders",
                "OPTIONS /new/{proxy+}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "no-route-can-have-it",
        EMPLOYEES,
        preflight("PURGE", "/dev/employees/1"),
        answers(),
        (
            CallMethod(("GET", "PUT")),
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
        says="No route can have PURGE. A REST API answers no preflight by itself.",
    ),
    Example(
        "http-slash-at-the-end",
        ITEMS,
        preflight("GET", "/items/"),
        answers(),
        (CallUrl("http://127.0.0.1:3000/items"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-no-such-method",
        ITEMS,
        preflight("DELETE", "/items/1", headers="x-a,x-b"),
        answers(),
        (
            AddCors("items", CorsConfiguration((PAGE,), ("DELETE",), ("x-a", "x-b"))),
            AddRoute("items", "DELETE /items/{id}"),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "http-unlistable-method",
        ITEMS,
        preflight("PURGE", "/items/1"),
        answers(),
        (AddCors("items", CorsConfiguration((PAGE,), ("*",))), AddRoute("items", "ANY /items/{id}")),
        Layer.GATEWAY,
    ),
    Example(
        "http-staged",
        STAGED,
        preflight("DELETE", "/v1/items/1"),
        answers(),
        (AddCors("items", CorsConfiguration((PAGE,), ("DELETE",))), AddRoute("items", "DELETE /items/{id}")),
        Layer.GATEWAY,
    ),
    Example(
        "with-credentials",
        EMPLOYEES,
        preflight("PUT", "/dev/employees/1", headers="x-b,x-a"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (
                    ("Access-Control-Allow-Origin", PAGE),
                    ("Access-Control-Allow-Methods", "PUT"),
                    ("Access-Control-Allow-Headers", "x-a, x-b"),
                    ("Access-Control-Allow-Credentials", "true"),
                ),
            ),
        ),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "http-with-credentials",
        ITEMS,
        preflight("GET", "/items", headers="x-a"),
        answers(),
        (AddCors("items", CorsConfiguration((PAGE,), ("GET",), ("x-a",), (), True)),),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "http-opaque",
        ITEMS,
        preflight("GET", "/items", "null"),
        answers(),
        (AddCors("items", CorsConfiguration(("*",), ("GET",))),),
        Layer.GATEWAY,
        credentials=Credentials.INCLUDE,
    ),
    Example(
        "opaque",
        EMPLOYEES,
        preflight("GET", "/dev/employees/1", "null"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees/{id}",
                (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "GET")),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "greedy-takes-no-root",
        RestApi("proxy", "abcdef1234", (a_method("ANY", "/{proxy+}"),), "dev"),
        preflight("PUT", "/dev"),
        answers(),
        (
            AddRoute("proxy", "PUT /"),
            AddRoute(
                "proxy", "OPTIONS /", (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT"))
            ),
        ),
        Layer.GATEWAY,
        says="`ANY /{proxy+}` takes what is below `/`",
    ),
]

WAYS = [
    pytest.param(ITEMS, "/items/1", [AddCors, AddRoute], id="gateway-first"),
    pytest.param(ANSWERING, "/items/1", [AddRoute, AddCors], id="function-first"),
    pytest.param(ITEMS, "/new", [AddCors, AddRoute], id="no-route"),
]


@pytest.mark.parametrize(("api", "path", "ways"), WAYS)
def test_an_http_api_is_offered_both_ways(api: HttpApi, path: str, ways: list[type[Change]]) -> None:
    """With the route of the call itself, each, where there is none."""
    exchange = exchanged(api, preflight("GET", path), answers())
    (finding,) = review(exchange, ()).findings
    offered = [finding.fix.changes, *finding.fix.instead]
    wanted = [[one for one in way if one != AddRoute("items", f"GET {path}")] for way in offered]
    assert [[type(one) for one in way] for way in wanted] == [[one] for one in ways]
    assert [len(way) for way in offered] == [1 + (path == "/new")] * 2


def test_a_path_that_is_spelt_like_a_route_s() -> None:
    (finding,) = review(exchanged(EMPLOYEES, preflight("PUT", "/dev/employes/1"), answers()), ()).findings
    assert finding.fix.instead == ((CallUrl("http://127.0.0.1:3000/dev/employees/1"),),)


NOT_FOUND = [
    Example("there-is-one", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE)),
    Example("no-preflight", REST, call(path="/dev/nowhere"), answers()),
    Example("outside-the-stage", REST, preflight("GET", "/y"), answers()),
]
