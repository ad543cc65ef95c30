from emulator.aws.product import Layer
from emulator.findings.changes import RaiseConcurrency
from emulator.findings.rules.throttled import RULE
from emulator.functions.invocation import IntegrationTimeout, Throttled
from findings.examples import PLAIN, REST, URL, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "http-api",
        PLAIN,
        call(),
        Throttled(10, 2.5),
        (RaiseConcurrency("f", 10),),
        Layer.GATEWAY,
        says=(
            "All 10 execution environments of 'f' were busy for 2.5 s. With as much "
            "reserved concurrency Lambda answers 429 TooManyRequestsException, which the"
            " HTTP API passes on as 503."
        ),
    ),
    Example(
        "rest-api",
        REST,
        call(path="/dev/x"),
        Throttled(1),
        (RaiseConcurrency("f", 1),),
        Layer.GATEWAY,
        says=(
            "The one execution environment of 'f' was busy. With as much reserved "
            "concurrency Lambda answers 429 TooManyRequestsException, which the REST API"
            " passes on as 500."
        ),
    ),
    Example(
        "function-url",
        URL,
        call(path="/"),
        Throttled(2),
        (RaiseConcurrency("f", 2),),
        Layer.GATEWAY,
        says=(
            "All 2 execution environments of 'f' were busy. With as much reserved "
            "concurrency Lambda answers 429 TooManyRequestsException, and the function "
            "URL passes that on."
        ),
    ),
]

NOT_FOUND = [
    Example("returned", PLAIN, call(), answers()),
    Example("slow", PLAIN, call(), IntegrationTimeout(30.0)),
]
