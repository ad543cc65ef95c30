"""Which requests the gateways refuse for their size (AWS: Quotas for HTTP APIs; Quotas for REST APIs)."""

import pytest

from emulator.aws.limits import REQUEST_BODY_BYTES, REQUEST_HEAD_BYTES
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.request_size import head_size, size_refusal
from emulator.messages import Request

HEADERS = (("Host", "a.test"), ("Cookie", "a=1"), ("Cookie", "b=2"))
QUERY = "q" * (REQUEST_HEAD_BYTES - head_size(Request("GET", "/path", "", HEADERS)))


def test_the_separators_of_a_head_are_not_counted() -> None:
    assert head_size(Request("GET", "/path", "a=1", HEADERS, b"body")) == len("GET/patha=1Hosta.testCookiea=1Cookieb=2")


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        pytest.param(Request("GET", "/path", QUERY, HEADERS), None, id="largest-head"),
        pytest.param(
            Request("GET", "/path", QUERY + "q", HEADERS),
            Refusal(RefusalKind.HEAD_TOO_LARGE, "request line and headers are 10241 bytes; API Gateway takes 10240"),
            id="head-too-large",
        ),
        pytest.param(Request("POST", "/", body=b"x" * REQUEST_BODY_BYTES), None, id="largest-body"),
        pytest.param(
            Request("POST", "/", QUERY * 2, body=b"x" * (REQUEST_BODY_BYTES + 1)),
            Refusal(RefusalKind.BODY_TOO_LARGE, "the request body is larger than 10 MB"),
            id="body-before-head",
        ),
    ],
)
def test_sizes(request_: Request, refusal: Refusal | None) -> None:
    assert size_refusal(request_) == refusal
