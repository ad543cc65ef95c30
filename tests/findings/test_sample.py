"""The sample of the repository: of what is right in it neither an error nor a warning is said, whichever of the calls
its pages make. What is broken in it is under `/broken`, and is left out."""

import asyncio
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from emulator import gateway
from emulator.browser.verdict import Allowed
from emulator.config.load import Loaded, load
from emulator.exchange import Exchange
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.functions.invocation import Function, Invocation, Result, Returned
from emulator.messages import Request
from findings.examples import call, preflight
from products import STAMP

ROOT = Path(__file__).parent.parent.parent
JSON = {"Content_Type": "application/json"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
COOKIE = {"Cookie": "session=ann"}
LOCALHOST, LOOPBACK = "http://localhost:5173", "http://127.0.0.1:5173"


@pytest.fixture(scope="module")
def sample() -> Loaded:
    return load(ROOT / "emulator.yaml")


def handler_of(function: Function) -> Callable[[Any, Any], Any]:
    module, _, name = function.handler.rpartition(".")
    spec = importlib.util.spec_from_file_location(module, function.code_uri / f"{module}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return getattr(loaded, name)  # type: ignore[no-any-return]


def exchanged(sample: Loaded, api: str, request: Request) -> Exchange:
    """The exchange with a handler of the sample, run in this process."""

    async def invoke(name: str, invocation: Invocation) -> Result:
        handle = handler_of(sample.deployment.functions[name])
        answer = handle(json.loads(invocation.payload), SimpleNamespace(aws_request_id=invocation.request_id))
        return Returned(json.dumps(answer).encode())

    (found,) = [endpoint.api for endpoint in sample.deployment.endpoints if endpoint.api.name == api]
    return asyncio.run(gateway.handle(found, request, STAMP, invoke, lambda: 0.0))


CALLS = [
    pytest.param("shop", "GET", "/items", {}, b"", id="list"),
    pytest.param("shop", "GET", "/items/1", {}, b"", id="item"),
    pytest.param("shop", "GET", "/items/9", {}, b"", id="no-such-item"),
    pytest.param("shop", "POST", "/items", JSON, b'{"name": "Cup"}', id="add"),
    pytest.param("shop", "POST", "/login", {}, b"", id="log-in"),
    pytest.param("shop", "GET", "/me", COOKIE, b"", id="me"),
    pytest.param("shop", "GET", "/me", {}, b"", id="not-logged-in"),
    pytest.param("orders", "GET", "/dev/orders", COOKIE, b"", id="orders"),
    pytest.param("orders", "POST", "/dev/orders", JSON, b'{"item": "1"}', id="order"),
    pytest.param("orders", "POST", "/dev/orders", JSON, b"{", id="bad-order"),
    pytest.param("contact", "POST", "/", FORM, b"name=Ann", id="contact"),
]


@pytest.mark.parametrize(("api", "method", "path", "headers", "body"), CALLS)
@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["one-host", "two-hosts"])
def test_nothing_is_wrong_with_what_is_right(
    sample: Loaded, api: str, method: str, path: str, headers: dict[str, str], body: bytes, is_elsewhere: bool
) -> None:
    """The page's host is the API's own, or another name of this machine; where that is another site, a cookie that is
    meant for one site is refused, and said to be."""
    origin = LOCALHOST if is_elsewhere else LOOPBACK
    asked = [call(method, path, origin, body=body, **headers)]
    if "Content_Type" in headers and headers is JSON:
        asked.insert(0, preflight(method, path, origin, "content-type"))
    for request in asked:
        reviewed = review(exchanged(sample, api, request), sample.deployment.frontends)
        assert isinstance(reviewed.verdict, Allowed)
        said = {one.name for one in reviewed.findings if one.severity is not Severity.NOTE}
        assert said == ({"cookie-refused"} if is_elsewhere and path == "/login" else set())
