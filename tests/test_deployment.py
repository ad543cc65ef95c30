from pathlib import Path

import pytest

from emulator.aws.api import Api
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import Deployment, Frontend, Place, nearest_place, url_of
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
