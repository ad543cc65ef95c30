"""A REST API made text of an upload that is none, and bytes of it are lost. Needs no browser."""

from emulator.aws.lambda_proxy.event_encoding import media_type
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import SetBinaryMediaTypes
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """AWS, Content type conversions in API Gateway: a body whose Content-Type is not among the binary media types is
    read as UTF-8. What is not UTF-8 is replaced (recorded from AWS by ministackorg/ministack)."""
    api, body = case.api, case.request.body
    if not body or not isinstance(api, RestApi) or case.exchange.result is None:
        return None
    content_type = case.request.header("content-type")
    if api.is_binary(content_type):
        return None
    lost = bytes_that_are_no_text(body)
    if not lost:
        return None
    now, essence = api.binary_media_types, media_type(content_type)
    added = essence or "*/*"
    return Found(
        Layer.GATEWAY,
        f"The upload reached function '{case.function}' broken: '{api.name}' took its {len(body)} bytes for text, and "
        f"those that are no UTF-8 became U+FFFD, {lost} times.",
        (f"Content-Type: {essence or 'absent'}; binary media types: {', '.join(now) or 'none'}",),
        Fix(
            (SetBinaryMediaTypes(api.name, (*now, added)),),
            because="The body then reaches the function in base64, with `isBase64Encoded: true` in the event.",
        ),
    )


def bytes_that_are_no_text(body: bytes) -> int:
    """Count the replacement characters that reading the body as UTF-8 makes."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace").count("\ufffd") - body.count(b"\xef\xbf\xbd")
    return 0


RULE = Rule("binary-body-as-text", Severity.ERROR, find)
