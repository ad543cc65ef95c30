from dataclasses import replace

from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import SetBinaryMediaTypes
from emulator.findings.rules.binary_body_as_text import RULE, bytes_that_are_no_text
from findings.examples import PLAIN, Example, answers, call
from findings.one_rule import test_found, test_not_found
from products import a_method

__all__ = ["RULE", "test_found", "test_not_found"]

UPLOADS = RestApi("uploads", "abcdef1234", (a_method("POST", "/x"),), "dev")
BYTES = b"\x89PNG\r\n\x1a\n\xff"
OK = answers(acao="*")
FORM = "multipart/form-data; boundary=x"

FOUND = [
    Example(
        "form",
        UPLOADS,
        call("POST", "/dev/x", body=BYTES, Content_Type=FORM),
        OK,
        (SetBinaryMediaTypes("uploads", ("multipart/form-data",)),),
        Layer.GATEWAY,
        says="took its 9 bytes for text, and those that are no UTF-8 became U+FFFD, 2 times",
    ),
    Example(
        "another-type-is-listed",
        replace(UPLOADS, binary_media_types=("image/jpeg",)),
        call("POST", "/dev/x", body=BYTES, Content_Type="image/png"),
        OK,
        (SetBinaryMediaTypes("uploads", ("image/jpeg", "image/png")),),
        Layer.GATEWAY,
        says="Content-Type: image/png; binary media types: image/jpeg",
    ),
    Example(
        "no-type",
        UPLOADS,
        call("POST", "/dev/x", body=BYTES),
        OK,
        (SetBinaryMediaTypes("uploads", ("*/*",)),),
        Layer.GATEWAY,
        says="Content-Type: absent; binary media types: none",
    ),
]

NOT_FOUND = [
    Example("no-body", UPLOADS, call("POST", "/dev/x"), OK),
    Example("text", UPLOADS, call("POST", "/dev/x", body="naïve \ufffd".encode(), Content_Type="text/plain"), OK),
    Example("binary-type", replace(UPLOADS, binary_media_types=("image/*",)),
            call("POST", "/dev/x", body=BYTES, Content_Type="image/png"), OK),
    Example("no-route", UPLOADS, call("POST", "/dev/y", body=BYTES), OK),
    Example("http-api", PLAIN, call("POST", body=BYTES, Content_Type="image/png"), OK),
]  # fmt: skip


def test_what_is_replaced_is_counted() -> None:
    assert bytes_that_are_no_text(BYTES + "\ufffd".encode()) == 2
    assert bytes_that_are_no_text(b"plain") == 0
