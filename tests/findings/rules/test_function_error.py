from dataclasses import replace

from emulator.findings.changes import MendHandler
from emulator.findings.rules.function_error import RULE
from emulator.functions.invocation import FunctionErrorKind, IntegrationTimeout, Returned
from findings.examples import LISTED, PLAIN, RAISED, REST, TOO_MUCH, URL, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

MEND = (MendHandler("f"),)
PYTHON = (
    '  File "/app/a.py", line 9, in handler\n    return one()\n',
    '  File "/a/a.py", line 2, in one\n    1 / 0\n',
)
NODE = ("    at one (/app/a.js:2:9)", "    at exports.handler (/app/a.js:9:3)")
CURL = replace(call(), headers=(("Host", "127.0.0.1:3000"), ("User-Agent", "curl/8.5.0")))

FOUND = [
    Example(
        "raises",
        REST,
        call(path="/dev/x"),
        RAISED,
        MEND,
        says="Function 'f' raised: ZeroDivisionError: division by zero. The client gets the REST API's own 502",
    ),
    Example("whose-error-the-page-can-read", LISTED, call(), RAISED, MEND, says="the HTTP API's own 500"),
    Example("called-by-no-browser", PLAIN, CURL, RAISED, MEND),
    Example("on-a-preflight", PLAIN, preflight("PUT"), RAISED, MEND, says="has no body, no cookie and no token"),
    Example("function-url", URL, call(path="/"), RAISED, MEND, says="the function URL's own 502"),
    Example(
        "does-not-start",
        PLAIN,
        call(),
        replace(RAISED, kind=FunctionErrorKind.INIT, error_type="Runtime.ImportModuleError"),
        MEND,
        says="Function 'f' does not start: Runtime.ImportModuleError",
    ),
    Example("ends", PLAIN, call(), replace(RAISED, kind=FunctionErrorKind.EXIT), MEND, says="ended its process"),
    Example(
        "returns-too-much",
        REST,
        call(path="/dev/x"),
        TOO_MUCH,
        (MendHandler("f", "answer with less: in pages, or with the presigned URL of an S3 object"),),
        says="returned more than Lambda passes on",
    ),
    Example("python-frame", PLAIN, call(), replace(RAISED, stack_trace=PYTHON), MEND, says='a.py", line 2, in one'),
    Example("node-frame", PLAIN, call(), replace(RAISED, stack_trace=NODE), MEND, says="at one (/app/a.js:2:9)"),
]

NOT_FOUND = [
    Example("answers", PLAIN, call(), answers(500)),
    Example("malformed", REST, call(path="/dev/x"), Returned(b'"text"')),
    Example("integration-timeout", PLAIN, call(), IntegrationTimeout(30.0)),
    Example("own-timeout", PLAIN, call(), replace(RAISED, kind=FunctionErrorKind.TIMEOUT)),
]
