from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import AddRoute, CallMethod, CallUrl
from emulator.findings.rules.unknown_route import RULE
from findings.examples import EMPLOYEES, ITEMS, PAGE, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method, a_route

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

NOT_FOUND = [
    Example("known", REST, call(path="/dev/x"), answers()),
    Example("preflight", REST, preflight("GET", "/dev/nowhere"), answers()),
    Example("outside-the-stage", REST, call(path="/x"), answers()),
]
