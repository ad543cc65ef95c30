from dataclasses import replace

from emulator.findings.changes import MendHandler
from emulator.findings.rules.header_name_case import RULE
from emulator.functions.invocation import HeaderRead
from findings.examples import PAGE, PLAIN, RAISED, REST, SHOP, URL, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from findings.rules.test_event_format_mismatch import key_error, of_undefined, type_error

__all__ = ["RULE", "test_found", "test_not_found"]

ORIGIN = key_error("Origin", 'origin = event["headers"]["Origin"]')
LOWER = (MendHandler("f", "read the header as `origin`"),)
ANY = (MendHandler("f", "look the header `Origin` up in any case"),)
CURL = call(path="/dev/x", User_Agent="curl/8.5.0")
CHROME = call(path="/dev/x", User_Agent="Mozilla/5.0 (X11; Linux x86_64)")

READ = HeaderRead("Origin", "src/app.py:7")

FOUND = [
    Example("http-api", PLAIN, call(), ORIGIN, LOWER, says="read the header `Origin`, which this event has as"),
    Example("function-url", URL, call(path="/"), ORIGIN, LOWER),
    Example("rest-browser", REST, CHROME, ORIGIN, ANY, says="browsers and curl speak HTTP/2 to AWS"),
    Example("rest-curl", REST, CURL, ORIGIN, ANY),
    Example(
        "node",
        PLAIN,
        call(),
        type_error(of_undefined("startsWith"), "if (event.headers.Origin.startsWith('http')) {"),
        LOWER,
    ),
    Example(
        "node-quoted",
        PLAIN,
        call(Authorization="Bearer a"),
        type_error(of_undefined("split"), 'const token = event.headers["Authorization"].split(" ")[1];'),
        (MendHandler("f", "read the header as `authorization`"),),
    ),
    Example(
        "python-get",
        PLAIN,
        call(),
        replace(
            key_error("", 'event["headers"].get("Origin").lower()'),
            error_type="AttributeError",
            error_message="'NoneType' object has no attribute 'lower'",
        ),
        LOWER,
    ),
    Example(
        "silent",
        PLAIN,
        call(),
        answers(),
        LOWER,
        says="up as `Origin`, which this event has as `origin`: it finds none. src/app.py:7 reads `Origin`",
        origin_read=READ,
    ),
    Example("silent-function-url", URL, preflight("PUT", "/"), answers(), LOWER, origin_read=READ),
    Example("silent-rest", REST, CHROME, answers(), ANY, says="browsers and curl speak HTTP/2", origin_read=READ),
]

NOT_FOUND = [
    Example("answers-all-the-same", PLAIN, call(), answers(acao=PAGE), origin_read=READ),
    Example("answers-another", PLAIN, call(), answers(acao="https://a.example"), origin_read=READ),
    Example("a-gateway-answers-for-it", SHOP, call(origin="https://a.example"), answers(), origin_read=READ),
    Example("a-name-that-is-there", REST, call(path="/dev/x"), answers(), origin_read=READ),
    Example("answers", PLAIN, call(), answers(acao=PAGE)),
    Example("raises", PLAIN, call(), RAISED),
    Example("rest-as-sent", REST, call(path="/dev/x"), key_error("origin-x", 'event["headers"]["origin-x"]')),
    Example("not-sent", PLAIN, call(), key_error("X-Key", 'event["headers"]["X-Key"]')),
    Example("right-name", PLAIN, call(), key_error("origin", 'cache["origin"]')),
    Example("another-property", PLAIN, call(), type_error(of_undefined("id"), "f(event.headers.Origin, user.id)")),
]
