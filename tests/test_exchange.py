from dataclasses import replace

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaCustom, LambdaProxy, Mock, Mocked
from emulator.aws.product import Layer, Outcome, Preflight, Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.exchange import Enforced, Exchange, Times
from emulator.messages import Request, Response
from products import STAMP

ROUTE = Route("GET /x", "/x", (), "/x", "", LambdaProxy("items"))
RESPONSE = Response(200, (("access-control-allow-origin", "*"),))
OWN = Response(200)
DENIED = Refusal(RefusalKind.ACCESS_DENIED, "it has none of the scopes")
REFUSED = Refusal(RefusalKind.FUNCTION_ERROR, "KeyError")


def exchange(outcome: Outcome, route: Route | None = ROUTE) -> Exchange:
    api = HttpApi("shop", "abc123", ())
    return Exchange(api, Request("GET", "/x"), STAMP, route, None, outcome, RESPONSE, Times(1.0, 2.0, 0.5))


@pytest.mark.parametrize(
    ("outcome", "layer", "function_response", "refusal"),
    [
        pytest.param(OWN, Layer.FUNCTION, OWN, None, id="function"),
        pytest.param(REFUSED, Layer.GATEWAY, None, REFUSED, id="refused"),
        pytest.param(DENIED, Layer.AUTHORIZER, None, DENIED, id="authorizer"),
        pytest.param(Preflight(OWN), Layer.GATEWAY, None, None, id="preflight"),
        pytest.param(Mocked(OWN), Layer.GATEWAY, None, None, id="mocked"),
    ],
)
def test_who_decided(
    outcome: Outcome, layer: Layer, function_response: Response | None, refusal: Refusal | None
) -> None:
    seen = exchange(outcome)
    assert (seen.layer, seen.function_response, seen.refusal) == (layer, function_response, refusal)


def test_what_a_mock_answered() -> None:
    mocked = Mocked(OWN)
    assert (exchange(mocked).mocked, exchange(OWN).mocked) == (mocked, None)


def test_a_browser_decides_what_enforcement_blocks() -> None:
    request = Request("PUT", "/x")
    preflight = replace(exchange(Preflight(OWN)), made_for=request)
    for blocked, is_sent in ((exchange(OWN), True), (preflight, False)):
        seen = replace(blocked, outcome=Enforced(blocked))
        assert (seen.layer, seen.function_response, seen.refusal) == (Layer.BROWSER, None, None)
        assert Enforced(blocked).is_sent is is_sent


def test_the_function_is_that_of_the_route() -> None:
    assert (exchange(OWN).function, exchange(REFUSED, route=None).function) == ("items", None)
    custom = exchange(OWN, replace(ROUTE, integration=LambdaCustom("custom")))
    assert (custom.function, exchange(Mocked(OWN), replace(ROUTE, integration=Mock())).function) == ("custom", None)


def test_the_payload_format_is_that_of_a_proxy() -> None:
    seen = (exchange(OWN), exchange(OWN, replace(ROUTE, integration=Mock())), exchange(REFUSED, route=None))
    assert [one.payload_format_version for one in seen] == ["2.0", None, None]


def test_elapsed_is_the_sum_of_the_parts() -> None:
    assert exchange(OWN).elapsed_ms == 3.5
