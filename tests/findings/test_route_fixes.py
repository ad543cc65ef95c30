"""What is told of a request that meets no route, or the wrong one. That each of it cures: test_fixes.py."""

import dataclasses

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Blocked
from emulator.findings.review import review
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.test_blocked import PAGE, RAISED, URL_CORS, answers, call, exchanged, preflight
from products import a_method, a_route

EMPLOYEES = RestApi(
    "orders", "abcdef1234",
    (a_method("GET", "/employees/{id}"), a_method("PUT", "/employees/{id}"), a_method("POST", "/employees"),
     a_method("GET", "/files/{proxy+}"), a_method("GET", "/"), a_method("OPTIONS", "/only")), "dev",
)  # fmt: skip
ROUTES = (a_route("GET /items"), a_route("GET /items/{id}"), a_route("POST /forms/"))
ITEMS = HttpApi("items", "abcdef1234", ROUTES)
STAGED = dataclasses.replace(ITEMS, stage="v1")
WITH_CORS = dataclasses.replace(ITEMS, cors=CorsConfiguration((PAGE,), ("GET",)))


def http(*keys: str, methods: tuple[str, ...] = ("GET", "PUT")) -> HttpApi:
    return HttpApi("h", "abcdef1234", tuple(a_route(key) for key in keys), cors=CorsConfiguration((PAGE,), methods))


ROUTING = [
    pytest.param(EMPLOYEES, preflight("GET", "/dev/employees/1"), answers(), "`OPTIONS /employees/{id}: <function>`",
                 id="resource-not-path"),
    pytest.param(EMPLOYEES, preflight("GET", "//dev/employees/1"), answers(), "`OPTIONS /employees/{id}: <function>`",
                 id="doubled-slash-before-the-stage"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev//employees/1"), answers(), "`OPTIONS /employees/{id}: <function>`",
                 id="doubled-slash-behind-the-stage"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/employees/1/"), answers(), "`OPTIONS /employees/{id}: <function>`",
                 id="slash-at-the-end"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/employees//1"), answers(),
                 "Let the page call http://127.0.0.1:3000/dev/employees/1:", id="doubled-slash-within"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/employees/a%20b"), answers(),
                 "`OPTIONS /employees/{id}: <function>`", id="percent-encoded"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/files/a/b"), answers(), "`OPTIONS /files/{proxy+}: <function>`",
                 id="greedy"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev"), answers(), "`OPTIONS /: <function>`", id="root"),
    pytest.param(EMPLOYEES, preflight("DELETE", "/dev/employees/1"), answers(),
                 "There is no DELETE to be preflighted either, `/employees/{id}` has GET, PUT: add `DELETE "
                 "/employees/{id}: <function>` and `OPTIONS /employees/{id}: <function>`", id="no-such-method-either"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/nowhere"), answers(),
                 "or add `GET /nowhere: <function>` and `OPTIONS /nowhere: <function>`", id="no-such-path"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/employees/1/photos"), answers(),
                 "or add `GET /employees/{id}/photos: <function>` and", id="below-a-resource"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/my%20files/1"), answers(), "`GET /{name}/1: <function>`",
                 id="no-literal"),
    pytest.param(EMPLOYEES, preflight("GET", "/dev/new//old"), answers(), "`GET /new/{proxy+}: <function>`",
                 id="empty-segment"),
    pytest.param(EMPLOYEES, preflight("patch", "/dev/employees/1"), answers(), "Write the method as 'PATCH'",
                 id="lower-case"),
    pytest.param(EMPLOYEES, preflight("PURGE", "/dev/employees/1"), answers(), "Call with one of the methods GET, PUT",
                 id="no-route-can-have-it"),
    pytest.param(EMPLOYEES, preflight("PUT", "/dev/only"), answers(204, acao=PAGE, acam="GET"),
                 "'orders' has no route for PUT either: add `PUT /only: <function>`", id="options-but-no-method"),
    pytest.param(EMPLOYEES, preflight("PUT", "/dev/only"), answers(), "add `PUT /only: <function>` to `routes`",
                 id="options-without-cors-and-no-method"),
    pytest.param(EMPLOYEES, preflight("patch", "/dev/only"), answers(204, acao=PAGE, acam="PATCH"),
                 "Write the method as 'PATCH'", id="function-allows-the-upper-case"),
    pytest.param(EMPLOYEES, call("GET", "/dev/employees"), answers(acao=PAGE),
                 "Call with POST, which `/employees` has, or add `GET /employees: <function>`", id="another-method"),
    pytest.param(EMPLOYEES, call("GET", "/dev/nowhere"), answers(acao=PAGE), "add `GET /nowhere: <function>`",
                 id="unknown"),
    pytest.param(EMPLOYEES, call("POST", "/dev/employees", X_HTTP_Method_Override="PATCH"), answers(acao=PAGE),
                 "has no route for PATCH", id="overridden"),
    pytest.param(EMPLOYEES, call("GET", "/employees/1"), answers(acao=PAGE), "/dev/employees/1.", id="stage-left-out"),
    pytest.param(EMPLOYEES, call("GET", "//employees/1"), answers(acao=PAGE), ":3000/dev/employees/1.",
                 id="stage-left-out-doubled-slash"),
    pytest.param(EMPLOYEES, call("GET", "/prod/employees/1"), answers(acao=PAGE),
                 "as http://127.0.0.1:3000/dev/employees/1, without 'prod'", id="another-stage"),
    pytest.param(EMPLOYEES, preflight("PUT", "/employees/1"), answers(204, acao=PAGE, acam="PUT"), "/dev/employees/1.",
                 id="stage-left-out-of-a-preflight"),
    pytest.param(ITEMS, preflight("GET", "/items/"), answers(), "Let the page call http://127.0.0.1:3000/items: the "
                 "route `GET /items` takes it, and not /items/.", id="http-slash-at-the-end"),
    pytest.param(ITEMS, call("POST", "/forms"), answers(acao=PAGE), "Let the page call http://127.0.0.1:3000/forms/:",
                 id="http-slash-missing"),
    pytest.param(ITEMS, call("GET", "//items"), answers(acao=PAGE), "http://127.0.0.1:3000/items:",
                 id="http-doubled-slash"),
    pytest.param(ITEMS, preflight("DELETE", "/items/1", headers="x-a,x-b"), answers(),
                 "has no route for DELETE either: add `DELETE /items/{id}: <function>`", id="http-no-such-method"),
    pytest.param(ITEMS, preflight("PURGE", "/items/1"), answers(), 'allowMethods: ["*"])', id="http-unlistable-method"),
    pytest.param(ITEMS, preflight("patch", "/items/1"), answers(), "Write the method as 'PATCH'", id="http-lower-case"),
    pytest.param(ITEMS, call("GET", "/new%20items/a%2Fb"), answers(acao=PAGE), "add `GET /{name}/a/b: <function>`",
                 id="http-decoded"),
    pytest.param(ITEMS, call("DELETE", "/new//"), answers(acao=PAGE), "add `DELETE /new/{proxy+}: <function>`",
                 id="http-empty-segments"),
    pytest.param(STAGED, call("GET", "/v2/items/1"), answers(acao=PAGE), "as http://127.0.0.1:3000/v1/items/1, without",
                 id="http-another-stage"),
    pytest.param(STAGED, preflight("DELETE", "/v1/items/1"), answers(), "add `DELETE /items/{id}: <function>`",
                 id="http-staged"),
    pytest.param(WITH_CORS, preflight("DELETE", "/items/1"), answers(),
                 "Add DELETE to `cors.allowMethods` of 'items' (now [GET]). 'items' has no route for DELETE "
                 "either: add `DELETE /items/{id}: <function>` to `routes`.", id="http-method-and-route"),
    pytest.param(WITH_CORS, preflight("patch", "/items/1"), answers(), "Write the method as 'PATCH'",
                 id="http-cors-lower-case"),
    pytest.param(http("ANY /x"), preflight("PURGE", "/y"), answers(), 'Add "*" to `cors.allowMethods`',
                 id="http-unnameable-method"),
    pytest.param(URL_CORS, preflight("OPTIONS", "/"), answers(), 'Add "*" to `cors.allowMethods`', id="url-options"),
    pytest.param(URL_CORS, preflight("DELETE", "/any"), answers(), "Add DELETE to `cors.allowMethods` of 'url' (now "
                 "[GET]).", id="url-method"),
    pytest.param(dataclasses.replace(URL_CORS, cors=CorsConfiguration((PAGE,))), call(origin="https://a.test"),
                 answers(acao="https://b.test"), "Remove the Access-Control-* headers from function 'f'",
                 id="url-function-answers-instead"),
    pytest.param(http("ANY /x", "$default"), preflight("GET"), answers(405),
                 "('GET /x' instead of 'ANY /x'), and write 'GET /x' instead of '$default':", id="any-and-default"),
    pytest.param(http("GET /x", "OPTIONS /x"), preflight("GET"), answers(405), "Remove the route 'OPTIONS /x':",
                 id="options-route"),
    pytest.param(http("ANY /a/{proxy+}", "ANY /{proxy+}"), preflight("PUT", "/a/b"), answers(405),
                 "('PUT /a/{proxy+}' instead of 'ANY /a/{proxy+}'), and name the methods instead of ANY ('PUT "
                 "/{proxy+}' instead of 'ANY /{proxy+}')", id="greedy-routes"),
    pytest.param(http("ANY /x"), preflight("GET"), RAISED, "('GET /x' instead of 'ANY /x')", id="preflight-raises"),
    pytest.param(HttpApi("h", "abcdef1234", (a_route("ANY /x"),)), preflight("GET"), RAISED,
                 "it has to answer OPTIONS with 204", id="preflight-raises-without-cors"),
    pytest.param(EMPLOYEES, preflight("PUT", "/dev/only"), RAISED, "it has to answer OPTIONS with 204",
                 id="rest-preflight-raises"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "result", "fix"), ROUTING)
def test_what_is_told(api: Api, request_: Request, result: Result, fix: str) -> None:
    reviewed = review(exchanged(api, request_, result), ())
    assert isinstance(reviewed.verdict, Blocked)
    assert fix in reviewed.findings[0].fix
