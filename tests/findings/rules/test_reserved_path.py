from dataclasses import replace

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, CallUrl
from emulator.findings.rules.reserved_path import RULE
from findings.examples import PLAIN, REST, STAGED, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method, a_route

__all__ = ["RULE", "test_found", "test_not_found"]

HEALTH = CallUrl("http://127.0.0.1:3000/health")
GREEDY = replace(REST, methods=(a_method("ANY", "/{proxy+}"),))


def http(*keys: str) -> HttpApi:
    return replace(PLAIN, routes=tuple(a_route(key) for key in keys))


FOUND = [
    Example(
        "its-own-route", http("GET /ping"), call(path="/ping"), answers(),
        (AddRoute("plain", "GET /health"), HEALTH), Layer.GATEWAY,
    ),
    Example(
        "health-is-there-already", http("ANY /sping", "GET /health"), call(path="/sping"), answers(),
        (AddRoute("plain", "GET /status"), CallUrl("http://127.0.0.1:3000/status")),
        Layer.GATEWAY,
    ),
    Example("a-greedy-route", http("ANY /{proxy+}"), call(path="/ping"), answers(), (HEALTH,), Layer.GATEWAY),
    Example(
        "no-route", PLAIN, call(path="/ping"), answers(), (AddRoute("plain", "GET /health"), HEALTH), Layer.GATEWAY
    ),
    Example(
        "below-the-stage", GREEDY, call(path="/ping"), answers(), (CallUrl("http://127.0.0.1:3000/dev/ping"),),
        Layer.GATEWAY,
    ),
    Example(
        "no-route-below-the-stage", REST, call(path="/ping"), answers(),
        (AddRoute("orders", "GET /health"), CallUrl("http://127.0.0.1:3000/dev/health")), Layer.GATEWAY,
    ),
    Example(
        "a-preflight", http("PUT /ping"), preflight("PUT", "/ping"), answers(),
        (AddRoute("plain", "PUT /health"), HEALTH), Layer.GATEWAY,
    ),
]  # fmt: skip

NOT_FOUND = [
    Example("below-a-stage", STAGED, call(path="/v1/ping"), answers()),
    Example("another-path", PLAIN, call(path="/pings"), answers()),
]
