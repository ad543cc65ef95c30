from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import IntegrationField, MendHandler, RaiseTimeout, SetIntegration
from emulator.findings.rules.function_timeout import ASK_AGAIN, RULE
from emulator.functions.invocation import FunctionError, FunctionErrorKind, IntegrationTimeout, Throttled
from findings.examples import PLAIN, RAISED, REST, URL, Example, answers, call
from findings.one_rule import found, test_found, test_not_found
from products import a_method, a_route

__all__ = ["RULE", "test_found", "test_not_found"]

SLOW = HttpApi("slow", "abcdef1234", (a_route("GET /x", timeout_s=1.5),))
SLOW_REST = RestApi("slow", "abcdef1234", (a_method("ANY", "/x", timeout_s=1.0),), "dev")
SECOND = (MendHandler("f", f"answer within 1 s, {ASK_AGAIN}"),)
OWN = FunctionError(
    FunctionErrorKind.TIMEOUT, "Sandbox.Timedout", "RequestId: 1 Error: Task timed out after 3.00 seconds"
)

FOUND = [
    Example("rest", SLOW_REST, call(path="/dev/x"), IntegrationTimeout(1.0), SECOND, says="the REST API's own 504"),
    Example(
        "http-api",
        SLOW,
        call(),
        IntegrationTimeout(1.5),
        (MendHandler("f", f"answer within 1.5 s, {ASK_AGAIN}"),),
        says="how long the integration of 'GET /x' waits",
    ),
    Example(
        "rest-longest",
        REST,
        call(path="/dev/x"),
        IntegrationTimeout(29.0),
        (MendHandler("f", f"answer within 29 s, {ASK_AGAIN}"),),
        says="The REST API waits no longer than 29 s.",
    ),
    Example(
        "http-api-longest",
        PLAIN,
        call(),
        IntegrationTimeout(30.0),
        (MendHandler("f", f"answer within 30 s, {ASK_AGAIN}"),),
        says="The HTTP API waits no longer than 30 s.",
    ),
    Example("own", URL, call(path="/"), OWN, (RaiseTimeout("f"),), says="Task timed out after 3.00 seconds"),
]

NOT_FOUND = [
    Example("in-time", SLOW, call(), answers()),
    Example("raises", SLOW, call(), RAISED),
    Example("throttled", SLOW, call(), Throttled(1)),
]


def test_a_shorter_timeout_than_aws_allows_is_offered_to_be_raised() -> None:
    ways = {example.name: told.fix.instead for example in FOUND if (told := found(example, RULE))}
    timeout = IntegrationField.TIMEOUT_IN_MILLIS
    assert ways["rest"] == ((SetIntegration("slow", "ANY /x", timeout, "29000", "1000"),),)
    assert ways["http-api"] == ((SetIntegration("slow", "GET /x", timeout, "30000", "1500"),),)
    assert ways["rest-longest"] == ()
