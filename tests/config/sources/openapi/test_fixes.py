"""A fix of a finding, made in the document as it is worded: asked again, the finding is gone."""

import re
from typing import Any

import pytest
import yaml

from config.sources.openapi.documents import ARN, INTEGRATION, read
from emulator.browser.verdict import Blocked
from emulator.config.dialects.emulator_yaml import worded
from emulator.findings.review import Review, review
from emulator.messages import Request
from findings.before import exchanged_after
from findings.examples import answers, call, preflight

PROXY = {"type": "aws_proxy", "httpMethod": "POST", "uri": ARN.format("items"), "payloadFormatVersion": "2.0"}
DOCUMENT: dict[str, Any] = {"openapi": "3.0.1", "paths": {"/x": {"get": {INTEGRATION: PROXY}}}}
CORS = "x-amazon-apigateway-cors"
OTHERS = {"allowOrigins": ["https://other.test"], "allowMethods": ["GET"], "allowHeaders": ["x-a"]}


def reviewed(document: dict[str, Any], kind: str, request: Request) -> tuple[Review, str]:
    """The review of a call, and how its first fix is worded."""
    found = read(yaml.safe_dump(document, sort_keys=False), kind)
    assert found.problems == ()
    said = review(exchanged_after((), found.api, request, answers(), ()), ())
    error = next((one for one in said.findings if one.severity == "error"), None)
    return said, "" if error is None else worded(error.fix, found.places)


def applied(document: dict[str, Any], text: str) -> dict[str, Any]:
    """The document with the first change that is one of it, which is read of its words."""
    if added := re.match(r"Add `(x-[^`]*)` to the document \(api.yaml:1\)", text):
        return {**document, **yaml.safe_load(added[1])}
    if entry := re.match(r"Add (\S+) to `([^:]*): ([^`]*)` \(now [^)]*\) \(api.yaml:\d+\)", text):
        section = document[entry[2]]
        return {**document, entry[2]: {**section, entry[3]: [*section[entry[3]], entry[1]]}}
    written = re.search(r"rite ((?:(?! under ).)*) under `([^:]*): ([^:]*): ([^`]*)` \(api.yaml:1\)", text)
    assert written, text
    lines = [yaml.safe_load(line) for line in re.findall(r"`([^`]*)`", written[1])]
    merged = {name: value for line in lines for name, value in line.items()}
    return {**document, written[2]: {written[3]: {written[4]: merged}}}


@pytest.mark.parametrize(
    ("document", "kind", "request_"),
    [
        pytest.param({**DOCUMENT, CORS: OTHERS}, "http", call(), id="an-origin-is-added-to-cors"),
        pytest.param({**DOCUMENT, CORS: OTHERS}, "http", preflight("PUT"), id="a-preflight-is-let-in"),
        pytest.param(DOCUMENT, "rest", call(path="/dev/nowhere"), id="a-gateway-response"),
        pytest.param(DOCUMENT, "http", preflight("GET", headers="x-a"), id="cors-is-added"),
    ],
)
def test_a_fix_is_made_as_it_is_worded(document: dict[str, Any], kind: str, request_: Request) -> None:
    said, text = reviewed(document, kind, request_)
    assert isinstance(said.verdict, Blocked)
    seen = set()
    while isinstance(said.verdict, Blocked):
        assert text not in seen
        seen.add(text)
        document = applied(document, text)
        said, text = reviewed(document, kind, request_)
