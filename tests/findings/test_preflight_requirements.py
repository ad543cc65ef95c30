"""How a preflight gets past what its route requires; that the changes help is tested with the rules that propose
them."""

from dataclasses import replace

import pytest

from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Layer
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.rest_api import Method
from emulator.findings.changes import AddRoute, Change, DoByHand, SetGatewayResponse
from emulator.findings.review import review
from emulator.messages import Request
from findings.examples import PAGE, REST, answers, call, preflight
from serving.exchanges import exchanged

VALIDATING = MethodRequest(
    (("method.request.header.x", True),), validator=RequestValidator("v", validate_request_parameters=True)
)
KEYED = MethodRequest(api_key_required=True)
LAMBDA = LambdaProxy("f", "1.0", 29.0)
ANSWER = (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PUT"))
READABLE = (("Access-Control-Allow-Origin", PAGE),)


@pytest.mark.parametrize(
    ("key", "asked", "request_", "name", "change"),
    [
        pytest.param(
            "OPTIONS /x", VALIDATING, preflight("PUT", "/dev/x"), "error-response-without-cors",
            DoByHand("take `requestValidator` off the route `OPTIONS /x` of 'orders'"), id="validated-options",
        ),
        pytest.param(
            "ANY /x", VALIDATING, preflight("PUT", "/dev/x"), "error-response-without-cors",
            AddRoute("orders", "OPTIONS /x", ANSWER), id="validated-any",
        ),
        pytest.param(
            "OPTIONS /x", KEYED, preflight("PUT", "/dev/x"), "preflight-requires-authorization",
            DoByHand("take `apiKeyRequired` off the route `OPTIONS /x` of 'orders'"), id="keyed-options",
        ),
        pytest.param(
            "GET /x", KEYED, call(path="/dev/x"), "error-response-without-cors",
            SetGatewayResponse("orders", "DEFAULT_4XX", READABLE), id="what-the-page-gets-without-a-key",
        ),
        pytest.param(
            "GET /x", VALIDATING, call(path="/dev/x"), "error-response-without-cors",
            SetGatewayResponse("orders", "DEFAULT_4XX", READABLE), id="what-the-page-gets-when-it-is-invalid",
        ),
    ],
)  # fmt: skip
def test_what_is_told(key: str, asked: MethodRequest, request_: Request, name: str, change: Change) -> None:
    method, path = key.split()
    api = replace(REST, methods=(Method(method, path, LAMBDA, asked), Method("PUT", "/y", LAMBDA)))
    told = {finding.name: finding for finding in review(exchanged(api, request_, answers()), ()).findings}
    assert (told[name].layer, told[name].fix.changes) == (Layer.GATEWAY, (change,))
