from emulator.findings.changes import MendHandler
from emulator.findings.finding import Severity
from emulator.findings.rules.request_body_is_base64 import FORM, RULE
from emulator.messages import Request
from findings.examples import PLAIN, RAISED, REST, URL, Example, answers, call
from findings.one_rule import found, test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

DECODED = (MendHandler("f", "decode `body` from base64 when `isBase64Encoded` is true"),)


def post(content_type: str = "", body: bytes = b'{"item": 1}', path: str = "/x") -> Request:
    headers = {"Content_Type": content_type} if content_type else {}
    return call("POST", path, body=body, **headers)


FOUND = [
    Example("form", PLAIN, post(FORM, b"a=1"), answers(acao="*"), says="A body of type application"),
    Example("failed", PLAIN, post(FORM), answers(400, acao="*"), DECODED, says="and the function failed on it"),
    Example("raised", URL, post(path="/"), RAISED, DECODED, says="A body of no Content-Type reaches function 'f'"),
    Example("json-of-its-own", PLAIN, post("application/vnd.api+json; a=b"), answers(422, acao="*"), DECODED),
    Example("form-failed", PLAIN, post(FORM, b"a=1"), RAISED, DECODED),
]

NOT_FOUND = [
    Example("no-body", PLAIN, post(body=b""), answers(400)),
    Example("json", PLAIN, post("application/json"), answers(400)),
    Example("upload", PLAIN, post("multipart/form-data; boundary=x"), answers(400)),
    Example("rest-api", REST, post(FORM, path="/dev/x"), answers(400)),
    Example("no-route", PLAIN, post(FORM, path="/y"), answers()),
]


def test_it_is_a_note_until_a_function_fails() -> None:
    told = {example.name: finding for example in FOUND if (finding := found(example, RULE))}
    assert [told[name].severity for name in ("form", "failed")] == [Severity.NOTE, Severity.WARNING]
    assert told["failed"].fix.instead != ()
    assert told["form-failed"].fix.instead == ()
