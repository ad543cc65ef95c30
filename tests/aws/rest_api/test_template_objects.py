"""`$input` and `$util`: AWS's mapping template reference, and what was recorded from AWS."""

import json
from typing import Any
from urllib.parse import unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.rest_api.java_methods import called
from emulator.aws.rest_api.template_objects import Input, Util
from emulator.aws.rest_api.template_values import RenderingError, Work

PARAMETERS = {"path": {"a": "1"}, "querystring": {"a": "2", "b": "3"}, "header": {"b": "4", "Origin": "o", "empty": ""}}


@pytest.mark.parametrize(
    ("body", "method", "arguments", "result"),
    [
        pytest.param('{"a": {"b": 1}}', "path", ["$.a.b"], 1, id="path"),
        pytest.param('{"a": null}', "path", ["$.a"], None, id="path-to-null"),
        pytest.param('{"a": 1}', "path", ["$.b"], None, id="path-to-nothing"),
        pytest.param("no JSON", "path", ["$.b"], None, id="path-into-no-json"),
        pytest.param("", "path", ["$"], {}, id="path-of-an-empty-body"),
        pytest.param('{"a": ["b", {"c": 1.5}]}', "json", ["$.a"], '["b",{"c":1.5}]', id="json"),
        pytest.param('{"a": "b"}', "json", ["$.a"], '"b"', id="json-of-a-text"),
        pytest.param('{"a": null}', "json", ["$.a"], "null", id="json-of-null"),
        pytest.param("{}", "json", ["$.a"], '""', id="json-of-nothing"),
        pytest.param("", "json", ["$"], "{}", id="json-of-an-empty-body"),
        pytest.param("", "params", ["a"], "1", id="the-path-first"),
        pytest.param("", "params", ["b"], "3", id="then-the-query-string"),
        pytest.param("", "params", ["Origin"], "o", id="then-the-headers"),
        pytest.param("", "params", ["origin"], "", id="none-of-that-name"),
        pytest.param("", "params", [], PARAMETERS, id="all"),
    ],
)
def test_input(body: str, method: str, arguments: list[Any], result: Any) -> None:
    assert called(Input(body, PARAMETERS), method, arguments, Work()) == result


def test_the_body_is_read_once_and_is_a_property() -> None:
    given = Input('{"a": 1}', {})
    work = Work()
    first = called(given, "path", ["$"], work)
    assert called(given, "path", ["$"], work) is first
    assert given.properties == {"body": '{"a": 1}'}
    assert Input("", {}).properties == {"body": "{}"}


@pytest.mark.parametrize(
    ("function", "argument", "result"),
    [
        ("escapeJavaScript", 'it\'s "x"\n\\', 'it\\\'s \\"x\\"\\n\\\\'),
        ("escapeJavaScript", "é/\x01😀", "\\u00E9\\/\\u0001\\uD83D\\uDE00"),
        ("escapeJavaScript", {"a": 1}, "{a=1}"),
        ("parseJson", '{"key1":"var1","key2":{"arr":[1,2,3]}}', {"key1": "var1", "key2": {"arr": [1, 2, 3]}}),
        ("urlEncode", '{"some": "value"}', "%7B%22some%22%3A+%22value%22%7D"),
        ("urlEncode", "~*-._é", "%7E*-._%C3%A9"),
        ("urlDecode", "a+b%2Fc", "a b/c"),
        ("base64Encode", "test-data", "dGVzdC1kYXRh"),
        ("base64Decode", "dGVzdC1kYXRh", "test-data"),
        ("base64Decode", "dGVzdA", "test"),
        ("base64Decode", "/w==", "�"),
        *((name, None, None) for name in Util.methods),
    ],
)
def test_util(function: str, argument: Any, result: Any) -> None:
    assert called(Util(), function, [argument], Work()) == result


@pytest.mark.parametrize(
    ("receiver", "method", "argument"),
    [
        (Util(), "parseJson", "{"),
        (Util(), "urlDecode", "%zz"),
        (Util(), "base64Decode", "?"),
        (Util(), "toJson", "a"),
        (Input("", {}), "path", "$["),
        (Input("", {}), "path", None),
        (Input("", {}), "params", []),
        (Input("", {"path": {}}), "params", []),
        (Input("", {}), "_json", "$"),
    ],
)
def test_failures(receiver: Any, method: str, argument: Any) -> None:
    if isinstance(receiver, Input) and method == "params" and not receiver.parameters:
        assert called(receiver, method, [argument], Work()) == ""
        return
    with pytest.raises(RenderingError):
        called(receiver, method, [argument], Work())


@given(st.text())
def test_what_is_escaped_and_encoded_can_be_read_back(written: str) -> None:
    escaped = called(Util(), "escapeJavaScript", [written], Work())
    assert json.loads('"' + escaped.replace("\\'", "'") + '"') == written
    encoded = called(Util(), "urlEncode", [written], Work())
    assert unquote_plus(encoded) == called(Util(), "urlDecode", [encoded], Work()) == written
    assert called(Util(), "base64Decode", [called(Util(), "base64Encode", [written], Work())], Work()) == written
