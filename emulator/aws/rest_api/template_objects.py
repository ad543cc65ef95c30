"""`$input` and `$util` of a mapping template (AWS: Variables for data transformations for API Gateway, which is the
mapping template and access logging variable reference)."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from emulator.aws.rest_api import json_path
from emulator.aws.rest_api.java_methods import Method
from emulator.aws.rest_api.template_values import Work, json_text, read_json, text

_SHORT_ESCAPES = {
    "\b": "\\b",
    "\n": "\\n",
    "\t": "\\t",
    "\f": "\\f",
    "\r": "\\r",
    "'": "\\'",
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
}
_TO_ESCAPE = re.compile(r"[^\x20-\x7e]|['\"\\/]")
_UNSET = object()


@dataclass(slots=True)
class Input:
    """`$input`: the payload, and the parameters of the request. An empty body counts as `{}` (localstack/localstack,
    test_input_body_formatting, recorded from AWS)."""

    body: str
    parameters: dict[str, dict[str, Any]]
    document: Any = field(default=_UNSET)

    @property
    def methods(self) -> Mapping[str, Method]:
        """The methods of `$input`."""
        return {"json": self._json, "params": self._params, "path": self._path}

    @property
    def properties(self) -> Mapping[str, Any]:
        """The properties of `$input`."""
        return {"body": self.body or "{}"}

    def _found(self, work: Work, path: str) -> Any:
        """Find what a JSONPath names. A body that is no JSON has nothing in it (uncertain)."""
        if self.document is _UNSET:
            try:
                self.document = read_json(self.body or "{}", work)
            except ValueError:
                self.document = json_path.MISSING
        return json_path.found(path, self.document, work)

    def _json(self, work: Work, _: "Input", path: str) -> str:
        """Write what is found as JSON; what is not there is the empty text, in quotes (uncertain)."""
        value = self._found(work, path)
        return '""' if value is json_path.MISSING else json_text(value, work)

    def _path(self, work: Work, _: "Input", path: str) -> Any:
        value = self._found(work, path)
        return None if value is json_path.MISSING else value

    def _params(self, _work: Work, _: "Input", name: str | None = None) -> Any:
        """Return all parameters, or the value of one: searched in the path, the query string and the headers, in this
        order, and empty where it is in none. Header names count with their case (uncertain)."""
        if name is None:
            return self.parameters
        return next((one[name] for one in self.parameters.values() if name in one), "")


def _escaped(value: str) -> str:
    """Escape a text as Apache Commons Lang's escapeJavaScript() does, single quotes with the rest, which JSON does not
    have (AWS: `$util.escapeJavaScript()`). That a slash and what is not ASCII are escaped too is uncertain; as JSON it
    is the same text."""

    def escape(one: re.Match[str]) -> str:
        units = one[0].encode("utf-16-be", "surrogatepass").hex().upper()
        return _SHORT_ESCAPES.get(one[0]) or "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    return _TO_ESCAPE.sub(escape, value)


def _url_encoded(value: str) -> str:
    """Encode as Java's URLEncoder does, which leaves `*` and encodes `~`."""
    return quote_plus(value, safe="*", errors="replace").replace("~", "%7E")


def _url_decoded(value: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", value):
        raise ValueError("a % has no two hexadecimal digits after it")
    return unquote_plus(value)


def _base64_decoded(value: str) -> str:
    """Decode as Java's Base64 does, which needs no padding."""
    return base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8", "replace")


def _base64_encoded(value: str) -> str:
    return base64.b64encode(value.encode("utf-8", "replace")).decode()


def _of_text(function: Callable[[str], str], value: Any, work: Work) -> str | None:
    return None if value is None else function(text(value, work))


class Util:
    """`$util`. Of null each of its functions makes null (urlEncode: localstack/localstack, test_input_body_formatting,
    recorded from AWS; the others are uncertain)."""

    methods: Mapping[str, Method] = {
        "base64Decode": lambda work, _, value: _of_text(_base64_decoded, value, work),
        "base64Encode": lambda work, _, value: _of_text(_base64_encoded, value, work),
        "escapeJavaScript": lambda work, _, value: _of_text(_escaped, value, work),
        "parseJson": lambda work, _, value: None if value is None else read_json(text(value, work), work),
        "urlDecode": lambda work, _, value: _of_text(_url_decoded, value, work),
        "urlEncode": lambda work, _, value: _of_text(_url_encoded, value, work),
    }
