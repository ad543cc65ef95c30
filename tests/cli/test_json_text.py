"""JSON as the command line takes and shows it: every way text is no JSON, with the place."""

import json

import pytest

from emulator.aws.limits import INVOCATION_PAYLOAD_BYTES
from emulator.cli.json_text import indented, read_event, readable
from emulator.errors import EmulatorError

SHOWN = [
    pytest.param(b'{"a":[1,"d\xc3\xa9j\xc3\xa0"]}', '{\n  "a": [\n    1,\n    "déjà"\n  ]\n}', id="indented"),
    pytest.param(b'"\\u009b\\u202e\\ud83e"', '"\\u009b\\u202e\\ud83e"', id="what-drives-a-terminal-stays-escaped"),
    pytest.param(b"", None, id="empty"),
    pytest.param(b"text", None, id="text"),
    pytest.param(b"\xff", None, id="not-utf-8"),
    pytest.param(b"[" * 200_000, None, id="too-deep"),
]


@pytest.mark.parametrize(("payload", "text"), SHOWN)
def test_a_payload_for_a_reader(payload: bytes, text: str | None) -> None:
    assert indented(payload) == text


def test_readable_json_says_the_same() -> None:
    value = {"a": "\x1b\x9b\u2028 é", "b": [True, None, 1.5]}
    assert json.loads(readable(value)) == value


TAKEN = [
    pytest.param(b'{"a": 1}\n', b'{"a": 1}\n', id="byte-for-byte"),
    pytest.param(b"\xef\xbb\xbf{}", b"{}", id="without-its-byte-order-mark"),
    pytest.param(b'"NaN"', b'"NaN"', id="a-string"),
    pytest.param(b" null ", b" null ", id="null"),
]


@pytest.mark.parametrize(("data", "event"), TAKEN)
def test_an_event_is_taken_as_it_is(data: bytes, event: bytes) -> None:
    assert read_event(data, "event.json") == event


COMMA = "event.json:1:7: not JSON: a comma before the `}`. Remove it."
REFUSED = [
    pytest.param(b"", "event.json is empty: an event is JSON, {} at the least.", id="empty"),
    pytest.param(b" \n", "event.json is empty: an event is JSON, {} at the least.", id="blank"),
    pytest.param(
        b'{"a":\n "\xe9"}', "event.json:2:3: the byte 0xe9 is not UTF-8. Save the event as UTF-8.", id="latin-1"
    ),
    pytest.param(b'{"a":1,}', COMMA, id="a-comma-too-many"),
    pytest.param(b'{"a":1,\n}', COMMA, id="a-comma-too-many-at-a-line-end"),
    pytest.param(b"[1,]", "event.json:1:3: not JSON: a comma before the `]`. Remove it.", id="in-a-list"),
    pytest.param(b"{'a': 1}", "event.json:1:2: not JSON: ", id="single-quotes"),
    pytest.param(b'{} // "a"', "event.json:1:4: not JSON: Extra data. Remove the comment.", id="a-comment"),
    pytest.param(b"{} # a", "event.json:1:4: not JSON: Extra data. Remove the comment.", id="a-comment-of-yaml"),
    pytest.param(b"{} {}", "event.json:1:4: not JSON: Extra data.", id="two-values"),
    pytest.param(
        b'{"a": "NaN",\n"b": NaN}',
        "event.json:2:6: not JSON: NaN is no JSON value. Write null, or a string.",
        id="not-a-number",
    ),
    pytest.param(b"[-Infinity]", "event.json:1:2: not JSON: -Infinity is no JSON value.", id="infinity"),
    pytest.param(b"[" * 200_000, "event.json: the event is nested too deeply to be read.", id="too-deep"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_what_is_no_event_is_said_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(EmulatorError) as raised:
        read_event(data, "event.json")
    assert str(raised.value).startswith(words)


def test_single_quotes_are_explained() -> None:
    with pytest.raises(EmulatorError, match=r"Strings are in double quotes\.$"):
        read_event(b"{'a': 1}", "event.json")


def test_an_event_has_lambdas_size_at_most() -> None:
    whole = b'"%s"' % (b"x" * (INVOCATION_PAYLOAD_BYTES - 2))
    assert read_event(whole, "event.json") == whole
    with pytest.raises(
        EmulatorError, match=rf"event\.json: the event is {INVOCATION_PAYLOAD_BYTES + 1} bytes; Lambda takes"
    ):
        read_event(whole + b" ", "event.json")
