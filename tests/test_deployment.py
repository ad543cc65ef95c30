from pathlib import Path

import pytest

from emulator.deployment import Deployment, Frontend, Place, nearest_place
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
