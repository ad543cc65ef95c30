from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, ReplaceInCors
from emulator.findings.rules.any_origin_with_credentials import RULE
from findings.examples import PAGE, URL_ALL, URL_CORS, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_route

__all__ = ["RULE", "test_found", "test_not_found"]

HTTPS = HttpApi(
    "https",
    "abcdef1234",
    (a_route("GET /x"),),
    cors=CorsConfiguration(("https://*",), ("GET",), allow_credentials=True),
)

FOUND = [
    Example(
        "with-a-cookie",
        URL_ALL,
        call(path="/", Cookie="a=b"),
        answers(),
        (ReplaceInCors("url", CorsField.ALLOW_ORIGINS, "*", (PAGE,)),),
        Layer.GATEWAY,
        says="Any site can read this answer with the user's cookies: `cors` of 'url'",
    ),
    Example(
        "without-a-cookie-yet",
        URL_ALL,
        call(path="/"),
        answers(),
        (ReplaceInCors("url", CorsField.ALLOW_ORIGINS, "*", (PAGE,)),),
        Layer.GATEWAY,
        says="Access-Control-Allow-Origin: http://localhost:5173",
    ),
    Example(
        "every-https-origin",
        HTTPS,
        call(origin="https://shop.example.com"),
        answers(),
        (ReplaceInCors("https", CorsField.ALLOW_ORIGINS, "https://*", ("https://shop.example.com",)),),
        Layer.GATEWAY,
        says="Any https site can read this answer",
    ),
    Example(
        "listed-too",
        replace(HTTPS, cors=CorsConfiguration((PAGE, "http://*"), ("GET",), allow_credentials=True)),
        call(),
        answers(),
        (ReplaceInCors("https", CorsField.ALLOW_ORIGINS, "http://*", ()),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("preflight", URL_ALL, preflight("GET", "/"), answers()),
    Example("no-credentials", URL_CORS, call(path="/"), answers()),
    Example(
        "named", replace(URL_ALL, cors=CorsConfiguration((PAGE,), allow_credentials=True)), call(path="/"), answers()
    ),
    Example("another-scheme", HTTPS, call(), answers()),
    Example("sent-twice", URL_ALL, call(path="/", Cookie="a=b"), answers(acao="*")),
]
