"""Bodies that are not what their Content-Encoding says: who has to change what, and that it helps."""

import gzip
from base64 import b64encode

import pytest

from emulator.aws.api import Api
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed, NetworkError
from emulator.findings.content_encoding import content_encoding
from emulator.findings.review import review
from emulator.messages import Request
from products import a_method, a_route
from serving.exchanges import answers, call, exchanged

PACKED = b64encode(gzip.compress(b"unpacked")).decode()
CORS = {"Access_Control_Allow_Origin": "*", "Content_Encoding": "gzip"}


def rest(*media_types: str) -> RestApi:
    return RestApi("data", "abcdef1234", (a_method("GET", "/x"),), "dev", binary_media_types=media_types)


HTTP = HttpApi("shop", "abcdef1234", (a_route("GET /x"),))
URL = FunctionUrl("url", "abcdef1234", "f")
FETCH = call(path="/dev/x", headers=(("Accept", "*/*"),))

MISMATCHES = [
    pytest.param(rest(), FETCH, PACKED, True, Layer.GATEWAY, 'Set `binaryMediaTypes: ["*/*"]` on \'data\'',
                 id="rest-without-binary-types"),
    pytest.param(rest("image/png"), FETCH, PACKED, True, Layer.GATEWAY, "among its binary media types (here */*, and "
                 "image/png)", id="rest-with-another-binary-type"),
    pytest.param(rest("*/*"), FETCH, PACKED, False, Layer.FUNCTION, "return `isBase64Encoded: true`",
                 id="rest-flag-forgotten"),
    pytest.param(HTTP, call(), PACKED, False, Layer.FUNCTION, "return `isBase64Encoded: true`",
                 id="http-flag-forgotten"),
    pytest.param(URL, call(path="/"), PACKED, False, Layer.FUNCTION, "return `isBase64Encoded: true`",
                 id="function-url-flag-forgotten"),
    pytest.param(HTTP, call(), "plain", False, Layer.FUNCTION, "without Content-Encoding", id="http-plain"),
    pytest.param(rest(), FETCH, "plain", False, Layer.FUNCTION, "without Content-Encoding", id="rest-plain"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "body", "flag", "layer", "said"), MISMATCHES)
def test_mismatch(api: Api, request_: Request, body: str, flag: bool, layer: Layer, said: str) -> None:
    reviewed = review(exchanged(api, request_, answers(body=body, is_base64=flag, **CORS)), ())
    assert isinstance(reviewed.verdict, NetworkError)
    (finding,) = reviewed.findings
    assert (finding.name, finding.layer) == ("content-encoding-broken", layer)
    assert "net::ERR_CONTENT_DECODING_FAILED" in finding.message
    assert said in " ".join((*finding.evidence, finding.fix))


@pytest.mark.parametrize(
    ("api", "request_", "body", "flag", "headers"),
    [
        pytest.param(rest("*/*"), FETCH, PACKED, True, CORS, id="binary-media-types"),
        pytest.param(rest(), FETCH, "unpacked", False, {"Access_Control_Allow_Origin": "*"}, id="no-compression"),
        pytest.param(HTTP, call(), PACKED, True, CORS, id="flag"),
    ],
)
def test_following_the_fix_cures(api: Api, request_: Request, body: str, flag: bool, headers: dict[str, str]) -> None:
    reviewed = review(exchanged(api, request_, answers(body=body, is_base64=flag, **headers)), ())
    assert isinstance(reviewed.verdict, Allowed)
    assert "content-encoding-broken" not in {finding.name for finding in reviewed.findings}


def test_no_body_is_sent_to_head() -> None:
    api = RestApi("data", "abcdef1234", (a_method("HEAD", "/x"),), "dev")
    exchange = exchanged(api, call("HEAD", "/dev/x"), answers(body="plain", **CORS))
    assert list(content_encoding(exchange)) == []
