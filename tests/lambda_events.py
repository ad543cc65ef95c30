"""What the tests of the three products' events share: the request of the golden events, any request at all, and the
call and the event that a product makes of one."""

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from emulator.aws.integrations import LambdaCall
from emulator.aws.product import Product, Route
from emulator.messages import Request
from products import STAMP

FRESH_ROOT = f"Root={STAMP.trace_root}"
CLIENTS_TRACE = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"


def recorded(path: str, port: int) -> Request:
    """The request that the events of tests/aws/golden were captured of, as a client sends it to a local `port`."""
    return Request(
        "POST",
        path,
        "repeat=one&repeat=two&to=https%3A%2F%2Fexample.com%2Fa&literalPlus=a+b&encodedPlus=a%2Bb&empty=",
        headers=(
            ("Host", f"127.0.0.1:{port}"),
            ("user-agent", "curl/8.7.1"),
            ("accept", "*/*"),
            ("cookie", "session=abc123; theme=dark"),
            ("content-type", "application/json"),
            ("X-Probe", "first"),
            ("X-Probe", "second"),
            ("Connection", "keep-alive"),
            ("Content-Length", "12"),
        ),
        body='{"of": "λ"}'.encode(),
        scheme="http",
        port=port,
        source_ip="203.0.113.7",
    )


_WIRE = st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))
_NAMES = st.sampled_from(
    ["a", "Authorization", "Cookie", "Host", "User-Agent", "X-Amzn-Trace-Id", "X-HTTP-Method-Override"]
)


def any_request(prefix: str = "/") -> SearchStrategy[Request]:
    """Whatever can come off the wire to a path that begins with `prefix`."""
    headers = st.lists(st.tuples(_NAMES, _WIRE)).map(tuple)
    return st.builds(Request, st.just("GET"), _WIRE.map(lambda path: prefix + path), _WIRE, headers, st.binary())


def call_of(gateway: Product, request: Request) -> LambdaCall:
    """The call made of a request that a route takes."""
    route = gateway.select_route(request, STAMP)
    assert isinstance(route, Route)
    call = gateway.integrate(request, route, STAMP)
    assert isinstance(call, LambdaCall)
    return call


def event_of(gateway: Product, request: Request) -> Any:
    """The event built of a request that a route takes."""
    return json.loads(call_of(gateway, request).event)
