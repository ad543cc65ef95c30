"""A REST API sent a function's base64 as it is: the client gets text where it expects a picture. Needs no browser."""

from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.content_coding import body_of, undecodable_coding
from emulator.findings.changes import SetBinaryMediaTypes
from emulator.findings.facts import says_base64
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

EVERYTHING = ("*/*",)


def find(case: Case) -> Found | None:
    """AWS, Return binary media from a Lambda proxy integration: base64 is decoded for a first media type of Accept that
    is among the binary media types, whatever Content-Type says."""
    api, answer = case.api, case.exchange.response
    if not isinstance(api, RestApi) or case.exchange.function_response is None or not says_base64(case):
        return None
    accept, body = case.request.header("accept"), body_of(answer, case.request.method)
    if not body or api.is_binary(accept) or undecodable_coding(answer.headers, body) is not None:
        return None
    accepted, types = "absent" if accept is None else accept, ", ".join(api.binary_media_types) or "none"
    rule = "A REST API decodes only when the first media type of Accept is among them"
    return Found(
        Layer.GATEWAY,
        f"The client got the base64 text that function '{case.function}' returned, {len(body)} bytes of it, with "
        f"Content-Type {answer.header('content-type')}: `isBase64Encoded: true` was not heeded.",
        (f"Accept: {accepted}; binary media types: {types}. {rule}",),
        Fix(
            (SetBinaryMediaTypes(api.name, EVERYTHING),),
            because=(
                "A page's fetch() sends Accept: */*, its <img> begins with image/avif, and no other entry takes both. "
                "Request bodies then reach the function in base64 too."
            ),
        ),
    )


RULE = Rule("base64-not-decoded", Severity.ERROR, find)
