from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.findings.changes import AddToCors, AddToHeader, CorsField, ReturnHeaders
from emulator.findings.rules.header_not_exposed import RULE
from findings.examples import PAGE, RAISED, REST, URL_CORS, WITH_CORS, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from products import a_method

__all__ = ["RULE", "test_found", "test_not_found"]

EXPOSE = "Access-Control-Expose-Headers"
DOWNLOAD = {"Content-Disposition": 'attachment; filename="a.csv"'}
EXPOSING = replace(WITH_CORS, cors=CorsConfiguration((PAGE,), expose_headers=("x-total",)))
POSTED = replace(REST, methods=(a_method("POST", "/x"),))
URL_OF_ONE = replace(URL_CORS, cors=CorsConfiguration((PAGE,)))

FOUND = [
    Example(
        "a-name-for-a-download",
        EXPOSING,
        call(path="/items"),
        answers(**DOWNLOAD),
        (AddToCors("items", CorsField.EXPOSE_HEADERS, ("Content-Disposition",), ("x-total",)),),
        Layer.GATEWAY,
        says="The page cannot read Content-Disposition",
    ),
    Example(
        "a-function-that-exposes-nothing",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, **{"X-Total-Count": "3", "Link": "</x?page=2>; rel=next"}),
        (ReturnHeaders("f", ((EXPOSE, "x-total-count, link"),)),),
        Layer.FUNCTION,
        says="no Access-Control-Expose-Headers names them",
    ),
    Example(
        "a-function-that-exposes-others",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, **{EXPOSE: "X-A", "Retry-After": "1", "RateLimit-Remaining": "0", "x-a": "1"}),
        (AddToHeader("f", EXPOSE, ("Retry-After", "RateLimit-Remaining"), "X-A"),),
        Layer.FUNCTION,
    ),
    Example(
        "what-the-call-made",
        POSTED,
        call("POST", "/dev/x"),
        answers(201, acao=PAGE, Location="/dev/x/2", ETag='"1"'),
        (ReturnHeaders("f", ((EXPOSE, "location, etag"),)),),
        Layer.FUNCTION,
    ),
    Example(
        "by-a-function-url",
        URL_OF_ONE,
        call(path="/"),
        answers(**DOWNLOAD),
        (AddToCors("url", CorsField.EXPOSE_HEADERS, ("Content-Disposition",), ()),),
        Layer.GATEWAY,
    ),
]
NOISE = {
    "X-Powered-By": "Express",
    "ETag": 'W/"2-x"',
    "Vary": "Origin",
    "Strict-Transport-Security": "max-age=1",
    "X-Request-Id": "1",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Set-Cookie": "a=b",
    "Location": "/y",
    "Server": "x",
    "X-Amz-Meta-A": "1",
    "Traceparent": "00-1-2-01",
    "Cache-Control": "no-store",
}

NOT_FOUND = [
    Example("exposed", EXPOSING, call(path="/items"), answers(**{"X-Total": "1"})),
    Example("by-a-wildcard", REST, call(path="/dev/x"), answers(acao="*", **{EXPOSE: "*", "x-a": "1"})),
    Example("noise", REST, call(path="/dev/x"), answers(acao=PAGE, **NOISE)),
    Example("told-as-ignored", WITH_CORS, call(path="/items"), answers(**{EXPOSE: "x-a", "x-a": "1"})),
    Example(
        "told-as-a-wildcard",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(acao=PAGE, acac="true", **{EXPOSE: "*", "x-a": "1"}),
    ),
    Example("a-preflight", REST, preflight("GET", "/dev/y"), answers(204, acao=PAGE, **{"x-a": "1"})),
    Example("blocked", REST, call(path="/dev/x"), answers(**{"x-a": "1"})),
    Example("raises", EXPOSING, call(path="/items"), RAISED),
]
