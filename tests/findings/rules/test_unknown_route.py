import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import AddRoute, CallMethod, CallUrl, Change, DoByHand
from emulator.findings.review import review
from emulator.findings.rules.unknown_route import RULE
from findings.examples import EMPLOYEES, ITEMS, PAGE, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method, a_route
from serving.exchanges import exchanged

__all__ = ["RULE", "test_found", "test_not_found"]

PROXY = RestApi("proxy", "abcdef1234", (a_method("ANY", "/{proxy+}"),), "dev")

FOUND = [
    Example(
        "unknown-route",
        REST,
        call(path="/dev/nowhere"),
        answers(),
        (AddRoute("orders", "GET /nowhere"),),
        Layer.GATEWAY,
    ),
    Example(
        "another-method",
        EMPLOYEES,
        call("GET", "/dev/employees"),
        answers(acao=PAGE),
        (AddRoute("orders", "GET /employees"),),
        Layer.GATEWAY,
    ),
    Example(
        "unknown",
        EMPLOYEES,
        call("GET", "/dev/nowhere"),
        answers(acao=PAGE),
        (AddRoute("orders", "GET /nowhere"),),
        Layer.GATEWAY,
    ),
    Example(
        "overridden",
        EMPLOYEES,
        call("POST", "/dev/employees", X_HTTP_Method_Override="PATCH"),
        answers(acao=PAGE),
        (AddRoute("orders", "PATCH /employees"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-slash-missing",
        ITEMS,
        call("POST", "/forms"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/forms/"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-doubled-slash",
        ITEMS,
        call("GET", "//items"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/items"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-twice",
        EMPLOYEES,
        call("GET", "/dev/dev/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
        says="as the stage 'dev' is no part of a route's path",
    ),
    Example(
        "another-case",
        ITEMS,
        call("GET", "/Items"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/items"),),
        Layer.GATEWAY,
        says="paths are compared with their case",
    ),
    Example(
        "http-decoded",
        ITEMS,
        call("GET", "/new%20items/a%2Fb"),
        answers(acao=PAGE),
        (AddRoute("items", "GET /{name}/a/b"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-empty-segments",
        ITEMS,
        call("DELETE", "/new//"),
        answers(acao=PAGE),
        (AddRoute("items", "DELETE /new/{proxy+}"),),
        Layer.GATEWAY,
    ),
    Example(
        "method-no-route-can-have",
        EMPLOYEES,
        call("PURGE", "/dev/employees/1"),
        answers(),
        (CallMethod(("GET", "PUT")),),
        Layer.GATEWAY,
    ),
    Example(
        "greedy-takes-no-root",
        PROXY,
        call("GET", "/dev"),
        answers(),
        (AddRoute("proxy", "GET /"),),
        Layer.GATEWAY,
        says="`ANY /{proxy+}` takes what is below `/`, and not that path itself.",
    ),
    Example(
        "http-greedy-takes-no-root",
        HttpApi("proxy", "abcdef1234", (a_route("ANY /{proxy+}"),)),
        call("GET", "/"),
        answers(),
        (AddRoute("proxy", "GET /"),),
        Layer.GATEWAY,
        says="`ANY /{proxy+}` takes what is below `/`",
    ),
]

ALTERNATIVES = [
    pytest.param("/dev/employees", "GET", ((CallMethod(("POST",)),),), id="other-methods"),
    pytest.param("/dev/only", "GET", (), id="none-but-options"),
    pytest.param("/dev/employee/1", "GET", ((CallUrl("http://127.0.0.1:3000/dev/employees/1"),),), id="misspelt"),
    pytest.param("/dev/nowhere", "GET", ((DoByHand("check the path in the page"),),), id="unlike-all"),
]


@pytest.mark.parametrize(("path", "method", "instead"), ALTERNATIVES)
def test_what_the_page_could_call_instead(path: str, method: str, instead: tuple[tuple[Change, ...], ...]) -> None:
    (finding,) = review(exchanged(EMPLOYEES, call(method, path), answers()), ()).findings
    assert finding.fix.instead == instead


NOT_FOUND = [
    Example("known", REST, call(path="/dev/x"), answers()),
    Example("preflight", REST, preflight("GET", "/dev/nowhere"), answers()),
    Example("outside-the-stage", REST, call(path="/x"), answers()),
]
