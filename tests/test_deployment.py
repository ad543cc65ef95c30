from pathlib import Path

import pytest

from emulator.aws.api import Api
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import (
    BasePathMapping,
    CustomDomain,
    Deployment,
    Endpoint,
    Frontend,
    Place,
    nearest_place,
    url_of,
)
from emulator.functions.invocation import Function

PAGE = "https://shop.example.com"


@pytest.mark.parametrize(
    ("credentials", "api", "expected"),
    [
        pytest.param(None, "shop", None, id="undeclared"),
        pytest.param("include", "shop", "include", id="one-for-all"),
        pytest.param("include", None, "include", id="one-for-an-api-elsewhere"),
        pytest.param({"shop": "include"}, "shop", "include", id="named"),
        pytest.param({"shop": "include"}, "orders", None, id="not-named"),
        pytest.param({"shop": "include", "$default": "omit"}, "orders", "omit", id="default"),
        pytest.param({"shop": "include", "$default": "omit"}, None, "omit", id="default-for-an-api-elsewhere"),
    ],
)
def test_credentials_by_api(credentials: str | dict[str, str] | None, api: str | None, expected: str | None) -> None:
    assert Frontend(PAGE, credentials).credentials_for(api) == expected


API, CORS = Place("emulator.yaml", 2), Place("emulator.yaml", 5)
PLACES = {("api", "shop"): API, ("api", "shop", "cors"): CORS}


@pytest.mark.parametrize(
    ("key", "place"),
    [
        pytest.param(("api", "shop", "cors"), CORS, id="declared"),
        pytest.param(("api", "shop", "cors", "allowOrigins"), CORS, id="in-its-section"),
        pytest.param(("api", "shop", "route", "GET /x"), API, id="in-its-api"),
        pytest.param(("function", "items"), None, id="nowhere"),
    ],
)
def test_nearest_place(key: tuple[str, ...], place: Place | None) -> None:
    assert nearest_place(PLACES, key) == place


def test_a_place_in_words() -> None:
    assert str(CORS) == "emulator.yaml:5"


def test_where_it_is_declared_makes_no_other_deployment() -> None:
    assert Deployment((), {}, places=PLACES) == Deployment((), {})


def test_given_variables_win_over_a_functions_own() -> None:
    function = Function("items", "a.b", Path("/code"), environment=(("TABLE", "local"), ("STAGE", "dev")))
    given = Deployment((), {"items": function}).with_variables({"TABLE": "mine", "AWS_REGION": "eu-west-1"})
    assert given.functions["items"].environment == (("TABLE", "mine"), ("STAGE", "dev"), ("AWS_REGION", "eu-west-1"))


URL = FunctionUrl("url", "abcdef1234", "f")


@pytest.mark.parametrize(
    ("api", "host", "url"),
    [
        pytest.param(HttpApi("shop", "abcdef1234", ()), "localhost", "http://localhost:3000", id="default-stage"),
        pytest.param(HttpApi("shop", "abcdef1234", (), "v1"), "localhost", "http://localhost:3000/v1", id="http-stage"),
        pytest.param(
            RestApi("orders", "abcdef1234", (), "dev"), "127.0.0.1", "http://127.0.0.1:3000/dev", id="rest-stage"
        ),
        pytest.param(URL, "localhost", "http://localhost:3000", id="function-url"),
        pytest.param(URL, "::1", "http://[::1]:3000", id="ipv6"),
        pytest.param(URL, "0.0.0.0", "http://localhost:3000", id="every-address"),
        pytest.param(URL, "::", "http://localhost:3000", id="every-ipv6-address"),
    ],
)
def test_the_url_is_one_a_page_can_use(api: Api, host: str, url: str) -> None:
    assert url_of(api, 3000, host) == url


SHOP, ORDERS = HttpApi("shop", "abcdef1234", ()), RestApi("orders", "abcdef1234", (), "dev")
LISTENING = (Endpoint(SHOP, 3000), Endpoint(ORDERS, 3001, enforce=False), Endpoint(URL, 3002))


def domain(**mappings: str) -> CustomDomain:
    """Base paths by keyword, with `__` for the slash and "root" for the root."""
    keys = {key.replace("__", "/").removeprefix("root"): api for key, api in mappings.items()}
    return CustomDomain("api.example.com", 3005, tuple(BasePathMapping(key, api) for key, api in keys.items()))


@pytest.mark.parametrize(
    ("path", "api", "base_path"),
    [
        ("/orders/v1", "orders", "/orders/v1"),
        ("/orders/v1/1", "orders", "/orders/v1"),
        ("/orders/1", "shop", "/orders"),
        ("/orders", "shop", "/orders"),
        ("/customers", "orders", ""),
    ],
)
def test_the_longest_base_path_counts(path: str, api: str, base_path: str) -> None:
    """AWS: Use API mappings to connect API stages to a custom domain name for REST APIs."""
    deployment = Deployment(LISTENING, {}, custom_domains=(domain(root="orders", orders="shop", orders__v1="orders"),))
    found = deployment.endpoint_at(3005, path)
    assert found is not None
    assert (found.name, found.api.base_path, found.port) == (api, base_path, 3005)
    assert found.enforce is (api == "shop")


def test_a_path_of_no_mapping_is_the_first_apis_to_refuse() -> None:
    deployment = Deployment(LISTENING, {}, custom_domains=(domain(a="shop", b__c="orders"),))
    found = deployment.endpoint_at(3005, "/nowhere")
    assert found is not None
    assert found.api.base_path == "/b/c"


def test_what_leads_nowhere_is_left_out() -> None:
    deployment = Deployment(LISTENING, {}, custom_domains=(domain(a="other", b="url"),))
    assert (deployment.domain_endpoints, deployment.endpoint_at(3005, "/a")) == ((), None)


def test_everything_that_listens() -> None:
    deployment = Deployment(LISTENING, {}, custom_domains=(domain(v1="orders"),))
    assert [(one.kind, one.name) for one in deployment.listening] == [
        ("API", "shop"),
        ("API", "orders"),
        ("API", "url"),
        ("custom domain", "api.example.com"),
    ]
    assert deployment.endpoint_at(3001, "/x") == LISTENING[1]


def test_where_a_page_finds_an_api_by_a_domain() -> None:
    (served,) = Deployment(LISTENING, {}, custom_domains=(domain(v1="orders"),)).domain_endpoints
    (mapped,) = served.urls(3010, "127.0.0.1")
    assert (mapped.url, mapped.mapping) == ("http://127.0.0.1:3010/v1", ApiMapping("api.example.com", "v1"))
    assert mapped.api.name == "orders"
