"""The URL that was meant, for slips of the page and for paths that are spelt like a route's."""

import pytest

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import CallUrl
from emulator.findings.finding import Case
from emulator.findings.near_path import misspelt_url, other_url
from findings.examples import EMPLOYEES, ITEMS, STAGED, answers, call
from products import a_method, a_route
from serving.exchanges import exchanged

HOST = "http://127.0.0.1:3000"
LINES = RestApi(
    "lines",
    "abcdef1234",
    (a_method("GET", "/orders/{id}/line-items"), a_method("GET", "/"), a_method("PUT", "/o")),
    "dev",
)
WITHOUT = HttpApi("none", "abcdef1234", (a_route("$default"),))


def case(api: Api, path: str) -> Case:
    return Case(exchanged(api, call(path=path), answers()))


SLIPS = [
    pytest.param(ITEMS, "/items/", "/items", "and not /items/", id="slash-at-the-end"),
    pytest.param(ITEMS, "//items", "/items", "and not //items", id="doubled-slash"),
    pytest.param(EMPLOYEES, "/dev/employees//1", "/dev/employees/1", "and not /employees//1", id="within"),
    pytest.param(EMPLOYEES, "/dev/dev/employees/1", "/dev/employees/1", "the stage 'dev' is no part", id="stage-twice"),
    pytest.param(EMPLOYEES, "/dev/Employees/1", "/dev/employees/1", "compared with their case", id="case"),
    pytest.param(ITEMS, "/prod/items/1", "/items/1", "the stage '$default' is no part", id="stage-of-another"),
    pytest.param(STAGED, "/v1/v1/items", "/v1/items", "the stage 'v1' is no part", id="http-stage-twice"),
    pytest.param(ITEMS, "/undefined/items", "/items", "a variable without a value", id="variable-without-a-value"),
    pytest.param(ITEMS, "/ITEMS/a", "/items/a", "compared with their case", id="http-case"),
]


@pytest.mark.parametrize(("api", "path", "meant", "why"), SLIPS)
def test_a_slip_of_the_page(api: Api, path: str, meant: str, why: str) -> None:
    fix = other_url(case(api, path), "GET")
    assert fix is not None
    assert fix.changes == (CallUrl(f"{HOST}{meant}"),)
    assert why in fix.because


NO_SLIPS = [
    pytest.param(ITEMS, "/items", "GET", id="routed"),
    pytest.param(ITEMS, "/item", "GET", id="another-word"),
    pytest.param(ITEMS, "/v2/items", "GET", id="another-beginning"),
    pytest.param(EMPLOYEES, "/dev/prod/employees/1", "GET", id="another-stage-within"),
    pytest.param(EMPLOYEES, "/dev/Employees/1", "DELETE", id="not-for-this-method"),
    pytest.param(EMPLOYEES, "/dev", "PUT", id="root"),
]


@pytest.mark.parametrize(("api", "path", "method"), NO_SLIPS)
def test_no_slip(api: Api, path: str, method: str) -> None:
    assert other_url(case(api, path), method) is None


SPELT = [
    pytest.param(LINES, "/dev/order/1/lineItems", "/dev/orders/1/line-items", id="two-words"),
    pytest.param(LINES, "/dev/orders/1/line_item", "/dev/orders/1/line-items", id="underscore"),
    pytest.param(ITEMS, "/itmes", "/items", id="http"),
    pytest.param(LINES, "/dev/customers/1/line-items", "", id="another-word"),
    pytest.param(LINES, "/dev/orders/1", "", id="shorter"),
    pytest.param(LINES, "/dev/p", "", id="nothing-like-it"),
    pytest.param(LINES, "/dev/orders//line-item", "", id="nothing-for-a-variable"),
    pytest.param(EMPLOYEES, "/dev/employee", "", id="not-for-this-method"),
    pytest.param(WITHOUT, "/items", "", id="routed-by-default"),
]


@pytest.mark.parametrize(("api", "path", "meant"), SPELT)
def test_a_path_that_is_spelt_like_a_route_s(api: Api, path: str, meant: str) -> None:
    assert misspelt_url(case(api, path), "GET") == ((CallUrl(f"{HOST}{meant}"),) if meant else ())
