"""Credentials for all APIs, or by API; one dev origin, or several."""

import pytest
from pydantic import ValidationError

from emulator.config.emulator_yaml.schema.frontend import Frontend

ORIGIN = "https://shop.example.com"


@pytest.mark.parametrize(
    "credentials",
    [
        pytest.param("include", id="for-all"),
        pytest.param({"shop": "include", "$default": "omit"}, id="by-api"),
        pytest.param(None, id="not-said"),
    ],
)
def test_credentials(credentials):
    assert Frontend.model_validate({"origin": ORIGIN, "credentials": credentials}).credentials == credentials


@pytest.mark.parametrize(
    ("credentials", "form"),
    [
        pytest.param("never", "mode", id="no-mode"),
        pytest.param({"shop": "never"}, "by-api", id="no-mode-of-an-api"),
        pytest.param({}, "by-api", id="of-no-api"),
        pytest.param(["omit"], "mode", id="list"),
    ],
)
def test_what_is_wrong_is_told_of_the_form_that_was_meant(credentials, form):
    with pytest.raises(ValidationError) as raised:
        Frontend.model_validate({"origin": ORIGIN, "credentials": credentials})
    assert [error["loc"][:2] for error in raised.value.errors()] == [("credentials", form)]


@pytest.mark.parametrize(
    ("declared", "dev"),
    [
        pytest.param({}, (), id="none"),
        pytest.param({"dev": "http://localhost:5173"}, ("http://localhost:5173",), id="one"),
        pytest.param({"dev": ["http://a", "http://b"]}, ("http://a", "http://b"), id="several"),
    ],
)
def test_dev(declared, dev):
    assert Frontend.model_validate({"origin": ORIGIN, **declared}).dev == dev


def test_a_mapping_is_no_dev_origin():
    with pytest.raises(ValidationError) as raised:
        Frontend.model_validate({"origin": ORIGIN, "dev": {"shop": "http://localhost:5173"}})
    assert [error["loc"] for error in raised.value.errors()] == [("dev",)]
