from dataclasses import replace

from emulator.aws.integrations import NotEmulated
from emulator.aws.product import Layer
from emulator.findings.rules.not_emulated import RULE
from findings.examples import PLAIN, REST, URL, Example, answers, call
from findings.one_rule import found, test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

NO_ROUTE = replace(PLAIN, not_emulated=(("", "the resource policy"),))
KEY = REST.route_keys[0]

FOUND = [
    Example(
        "of-the-route", replace(REST, not_emulated=((KEY, "the authorizer `a`"),)), call(KEY.split()[0], "/dev/x"),
        answers(), (), Layer.GATEWAY, says="would meet the authorizer `a`, and here",
    ),
    Example(
        "of-all-and-of-the-route", replace(PLAIN, not_emulated=(("", "a"), ("ANY /x", "b"), ("GET /z", "c"))),
        call(), answers(), (), Layer.GATEWAY, says="would meet a and b, and here",
    ),
    Example("no-route", NO_ROUTE, call(path="/nowhere"), answers(), (), Layer.GATEWAY, says="resource policy"),
]  # fmt: skip

NOT_FOUND = [
    Example("all-is-emulated", PLAIN, call(), answers()),
    Example("another-route", replace(PLAIN, not_emulated=(("GET /z", "c"),)), call(), answers()),
    Example("function-url", URL, call(), answers()),
]


def test_an_integration_that_is_not_emulated() -> None:
    """Nothing answers: the error is the gateway's, and what a page lacks of it is told beside."""
    routes = (replace(a_route("GET /x"), integration=NotEmulated("a queue")),)
    api = replace(PLAIN, routes=routes, not_emulated=(("GET /x", "a queue"),))
    finding = found(Example("its-integration", api, call(), answers()), RULE)
    assert finding is not None
    assert "would meet a queue, and here" in finding.message
