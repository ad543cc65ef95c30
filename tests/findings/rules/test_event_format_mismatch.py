from emulator.aws.http_api.http_api import HttpApi
from emulator.findings.changes import IntegrationField, MendHandler, SetIntegration
from emulator.findings.rules.event_format_mismatch import RULE
from emulator.functions.invocation import FunctionError, FunctionErrorKind
from findings.examples import PLAIN, RAISED, REST, URL, Example, answers, call, preflight
from findings.one_rule import found, test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

V1 = HttpApi("one", "abcdef1234", (a_route("ANY /x", version="1.0"),))


def key_error(key: str, code: str) -> FunctionError:
    """What Python's runtime posts."""
    frame = f'  File "/app/app.py", line 2, in handler\n    {code}\n'
    return FunctionError(FunctionErrorKind.HANDLER, "KeyError", repr(key), (frame,))


def type_error(message: str, code: str) -> FunctionError:
    """What Node.js' runtime posts, with the line that was read."""
    frames = ("    at exports.handler (/app/index.js:8:35)",)
    return FunctionError(FunctionErrorKind.HANDLER, "TypeError", message, frames, line=code)


def of_undefined(name: str) -> str:
    return f"Cannot read properties of undefined (reading '{name}')"


def read(instead: str, key: str) -> tuple[MendHandler]:
    return (MendHandler("f", f"read `{instead}` in place of `{key}`"),)


METHOD = read("requestContext.http.method", "httpMethod")
HTTP = read("httpMethod`, `path` and `requestContext.identity", "http")

FOUND = [
    Example(
        "python",
        PLAIN,
        call(),
        key_error("httpMethod", 'if event["httpMethod"] == "OPTIONS":'),
        METHOD,
        says="Function 'f' read `httpMethod`, which this event of payload format 2.0 does not have: KeyError",
    ),
    Example(
        "node",
        PLAIN,
        preflight("PUT"),
        type_error(of_undefined("toUpperCase"), "const method = event.httpMethod.toUpperCase();"),
        METHOD,
        says="const method = event.httpMethod.toUpperCase();",
    ),
    Example("another-name", PLAIN, call(), key_error("httpMethod", 'e["httpMethod"]'), METHOD),
    Example(
        "function-url",
        URL,
        call(path="/"),
        key_error("path", 'event["path"]'),
        read("rawPath", "path"),
        says="The format of a function URL cannot be chosen.",
    ),
    Example(
        "source-ip",
        PLAIN,
        call(),
        key_error("identity", 'event["requestContext"]["identity"]["sourceIp"]'),
        read("requestContext.http", "identity"),
    ),
    Example("rest", REST, call(path="/dev/x"), key_error("rawPath", 'event["rawPath"]'), read("path", "rawPath")),
    Example(
        "rest-node",
        REST,
        call(path="/dev/x"),
        type_error(of_undefined("method"), "switch (event.requestContext.http.method) {"),
        HTTP,
    ),
    Example(
        "rest-destructured",
        REST,
        call(path="/dev/x"),
        type_error(
            "Cannot destructure property 'method' of 'event.requestContext.http' as it is undefined.",
            "const { method } = event.requestContext.http;",
        ),
        HTTP,
    ),
    Example(
        "http-1.0",
        V1,
        call(),
        key_error("routeKey", 'event["routeKey"]'),
        read("httpMethod` and `resource", "routeKey"),
    ),
    Example(
        "left-out-where-empty",
        PLAIN,
        call(),
        key_error("body", 'json.loads(event["body"])'),
        (MendHandler("f", 'read `body` as one that may be absent: `event.get("body")`'),),
        says="Format 2.0 leaves out what is empty.",
    ),
]

NOT_FOUND = [
    Example("answers", PLAIN, call(), answers()),
    Example("raises", PLAIN, call(), RAISED),
    Example("key-of-something-else", PLAIN, call(), key_error("path", 'config["path"]')),
    Example("right-format", REST, call(path="/dev/x"), key_error("httpMethod", 'event["httpMethod"]')),
    Example("has-a-body", PLAIN, call("POST", body=b"x"), key_error("body", 'event["body"]')),
    Example("never-null", REST, call(path="/dev/x"), key_error("body", 'event["body"]')),
    Example("another-property", PLAIN, call(), type_error(of_undefined("id"), "event.httpMethod && user.id")),
    Example("another-error", PLAIN, call(), FunctionError(FunctionErrorKind.HANDLER, "ValueError", "httpMethod")),
]


def test_the_other_format_is_offered_where_it_can_be_chosen() -> None:
    told = {example.name: finding.fix.instead for example in FOUND if (finding := found(example, RULE))}
    field = IntegrationField.PAYLOAD_FORMAT_VERSION
    assert told["python"] == ((SetIntegration("plain", "ANY /x", field, "1.0", "2.0"),),)
    assert told["http-1.0"] == ((SetIntegration("one", "ANY /x", field, "2.0", "1.0"),),)
    assert told["rest"] == told["function-url"] == told["left-out-where-empty"] == ()
