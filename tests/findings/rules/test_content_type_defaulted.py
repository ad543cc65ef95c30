import json

from emulator.aws.http_api.http_api import HttpApi
from emulator.findings.changes import ReturnHeaders
from emulator.findings.rules.content_type_defaulted import RULE
from emulator.functions.invocation import Returned
from findings.examples import LISTED, PLAIN, RAISED, REST, URL, Example, answers, call
from findings.one_rule import test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

JSON = (ReturnHeaders("f", (("Content-Type", "application/json"),)),)
V1 = HttpApi("one", "abcdef1234", (a_route("ANY /x", version="1.0"),))
MULTI = {"statusCode": 200, "multiValueHeaders": {"content-type": ["text/plain; charset=utf-8"]}, "body": "[1]"}

FOUND = [
    Example("object", LISTED, call(), answers(body='{"a": 1}'), JSON, says="calls that text/plain; charset=utf-8"),
    Example("array", PLAIN, call(), answers(body="[1]", acao="*"), JSON),
]

NOT_FOUND = [
    Example("typed", PLAIN, call(), answers(body="[1]", **{"content-type": "application/json"})),
    Example("text-on-purpose", PLAIN, call(), answers(body="[1]", **{"Content-Type": "text/plain; charset=utf-8"})),
    Example("text-on-purpose-of-many", V1, call(), Returned(json.dumps(MULTI).encode())),
    Example("text", PLAIN, call(), answers(body="[sic]")),
    Example("sentence", PLAIN, call(), answers(body="done")),
    Example("nothing-in-it", PLAIN, call(), answers(body="{}")),
    Example("rest-api", REST, call(path="/dev/x"), answers(body="[1]")),
    Example("function-url", URL, call(path="/"), answers(body="[1]")),
    Example("data", PLAIN, call(), Returned(b'{"a": 1}')),
    Example("no-object", PLAIN, call(), Returned(b"[1]")),
    Example("raises", PLAIN, call(), RAISED),
]
