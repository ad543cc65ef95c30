import pytest

from emulator.aws.lambda_proxy.event_encoding import (
    encode_event,
    event_body,
    is_text,
    matches_binary_media_types,
    media_type,
)


@pytest.mark.parametrize(
    ("value", "essence"),
    [
        pytest.param(None, "", id="absent"),
        pytest.param("Text/HTML; charset=utf-8", "text/html", id="parameters-and-case"),
        pytest.param("image/png,image/*,*/*;q=0.8", "image/png", id="first-of-accept"),
        pytest.param('multipart/form-data; boundary="a,b"', "multipart/form-data", id="comma-in-a-parameter"),
    ],
)
def test_media_type(value: str | None, essence: str) -> None:
    assert media_type(value) == essence


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("text/plain", True),
        ("text/csv; charset=utf-8", True),
        ("application/json", True),
        ("Application/JSON;charset=utf-8", True),
        ("application/xml", True),
        ("application/javascript", True),
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=x", False),
        ("application/octet-stream", False),
        ("application/vnd.api+json", False),
        (None, False),
    ],
)
def test_http_api_text_types(content_type: str | None, text: bool) -> None:
    """ministackorg/ministack#766, verified against AWS; aws/aws-lambda-dotnet, V2_BinaryContent. +json: uncertain."""
    assert is_text(content_type) is text


@pytest.mark.parametrize(
    ("essence", "entries", "matches"),
    [
        pytest.param("image/png", ("image/png",), True, id="exact"),
        pytest.param("image/webp", ("image/png",), False, id="another"),
        pytest.param("image/*", ("image/png",), False, id="range-asked-for"),
        pytest.param("*/*", ("image/png",), False, id="anything-asked-for"),
        pytest.param("", ("image/png",), False, id="nothing-asked-for"),
        pytest.param("application/whatever", ("application/*",), True, id="subtype-wildcard"),
        pytest.param("application/*", ("application/*",), True, id="subtype-wildcard-itself"),
        pytest.param("applicationx/y", ("application/*",), False, id="prefix-ends-at-the-slash"),
        pytest.param("image/test", ("*/test",), False, id="type-wildcard-never-matches"),
        pytest.param("*/test", ("*/test",), False, id="type-wildcard-not-even-itself"),
        pytest.param("image/png", ("*/*",), True, id="everything"),
        pytest.param("*/*", ("*/*",), True, id="everything-itself"),
        pytest.param("", ("*/*",), True, id="everything-matches-nothing-too"),
        pytest.param("image/png", (), False, id="none-configured"),
    ],
)
def test_binary_media_types(essence: str, entries: tuple[str, ...], matches: bool) -> None:
    """localstack/localstack, test_aws_proxy_binary_response, validated on AWS; */*: AWS, Return binary media
    from a Lambda proxy integration."""
    assert matches_binary_media_types(essence, entries) is matches


@pytest.mark.parametrize(
    ("body", "as_text", "encoded"),
    [
        pytest.param(b"", True, (None, False), id="no-body"),
        pytest.param(b"", False, (None, False), id="no-binary-body"),
        pytest.param("λ".encode(), True, ("λ", False), id="text"),
        pytest.param(b"a\xff", True, ("a\ufffd", False), id="text-that-is-not-utf-8"),
        pytest.param(b"\x01\x02\x03\x04\x05", False, ("AQIDBAU=", True), id="aws-lambda-dotnet-BinaryContent"),
    ],
)
def test_event_body(body: bytes, as_text: bool, encoded: tuple[str | None, bool]) -> None:
    assert event_body(body, as_text=as_text) == encoded


def test_events_are_compact_utf_8() -> None:
    assert encode_event({"a": ["λ", None]}) == '{"a":["λ",null]}'.encode()
