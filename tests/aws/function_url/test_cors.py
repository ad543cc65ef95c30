"""The CORS headers a function URL adds. Sources: AWS, Invoking Lambda function URLs, and recordings of live URLs."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.cors import actual_headers, allow_origin, has_comma, preflight_headers

APP = "https://app.example"
CORS = CorsConfiguration(
    allow_origins=(APP,),
    allow_methods=("POST", "GET"),
    allow_headers=("X-Token", "Content-Type"),
    expose_headers=("X-Total",),
    allow_credentials=True,
    max_age=600,
)
ANY = replace(CORS, allow_origins=("*",))
BARE = CorsConfiguration(allow_origins=(APP,))


@pytest.mark.parametrize(
    ("cors", "origin", "allowed"),
    [
        pytest.param(CORS, APP, APP, id="listed"),
        pytest.param(CORS, "https://evil.example", None, id="foreign"),
        pytest.param(CORS, f"{APP}/", None, id="slash"),
        pytest.param(CORS, APP.upper(), None, id="case"),
        pytest.param(CORS, "null", None, id="null"),
        pytest.param(CORS, None, None, id="no-origin"),
        pytest.param(None, APP, None, id="no-cors-configured"),
        pytest.param(ANY, "https://any.example", "https://any.example", id="any-is-echoed"),
        pytest.param(ANY, "null", "null", id="any-null-is-echoed"),
        pytest.param(ANY, None, None, id="any-without-origin"),
    ],
)
def test_allow_origin(cors: CorsConfiguration | None, origin: str | None, allowed: str | None) -> None:
    """LeanerCloud/CUDly#390 with credentials, aws-powertools/powertools-lambda-python#4163 without, both live."""
    assert allow_origin(cors, origin) == allowed


def test_preflight_headers_are_the_whole_lists() -> None:
    """rimutaka/posts, lambda-url-with-cloudfront, recorded 2024-08-08: Vary, whole lists with a comma and no space;
    names in lower case: go-to-k/cdk-real-drift#874. The lists' order is uncertain."""
    assert preflight_headers(CORS) == (
        ("Access-Control-Allow-Headers", "x-token,content-type"),
        ("Access-Control-Allow-Methods", "POST,GET"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Max-Age", "600"),
        ("Vary", "Origin"),
    )


def test_actual_headers() -> None:
    assert actual_headers(CORS) == (
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", "x-total"),
        ("Vary", "Origin"),
    )


def test_headers_only_where_configured() -> None:
    assert preflight_headers(BARE) == actual_headers(BARE) == (("Vary", "Origin"),)


def test_the_origins_of_a_wildcard_get_no_vary() -> None:
    """Uncertain: no recording shows one."""
    assert ("Vary", "Origin") not in (*(preflight_headers(ANY) or ()), *actual_headers(ANY))


def test_a_max_age_of_zero_is_sent() -> None:
    assert ("Access-Control-Max-Age", "0") in (preflight_headers(replace(CORS, max_age=0)) or ())


def test_a_list_in_one_entry_of_allow_headers_spoils_every_preflight() -> None:
    """rimutaka/posts, lambda-url-with-cloudfront; CodeGenieApp/serverless-express#508."""
    cors = replace(CORS, allow_headers=("x-token", "Content-Type,Authorization"))
    assert (has_comma(cors.allow_headers), has_comma(CORS.allow_headers)) == (True, False)
    assert preflight_headers(cors) is None
    assert actual_headers(cors) == actual_headers(CORS)
