import pytest

from emulator.aws.integrations import LambdaProxy
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.product import Route
from emulator.aws.rest_api.request_values import literal, request_values, sendable
from emulator.messages import Request
from products import STAMP

STAGE = Stage("abc123", "dev", (("table", "orders"),))
ROUTE = Route("GET /pets/{id}", "/pets/{id}", (("id", "a%20b"),), "/pets/a%20b", "Root=1", LambdaProxy("f", "1.0"))
HEADERS = (("Host", "localhost:3000"), ("X-Pet", "cat"), ("X-Pet", "dog"), ("Origin", "https://a.example"))
REQUEST = Request("GET", "/dev/pets/a%20b", "q=1&q=2", HEADERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("method.request.header.X-Pet", "dog"),
        ("method.request.header.x-pet", None),
        ("method.request.querystring.q", "2"),
        ("method.request.querystring.r", None),
        ("method.request.path.id", "a%20b"),
        ("method.request.path.other", None),
        ("context.stage", "dev"),
        ("context.identity.sourceIp", "127.0.0.1"),
        ("context.identity", None),
        ("context.stage.more", None),
        ("context.requestTimeEpoch", "1783711145766"),
        ("stageVariables.table", "orders"),
        ("stageVariables.none", None),
    ],
)
def test_what_a_mapping_names(name: str, value: str | None) -> None:
    assert request_values(REQUEST, ROUTE, STAGE, STAMP)(name) == value


def test_without_a_route() -> None:
    values = request_values(REQUEST, None, STAGE, STAMP)
    assert (values("method.request.path.id"), values("context.resourcePath")) == (None, "")


def test_a_browser_sends_lower_case_names_to_aws() -> None:
    page = Request("GET", "/dev/pets/1", headers=(*HEADERS, ("Sec-Fetch-Site", "cross-site")))
    values = request_values(page, ROUTE, STAGE, STAMP)
    assert (values.header("Origin"), values.header("origin")) == (None, "https://a.example")


@pytest.mark.parametrize(
    ("source", "said"), [("'*'", "*"), ("''", ""), ("'it's'", "it's"), ("'", None), ("context.stage", None)]
)
def test_literals(source: str, said: str | None) -> None:
    assert literal(source) == said


def test_a_value_never_ends_its_header() -> None:
    assert sendable((("a", "1\r\nb: 2"), ("c", "\xe4\t"))) == (("c", "\xe4\t"),)
