"""The call that a page can make in the stead of one that nothing lets through."""

import pytest

from emulator.aws.api import Api
from emulator.browser.modes import Credentials
from emulator.findings.changes import CallMethod, CallWithoutCredentials, Change
from emulator.findings.finding import Case
from emulator.findings.possible_call import by_possible_method, by_possible_mode, called_by, without_asking_for
from emulator.findings.resources import called_method
from emulator.messages import Request
from findings.examples import DATA, EMPLOYEES, LISTED, PLAIN, REST, URL_CORS, answers, call, preflight
from serving.exchanges import exchanged

INCLUDE, OMIT = Credentials.INCLUDE, Credentials.OMIT


def case(api: Api, request: Request, credentials: Credentials = OMIT) -> Case:
    return Case(exchanged(api, request, answers()), credentials=credentials)


@pytest.mark.parametrize(
    ("api", "request_", "method", "page"),
    [
        pytest.param(PLAIN, preflight("PUT"), "PUT", (), id="standard"),
        pytest.param(PLAIN, preflight("patch"), "PATCH", (CallMethod(("PATCH",)),), id="in-lower-case"),
        pytest.param(PLAIN, preflight("PURGE"), "PURGE", (), id="any-takes-all-of-an-http-api"),
        pytest.param(
            EMPLOYEES,
            preflight("PURGE", "/dev/employees/1"),
            "GET",
            (CallMethod(("GET", "PUT")),),
            id="what-the-path-has",
        ),
        pytest.param(
            REST,
            preflight("PURGE", "/dev/y"),
            "GET",
            (CallMethod(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")),),
            id="but-for-the-preflights-own",
        ),
        pytest.param(DATA, call("PURGE", "/dev/x"), "PURGE", (), id="no-preflight"),
    ],
)
def test_methods(api: Api, request_: Request, method: str, page: tuple[Change, ...]) -> None:
    before = case(api, request_)
    possible, changes = by_possible_method(before)
    assert (called_method(possible.request), changes) == (method, page)
    assert (possible is before) is (page == ())


@pytest.mark.parametrize(
    ("api", "request_", "mode", "possible"),
    [
        pytest.param(LISTED, preflight("PURGE"), INCLUDE, OMIT, id="no-list-has-it"),
        pytest.param(URL_CORS, preflight("OPTIONS", "/"), INCLUDE, OMIT, id="nor-that-of-a-function-url"),
        pytest.param(LISTED, preflight("PURGE"), OMIT, OMIT, id="without-credentials"),
        pytest.param(LISTED, preflight("PUT"), INCLUDE, INCLUDE, id="nameable"),
        pytest.param(LISTED, preflight("HEAD"), INCLUDE, INCLUDE, id="needs-no-list"),
        pytest.param(LISTED, call("PURGE"), INCLUDE, INCLUDE, id="no-preflight"),
    ],
)
def test_modes(api: Api, request_: Request, mode: Credentials, possible: Credentials) -> None:
    found, changes = by_possible_mode(case(api, request_, mode))
    assert found.credentials is possible
    assert changes == (() if mode is possible else (CallWithoutCredentials(),))


def test_a_preflight_by_another_method_asks_for_it_alone() -> None:
    asked = called_by(case(PLAIN, preflight("patch", headers="x-a")), "PATCH").request
    assert [value for name, value in asked.headers if name == "Access-Control-Request-Method"] == ["PATCH"]
    assert asked.header("access-control-request-headers") == "x-a"


@pytest.mark.parametrize(("headers", "left"), [("x-a,x-b,x-c", "x-a,x-c"), ("x-b", None), ("x-a", "x-a")])
def test_a_page_that_does_not_send_a_header(headers: str, left: str | None) -> None:
    proper = without_asking_for(case(PLAIN, preflight("GET", headers=headers)), ("x-b",))
    assert proper.request.header("access-control-request-headers") == left
    assert proper.request.is_preflight
