from dataclasses import replace

from emulator.aws.product import Layer
from emulator.findings.changes import RemoveHeaders, SetBase64Flag, SetBinaryMediaTypes
from emulator.findings.rules.content_encoding_broken import RULE
from findings.examples import DATA, GZIPPED, PACKED, PLAIN, URL, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "rest-without-binary-types",
        DATA,
        call(path="/dev/x", Accept="*/*"),
        answers(body=PACKED, is_base64=True, **GZIPPED),
        (SetBinaryMediaTypes("data", ("*/*",)),),
        Layer.GATEWAY,
        says="(here */*, and none)",
    ),
    Example(
        "rest-with-another-binary-type",
        replace(DATA, binary_media_types=("image/png",)),
        call(path="/dev/x"),
        answers(body=PACKED, is_base64=True, **GZIPPED),
        (SetBinaryMediaTypes("data", ("*/*",)),),
        Layer.GATEWAY,
        says="(here absent, and image/png)",
    ),
    Example(
        "rest-without-both",
        DATA,
        call(path="/dev/x", Accept="*/*"),
        answers(body=PACKED, **GZIPPED),
        (SetBinaryMediaTypes("data", ("*/*",)), SetBase64Flag("f")),
        Layer.GATEWAY,
    ),
    Example(
        "rest-flag-forgotten",
        replace(DATA, binary_media_types=("*/*",)),
        call(path="/dev/x", Accept="*/*"),
        answers(body=PACKED, **GZIPPED),
        (SetBase64Flag("f"),),
        Layer.FUNCTION,
    ),
    Example(
        "http-flag-forgotten",
        PLAIN,
        call(),
        answers(body=PACKED, **GZIPPED),
        (SetBase64Flag("f"),),
        Layer.FUNCTION,
        says="decoded only with `isBase64Encoded: true`",
    ),
    Example(
        "function-url-flag-forgotten",
        URL,
        call(path="/"),
        answers(body=PACKED, **GZIPPED),
        (SetBase64Flag("f"),),
        Layer.FUNCTION,
    ),
    Example(
        "http-plain",
        PLAIN,
        call(),
        answers(body="plain", **GZIPPED),
        (RemoveHeaders("f", "Content-Encoding"),),
        Layer.FUNCTION,
        says="net::ERR_CONTENT_DECODING_FAILED",
    ),
    Example(
        "base64-of-something-else",
        PLAIN,
        call(),
        answers(body="cGxhaW4=", **GZIPPED),
        (RemoveHeaders("f", "Content-Encoding"),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example(
        "binary-media-types",
        replace(DATA, binary_media_types=("*/*",)),
        call(path="/dev/x", Accept="*/*"),
        answers(body=PACKED, is_base64=True, **GZIPPED),
    ),
    Example("no-compression", DATA, call(path="/dev/x", Accept="*/*"), answers(body="unpacked")),
    Example("flag", PLAIN, call(), answers(body=PACKED, is_base64=True, **GZIPPED)),
    Example("no-body-is-sent-to-head", PLAIN, call("HEAD"), answers(body="plain", **GZIPPED)),
]
