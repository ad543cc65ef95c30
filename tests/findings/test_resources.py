"""What an API has at a path, and how a new route would be written there."""

import pytest

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.findings.resources import (
    called_method,
    greedy_below,
    methods_at,
    path_inside,
    proposed_key,
    proposed_template,
    route_for,
    standard_method,
)
from emulator.messages import Request
from findings.examples import EMPLOYEES, ITEMS, STAGED, URL, answers, call, preflight
from products import a_route
from serving.exchanges import exchanged

GREEDY = HttpApi("g", "abcdef1234", (a_route("GET /a/{proxy+}"), a_route("$default")))
PATHS = [
    pytest.param(EMPLOYEES, "/dev/employees/1", "/employees/1", "/employees/{id}", id="resource"),
    pytest.param(EMPLOYEES, "//dev//employees/1/", "/employees/1", "/employees/{id}", id="slashes"),
    pytest.param(EMPLOYEES, "/dev", "/", "/", id="root"),
    pytest.param(EMPLOYEES, "/prod/employees", "", "/", id="outside"),
    pytest.param(EMPLOYEES, "/dev/employees/1/photos/2", "/employees/1/photos/2", "/employees/{id}/photos/2",
                 id="below"),
    pytest.param(EMPLOYEES, "/dev/a%20b/c%2Fd", "/a%20b/c%2Fd", "/{name}/{name2}", id="rest-not-decoded"),
    pytest.param(EMPLOYEES, "/dev/employees//x", "/employees//x", "/employees/{proxy+}", id="empty-segment"),
    pytest.param(ITEMS, "/items/1", "/items/1", "/items/{id}", id="http"),
    pytest.param(ITEMS, "/a%20b/c%2Fd", "/a b/c/d", "/{name}/c/d", id="http-decoded"),
    pytest.param(ITEMS, "/new/", "/new/", "/new/", id="http-slash-at-the-end"),
    pytest.param(ITEMS, "/%7Bx%7D", "/{x}", "/{name}", id="http-braces"),
    pytest.param(ITEMS, "/%zz", "", "/", id="http-no-path"),
    pytest.param(STAGED, "/v1/items/1", "/items/1", "/items/{id}", id="http-staged"),
    pytest.param(GREEDY, "/a/b", "/a/b", "/a/b", id="greedy-is-no-beginning"),
    pytest.param(URL, "/any", "/any", "/any", id="function-url"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "raw_path", "inside", "template"), PATHS)
def test_paths(api: Api, raw_path: str, inside: str, template: str) -> None:
    exchange = exchanged(api, call(path=raw_path), answers())
    assert (path_inside(exchange), proposed_template(exchange)) == (inside, template)


METHODS = [
    pytest.param(EMPLOYEES, "/dev/employees/1", ("/employees/{id}", ("GET", "PUT")), id="several"),
    pytest.param(EMPLOYEES, "/dev/nowhere", ("", ()), id="none"),
    pytest.param(GREEDY, "/a/b", ("/a/{proxy+}", ("GET",)), id="beside-the-default"),
    pytest.param(GREEDY, "/b", ("", ()), id="the-default-is-no-resource"),
]


@pytest.mark.parametrize(("api", "raw_path", "has"), METHODS)
def test_methods_of_a_path(api: Api, raw_path: str, has: tuple[str, tuple[str, ...]]) -> None:
    assert methods_at(exchanged(api, call(path=raw_path), answers())) == has


CALLED = [
    pytest.param(call("PUT"), "PUT", id="call"),
    pytest.param(preflight("PUT"), "PUT", id="preflight"),
    pytest.param(call("POST", X_HTTP_Method_Override="PATCH"), "PATCH", id="override"),
    pytest.param(call("OPTIONS"), "OPTIONS", id="options"),
]


@pytest.mark.parametrize(("request_", "method"), CALLED)
def test_the_method_of_the_call(request_: Request, method: str) -> None:
    assert called_method(request_) == method


@pytest.mark.parametrize(("method", "meant"), [("patch", "PATCH"), ("PATCH", None), ("purge", None), ("Get", "GET")])
def test_the_method_that_was_meant(method: str, meant: str | None) -> None:
    assert standard_method(method) == meant


def test_the_route_of_another_method() -> None:
    exchange = exchanged(EMPLOYEES, preflight("GET", "/dev/employees/1"), answers())
    found = route_for(exchange, "PUT")
    assert found is not None
    assert found.key == "PUT /employees/{id}"
    assert route_for(exchange, "DELETE") is None
    assert route_for(exchange, "POST", "/dev/employees") is not None


KEYS = [
    pytest.param(EMPLOYEES, "/dev/employees/1", "DELETE", "DELETE /employees/{id}", id="beside-other-methods"),
    pytest.param(EMPLOYEES, "/dev/new", "DELETE", "DELETE /new", id="a-new-resource"),
    pytest.param(ITEMS, "/items/1", "PURGE", "ANY /items/{id}", id="a-method-without-a-name"),
]


@pytest.mark.parametrize(("api", "raw_path", "method", "key"), KEYS)
def test_how_a_new_route_is_written(api: Api, raw_path: str, method: str, key: str) -> None:
    assert proposed_key(exchanged(api, call(path=raw_path), answers()), method) == key


@pytest.mark.parametrize(
    ("api", "path", "key"),
    [
        pytest.param(EMPLOYEES, "/dev/files", "GET /files/{proxy+}", id="rest"),
        pytest.param(EMPLOYEES, "/dev/files/", "GET /files/{proxy+}", id="rest-slash"),
        pytest.param(GREEDY, "/a", "GET /a/{proxy+}", id="http"),
        pytest.param(EMPLOYEES, "/dev/employees", None, id="variable"),
        pytest.param(EMPLOYEES, "/dev/nowhere", None, id="none"),
    ],
)
def test_a_greedy_route_below_the_path(api: Api, path: str, key: str | None) -> None:
    assert greedy_below(exchanged(api, call(path=path), answers()), "GET") == key
