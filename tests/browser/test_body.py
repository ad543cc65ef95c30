from email import message_from_bytes

import pytest

from emulator.browser.body import Body, extract


@pytest.mark.parametrize(
    ("body", "data", "content_type"),
    [
        pytest.param("ü", "ü".encode(), "text/plain;charset=UTF-8", id="string"),
        pytest.param("", b"", "text/plain;charset=UTF-8", id="empty-string"),
        pytest.param(b"\x01", b"\x01", None, id="array-buffer"),
        pytest.param(Body.blob(b"\x01", "Image/PNG"), b"\x01", "image/png", id="blob-type-is-lower-cased"),
        pytest.param(Body.blob("x"), b"x", None, id="blob-without-type"),
        pytest.param(Body.blob("x", "text/é"), b"x", None, id="blob-with-unprintable-type"),
        pytest.param(
            Body.urlencoded({"a b": "1&2", "~": "*"}),
            b"a+b=1%262&%7E=*",
            "application/x-www-form-urlencoded;charset=UTF-8",
            id="url-search-params",
        ),
        pytest.param(Body.stream(b"x"), b"x", None, id="stream"),
    ],
)
def test_bodies_bring_their_type(body: Body | str | bytes, data: bytes, content_type: str | None) -> None:
    extracted = extract(body)
    assert extracted is not None
    assert (extracted.data, extracted.content_type) == (data, content_type)


def test_no_body() -> None:
    assert extract(None) is None


def test_form_data_is_multipart() -> None:
    body = Body.form({'say "hi"\n': "line\nend", "file": b"\x00\x01"})
    message = message_from_bytes(b"Content-Type: " + (body.content_type or "").encode() + b"\r\n\r\n" + body.data)
    text, file = message.get_payload()
    assert text.get_param("name", header="content-disposition") == "say %22hi%22%0D%0A"
    assert text.get_payload(decode=True) == b"line\r\nend"
    assert file.get_filename() == "blob"
    assert file.get_content_type() == "application/octet-stream"
    assert file.get_payload(decode=True) == b"\x00\x01"


def test_equal_forms_are_equal() -> None:
    assert Body.form({"a": "1"}) == Body.form({"a": "1"})
    assert Body.form({"a": "1"}) != Body.form({"a": "2"})
