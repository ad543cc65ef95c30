import json
from typing import Any

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.findings.changes import IntegrationField, MendHandler, SetIntegration
from emulator.findings.finding import Severity
from emulator.findings.rules.response_field_ignored import MOVED, RULE, lost_headers
from emulator.functions.invocation import Returned
from findings.examples import LISTED, PLAIN, RAISED, REST, URL, Example, answers, call
from findings.one_rule import found, test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

V1 = HttpApi("one", "abcdef1234", (a_route("ANY /x", version="1.0"),))
TO_V2, TO_V1 = (MendHandler("f", MOVED["2.0"]),), (MendHandler("f", MOVED["1.0"]),)
WHOLE = (MendHandler("f", "return `statusCode` beside the other fields"),)
ALLOWED = {"Access-Control-Allow-Origin": ["*"]}


def returns(**fields: Any) -> Returned:
    return Returned(json.dumps(fields).encode())


def response(**fields: Any) -> Returned:
    return returns(statusCode=200, body="{}", **fields)


FOUND = [
    Example(
        "multi-value-headers",
        PLAIN,
        call(),
        response(multiValueHeaders=ALLOWED),
        TO_V2,
        says="payload format 2.0 ignores: lost is Access-Control-Allow-Origin.",
    ),
    Example("of-a-function-url", URL, call(path="/"), response(multiValueHeaders={"X-A": ["1"]}), TO_V2, says="X-A"),
    Example("whose-cors-is-the-gateway-s", LISTED, call(), response(multiValueHeaders=ALLOWED), TO_V2),
    Example("cookies", V1, call(), response(cookies=["a=1"]), TO_V1, says="lost is Set-Cookie"),
    Example(
        "no-status",
        PLAIN,
        call(),
        returns(headers={"Access-Control-Allow-Origin": "*"}, body="{}"),
        WHOLE,
        says="the client then gets the whole object, `headers`, `body`, as JSON with status 200",
    ),
    Example(
        "a-response-in-a-string",
        PLAIN,
        call(),
        Returned(json.dumps(json.dumps({"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}})).encode()),
        (MendHandler("f", "return the object itself, and its JSON in `body` alone"),),
        says="a string that holds a response: in payload format 2.0 the client then gets that string",
    ),
    Example("no-status-of-a-url", URL, call(path="/"), returns(body="", isBase64Encoded=False), WHOLE),
    Example(
        "nearly-headers",
        PLAIN,
        call(),
        response(header={"Access-Control-Allow-Origin": "*"}),
        (MendHandler("f", "return `headers` in place of `header`"),),
        says="returned `header`",
    ),
    Example(
        "beside-headers",
        PLAIN,
        call(),
        response(note="x", **{"Access-Control-Allow-Origin": "*", "Access-Control-Max-Age": "5"}),
        (MendHandler("f", "return Access-Control-Allow-Origin, Access-Control-Max-Age within `headers`"),),
    ),
    Example("nearly-headers-and-no-object", PLAIN, call(), response(header="x: y"), says="returned `header`"),
    Example("unknown", PLAIN, call(), response(statusDescription="OK"), says="returned `statusDescription`"),
]

NOT_FOUND = [
    Example("sound", PLAIN, call(), answers()),
    Example("raises", PLAIN, call(), RAISED),
    Example("no-route", PLAIN, call(path="/y"), answers()),
    Example("data", PLAIN, call(), returns(items=[], body="no response")),
    Example("no-object", PLAIN, call(), Returned(b"[1]")),
    Example("format-1.0", V1, call(), response(multiValueHeaders=ALLOWED)),
    Example("rest", REST, call(path="/dev/x"), response(multiValueHeaders=ALLOWED)),
    Example("empty", PLAIN, call(), response(multiValueHeaders={}, statusDescription="")),
    Example("both", PLAIN, call(), response(multiValueHeaders={"X-A": ["1"]}, headers={"x-a": "1"})),
    Example("malformed", PLAIN, call(), response(headers="none", multiValueHeaders=ALLOWED)),
]


@pytest.mark.parametrize(
    ("returned", "version", "lost"),
    [
        pytest.param({"multiValueHeaders": {"Set-Cookie": ["a"], "X-A": ["1"]}, "cookies": ["a"]}, "2.0", ["X-A"]),
        pytest.param({"multiValueHeaders": ["X-A"]}, "2.0", []),
        pytest.param({"cookies": ["a"], "multiValueHeaders": {"set-cookie": ["a"]}}, "1.0", []),
        pytest.param({"cookies": ["a"], "headers": {"x-a": "1"}}, "1.0", ["Set-Cookie"]),
    ],
)
def test_lost_is_what_stands_nowhere_else(returned: dict[str, Any], version: str, lost: list[str]) -> None:
    assert lost_headers(returned, version) == lost


def test_how_bad_it_is() -> None:
    """A cause of the block stands before it; what loses other headers is a warning, what loses nothing a note."""
    told = {example.name: finding for example in FOUND if (finding := found(example, RULE))}
    assert [told[name].severity for name in ("multi-value-headers", "no-status")] == [Severity.ERROR] * 2
    assert told["whose-cors-is-the-gateway-s"].severity is Severity.WARNING
    assert told["unknown"].severity is Severity.NOTE


def test_the_other_format_is_offered_where_it_can_be_chosen() -> None:
    told = {example.name: finding.fix.instead for example in FOUND if (finding := found(example, RULE))}
    field = IntegrationField.PAYLOAD_FORMAT_VERSION
    assert told["multi-value-headers"] == ((SetIntegration("plain", "ANY /x", field, "1.0", "2.0"),),)
    assert told["cookies"] == ((SetIntegration("one", "ANY /x", field, "2.0", "1.0"),),)
    assert told["of-a-function-url"] == ()
