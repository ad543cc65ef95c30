import pytest

from emulator.deployment import Frontend

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
