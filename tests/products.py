"""What tests of the products and of what stands on them share: a stamp, and routes to Lambda functions in few words."""

from emulator.aws.http_api.http_api import ConfiguredRoute
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Stamp
from emulator.aws.rest_api.rest_api import Method

STAMP = Stamp(
    epoch_ms=1783711145766,
    request_id="7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0",
    extended_request_id="ATfSmjLgPHcESJw=",
    trace_root="1-6a5145a9-1bae89e2512ec92d5d9438a0",
)


def a_route(key: str, function: str = "f", version: str = "2.0", timeout_s: float = 30.0) -> ConfiguredRoute:
    """A route of an HTTP API, in few words."""
    return ConfiguredRoute(key, LambdaProxy(function, version, timeout_s))


def a_method(http_method: str, path: str, function: str = "f", timeout_s: float = 29.0) -> Method:
    """A method of a REST API, in few words."""
    return Method(http_method, path, LambdaProxy(function, "1.0", timeout_s))
