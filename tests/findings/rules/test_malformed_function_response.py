from dataclasses import replace

from emulator.findings.changes import MendHandler
from emulator.findings.rules.malformed_function_response import RULE
from emulator.functions.invocation import Returned
from findings.examples import DATA, LISTED, PLAIN, RAISED, REST, URL, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MEND = (
    MendHandler("f", "return an object with a numeric statusCode, headers of strings, and a body that is a string"),
)
OBJECT = Returned(b'{"statusCode": 200, "body": {"ok": true}}')

FOUND = [
    Example("rest-body-is-an-object", REST, call(path="/dev/x"), OBJECT, MEND, says="use json.dumps(body)"),
    Example("http-api", LISTED, call(), OBJECT, MEND, says="The client gets the HTTP API's own 500"),
    Example("function-url", URL, call(path="/"), OBJECT, MEND, says="The function returned a body that is an object"),
    Example("rest-no-json", REST, call(path="/dev/x"), Returned(b"text"), MEND),
    Example(
        "rest-no-base64",
        replace(DATA, binary_media_types=("*/*",)),
        call(path="/dev/x"),
        answers(body="?", is_base64=True),
        (MendHandler("f", "return its body in base64, or without `isBase64Encoded: true`"),),
    ),
]

NOT_FOUND = [
    Example("sound", REST, call(path="/dev/x"), answers()),
    Example("raises", REST, call(path="/dev/x"), RAISED),
    Example("http-api-takes-any-json", PLAIN, call(), Returned(b'{"ok": true}')),
]
