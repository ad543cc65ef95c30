import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddRoute, CallMethod, CallUrl, Change, DoByHand, SetGatewayResponse
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.findings.rules.unknown_route import RULE
from findings.examples import EMPLOYEES, ITEMS, PAGE, REST, Example, answers, call, http, preflight
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
    readable = SetGatewayResponse("orders", "DEFAULT_4XX", (("Access-Control-Allow-Origin", PAGE),))
    assert finding.fix.instead == (*instead, (readable,))


READ = http("GET /items", "POST /forms/", "GET /items/{id}")
"""Its 404 has CORS headers."""
NEAR = {
    "another-case": ("/Items", "/items", Severity.WARNING),
    "slash-at-the-end": ("/items/", "/items", Severity.WARNING),
    "stage-too-many": ("/dev/items", "/items", Severity.WARNING),
    "typo": ("/itmes", "/items", Severity.NOTE),
}
FOUND += [
    Example(f"read-{name}", READ, call("GET", path), answers(), (CallUrl(f"http://127.0.0.1:3000{meant}"),),
            Layer.GATEWAY, says=f"'h' has no route for GET {path}: the page reads a 404.")
    for name, (path, meant, _) in NEAR.items()
]  # fmt: skip


@pytest.mark.parametrize(("path", "severity"), [(path, severity) for path, _, severity in NEAR.values()])
def test_a_404_that_the_page_reads_is_no_error(path: str, severity: Severity) -> None:
    (finding,) = review(exchanged(READ, call("GET", path), answers()), ()).findings
    assert (finding.name, finding.severity) == ("unknown-route", severity)


@pytest.mark.parametrize(("path", "status"), [("/orders", 200), ("/items", 404)], ids=["close-to-none", "of-a-route"])
def test_no_other_404_that_the_page_reads_is_told(path: str, status: int) -> None:
    exchange = exchanged(READ, call("GET", path), answers(status))
    assert review(exchange, (), Credentials.OMIT).findings == ()


NOT_FOUND = [
    Example("known", REST, call(path="/dev/x"), answers()),
    Example("preflight", REST, preflight("GET", "/dev/nowhere"), answers()),
    Example("outside-the-stage", REST, call(path="/x"), answers()),
]
