from emulator.aws.product import Layer
from emulator.findings.changes import DoByHand
from emulator.findings.rules.request_too_large import RULE
from findings.examples import PLAIN, REST, URL, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "rest-body-over-10-MB",
        REST,
        call("POST", "/dev/x", body=b"x" * 10500000),
        answers(),
        (
            DoByHand(
                "send less: upload to S3 by a presigned URL, or send it in parts (the "
                "request body is larger than 10 MB)"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "rest-event-over-6-MB",
        REST,
        call(path="/dev/x", body=b"x" * 7000000),
        answers(),
        (
            DoByHand(
                "send less: upload to S3 by a presigned URL, or send it in parts (the event "
                "is 7001337 bytes; Lambda takes 6 MB)"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "rest-head-over-10-KB",
        REST,
        call(path="/dev/x", Authorization="x" * 11000),
        answers(),
        (
            DoByHand(
                "send less: shorten the URL, the token or the cookies (request line and "
                "headers are 11067 bytes; API Gateway takes 10240)"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "rest-preflight-over-10-KB",
        REST,
        preflight("PUT", "/dev/x", headers="x" * 11000),
        answers(),
        (
            DoByHand(
                "send less: shorten the URL, the token or the cookies (request line and "
                "headers are 11120 bytes; API Gateway takes 10240)"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "http-body-over-10-MB",
        PLAIN,
        call("POST", body=b"x" * 10500000),
        answers(),
        (
            DoByHand(
                "send less: upload to S3 by a presigned URL, or send it in parts (the "
                "request body is larger than 10 MB)"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "function-url-body-too-large",
        URL,
        call("POST", "/", body=b"x" * 10500000),
        answers(),
        (
            DoByHand(
                "send less: upload to S3 by a presigned URL, or send it in parts (the request body is larger than 6 MB)"
            ),
        ),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("small", REST, call(path="/dev/x"), answers()),
    Example("function-says-413", REST, call(path="/dev/x"), answers(413)),
    Example("unknown-route", REST, call(path="/dev/nowhere"), answers()),
]
