from dataclasses import replace

from emulator.aws.product import Layer
from emulator.findings.changes import SetBinaryMediaTypes
from emulator.findings.rules.base64_not_decoded import RULE
from findings.examples import DATA, GZIPPED, PACKED, PLAIN, RAISED, URL, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

PNG = {"acao": "*", "Content-Type": "image/png"}
PICTURE = answers(body="iVBORw0KGgo=", is_base64=True, **PNG)
PNGS = replace(DATA, binary_media_types=("image/png",))
EVERYTHING = (SetBinaryMediaTypes("data", ("*/*",)),)

FOUND = [
    Example(
        "fetch",
        PNGS,
        call(path="/dev/x", Accept="*/*"),
        PICTURE,
        EVERYTHING,
        Layer.GATEWAY,
        says="12 bytes of it, with Content-Type image/png",
    ),
    Example("img", PNGS, call(path="/dev/x", Accept="image/avif,image/png"), PICTURE, EVERYTHING, Layer.GATEWAY),
    Example(
        "no-accept",
        DATA,
        call(path="/dev/x"),
        PICTURE,
        EVERYTHING,
        Layer.GATEWAY,
        says="Accept: absent; binary media types: none",
    ),
]

NOT_FOUND = [
    Example("first-of-accept", PNGS, call(path="/dev/x", Accept="image/png,*/*"), PICTURE),
    Example("all-types", replace(DATA, binary_media_types=("*/*",)), call(path="/dev/x", Accept="*/*"), PICTURE),
    Example("no-flag", DATA, call(path="/dev/x"), answers(body="iVBORw0KGgo=", **PNG)),
    Example("flag-in-a-text", DATA, call(path="/dev/x"), answers(body='{"isBase64Encoded": true}', **PNG)),
    Example("empty", DATA, call(path="/dev/x"), answers(body="", is_base64=True, **PNG)),
    Example("raises", DATA, call(path="/dev/x"), RAISED),
    Example("http-api-always-decodes", PLAIN, call(), PICTURE),
    Example("function-url-always-decodes", URL, call(path="/"), PICTURE),
    Example("told-as-broken-encoding", DATA, call(path="/dev/x"), answers(body=PACKED, is_base64=True, **GZIPPED)),
]
