import pytest

from emulator.aws.integrations import LambdaProxy, Mock
from emulator.aws.product import Route


def test_a_route_whose_product_has_lambda_proxies_alone() -> None:
    proxy = LambdaProxy("orders")
    assert Route("GET /", "/", (), "/", "", proxy).lambda_proxy is proxy
    with pytest.raises(TypeError, match="GET / has an integration that is no Lambda proxy: Mock"):
        _ = Route("GET /", "/", (), "/", "", Mock()).lambda_proxy
