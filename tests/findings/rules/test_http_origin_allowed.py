from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, MendHandler, ReplaceInCors
from emulator.findings.rules.http_origin_allowed import RULE, is_public_http
from findings.examples import (
    LISTED,
    OPEN,
    REST,
    TOO_MUCH,
    URL_CORS,
    Example,
    allowing,
    answers,
    call,
    with_gateway_response,
)
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

SHOP = "http://shop.example.com"
BOTH = replace(LISTED, cors=CorsConfiguration((SHOP, "https://shop.example.com"), allow_credentials=True))

FOUND = [
    Example(
        "function",
        REST,
        call(path="/dev/x", origin=SHOP),
        answers(acao=SHOP),
        (MendHandler("f", f"allow https://shop.example.com instead of {SHOP}"),),
        Layer.FUNCTION,
    ),
    Example(
        "gateway",
        allowing(SHOP),
        call(origin=SHOP),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, SHOP, ("https://shop.example.com",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-beside-the-secure-one",
        BOTH,
        call(origin=SHOP, Cookie="a=b"),
        answers(),
        (ReplaceInCors("listed", CorsField.ALLOW_ORIGINS, SHOP, ()),),
        Layer.GATEWAY,
        says="with the user's cookies",
    ),
    Example(
        "gateway-of-all",
        allowing("http://*"),
        call(origin=SHOP),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "http://*", ("https://*",)),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example(
        "gateway-response",
        with_gateway_response(acao="http://shop.example.com"),
        call(path="/dev/x", origin="http://shop.example.com"),
        TOO_MUCH,
    ),
    Example("this-machine", LISTED, call(), answers()),
    Example("everybody", OPEN, call(origin=SHOP), answers()),
    Example("everybody-by-echo", URL_CORS, call(path="/", origin=SHOP), answers()),
    Example("not-let-in", LISTED, call(origin=SHOP), answers()),
]


@pytest.mark.parametrize("origin", [SHOP, "http://203.1.113.9:8080"])
def test_it_crosses_networks_that_others_share(origin: str) -> None:
    assert is_public_http(origin)


SAFE = """
https://shop.example.com http://shop.test http://192.168.1.7:5173 http://[fd00::1] http://web:3000 null
http://app.localhost http://127.0.0.1 capacitor://localhost
"""


@pytest.mark.parametrize("origin", SAFE.split())
def test_it_does_not(origin: str) -> None:
    assert not is_public_http(origin)
