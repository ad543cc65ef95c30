"""What a refused client reads."""

import json

from emulator.server.refusal import Refusal

REFUSAL = Refusal(431, "The head of 'é' is too long.")


def test_the_answer_is_problem_details() -> None:
    """RFC 9457."""
    response = REFUSAL.response()
    assert response.status == 431
    assert response.header("content-type") == "application/problem+json"
    assert json.loads(response.body) == {
        "title": "Request Header Fields Too Large",
        "status": 431,
        "detail": "The head of 'é' is too long.",
    }


def test_on_the_wire_it_ends_the_connection() -> None:
    head, _, body = REFUSAL.wire().partition(b"\r\n\r\n")
    line, *fields = head.split(b"\r\n")
    assert line == b"HTTP/1.1 431 Request Header Fields Too Large"
    assert b"connection: close" in fields
    assert b"content-length: %d" % len(body) in fields
    assert body == REFUSAL.response().body
