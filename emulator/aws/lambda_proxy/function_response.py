"""Reads the fields of a function's response object: status, headers, body. Each product says how strictly."""

import json
import re
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

import orjson

from emulator.aws.lambda_proxy.request_headers import HOP_BY_HOP
from emulator.messages import TOKEN, Headers

NOT_SENT = HOP_BY_HOP | {"content-length", "date"}
"""The headers that an HTTP API and a function URL set themselves, in lower case. What they do with a function's own is
uncertain: these are dropped."""

BREAKS_MESSAGE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""A character that no field value can hold: every control character but the tab (RFC 9110, 5.5)."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A payload the product answers with its own error; `reason` tells the developer what to change.

    `undecodable` marks a body that claims to be base64 and is not, which a REST API words differently.
    """

    reason: str
    undecodable: bool = False


@dataclass(frozen=True, slots=True)
class FieldRules:
    """How a product reads the fields: `accepts_numeric_status` takes "201" for 201; `header_types` are the JSON types a
    header's value may have; `content_type` is what a response without one gets; `compacts_json` sends a result that is
    no response object without the whitespace between its JSON tokens."""

    content_type: str
    accepts_numeric_status: bool
    header_types: tuple[type, ...]
    compacts_json: bool = False


def parse_payload(payload: bytes) -> Any | Malformed:
    """Parse a payload as JSON; Malformed when it is none."""
    try:
        return orjson.loads(payload)
    except ValueError:
        return _parse_payload(payload)


def _parse_payload(payload: bytes) -> Any | Malformed:
    """Parse what orjson leaves: it knows no lone surrogates and no depth beyond 1024."""
    try:
        return _decode(payload.decode("utf-8"))
    except (ValueError, RecursionError):
        return Malformed(f"the function's response is not JSON: {shown(payload.decode('utf-8', 'replace'))}")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode


JSON_WHITESPACE = re.compile(rb'("(?:[^"\\]+|\\.)*")|[ \t\r\n]+')


def compact(json_text: bytes) -> bytes:
    """Take the whitespace between the tokens of a JSON text away, and leave each token as it was written."""
    return JSON_WHITESPACE.sub(rb"\1", json_text)


def shown(value: Any) -> str:
    """Write a JSON value as text, cut to a length a console line can hold."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}..."


def kind_of(value: Any) -> str:
    """Name the JSON type of a value, with its article: "an object"."""
    if value is None:
        return "null"
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean", int: "a number"}
    return names.get(type(value), "a number")


def described(value: Any) -> str:
    """Name the JSON type of a value, and show the value: "an array ([1])"."""
    return "null" if value is None else f"{kind_of(value)} ({shown(value)})"


def read_status(value: Any, rules: FieldRules) -> int | Malformed:
    """Read a status from 200 to 599: nothing else can end an HTTP exchange (AWS's own answer to 1xx is uncertain)."""
    status = value
    if rules.accepts_numeric_status and isinstance(value, str) and re.fullmatch(r"[0-9]{3}", value):
        status = int(value)
    if isinstance(status, int) and not isinstance(status, bool) and 200 <= status <= 599:
        return status
    return Malformed(
        f"the function returned statusCode {shown(value)} ({kind_of(value)}): it must be an integer from 200 to 599"
    )


def read_header(name: str, value: Any, rules: FieldRules) -> tuple[str, str] | Malformed:
    """Read one header pair fit for the wire; text beyond ASCII goes as UTF-8 bytes, carried as latin-1."""
    if not TOKEN.fullmatch(name):
        return Malformed(f"the function returned the header name {name!r}: it must be letters, digits and -")
    if not isinstance(value, rules.header_types):
        return Malformed(f"the function returned the header {name} as {described(value)}: make its value a string")
    text = value if isinstance(value, str) else json.dumps(value)
    if BREAKS_MESSAGE.search(text):
        return Malformed(
            f"the function returned a line break or other control character in the header {name}: remove it"
        )
    return name, text if text.isascii() else text.encode("utf-8", "replace").decode("latin-1")


def read_headers(headers: Any, rules: FieldRules) -> Headers | Malformed:
    """Read the pairs of a `headers` object; an absent one and null have none."""
    if headers is None:
        return ()
    if not isinstance(headers, dict):
        return Malformed(f"the function returned headers as {kind_of(headers)}: it must be an object of strings")
    pairs: list[tuple[str, str]] = []
    for name, value in headers.items():
        pair = read_header(name, value, rules)
        if isinstance(pair, Malformed):
            return pair
        pairs.append(pair)
    return tuple(pairs)


def read_body(body: Any, is_base64: Any, *, decodes: bool) -> bytes | Malformed:
    """Read the bytes of `body`; an absent one and null have none. `decodes` says whether this response's base64 is
    decoded at all."""
    if is_base64 is not None and not isinstance(is_base64, bool):
        return Malformed(f"the function returned isBase64Encoded as {kind_of(is_base64)}: it must be true or false")
    if body is None:
        return b""
    if not isinstance(body, str):
        return Malformed(
            f"the function returned a body that is {described(body)}; it must be a string: "
            "use json.dumps(body) or JSON.stringify(body)"
        )
    if not (is_base64 and decodes):
        return body.encode("utf-8", "replace")
    try:
        return b64decode(body, validate=True)
    except ValueError:
        return Malformed(
            f"the function returned isBase64Encoded true with a body that is not base64: {shown(body)}",
            undecodable=True,
        )


def with_content_type(pairs: Headers, rules: FieldRules) -> Headers:
    """Add the product's own Content-Type to the pairs when the function set none."""
    for name, _ in pairs:
        if name.lower() == "content-type":
            return pairs
    return (*pairs, ("content-type", rules.content_type))
