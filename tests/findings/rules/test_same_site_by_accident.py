from dataclasses import replace

from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import MendHandler
from emulator.findings.rules.same_site_by_accident import RULE
from findings.examples import PAGE, REST, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

LOCAL = "http://127.0.0.1:5173"
SHOP = "https://shop.example.com"
LAX = {"Set-Cookie": "session=ann; SameSite=Lax"}
ACROSS = (MendHandler("f", "set the cookie with `SameSite=None; Secure; Partitioned`"),)

FOUND = [
    Example(
        "two-ports",
        REST,
        call(path="/dev/x", origin=LOCAL, Cookie="a=b"),
        answers(acao=LOCAL, acac="true", **LAX),
        ACROSS,
        Layer.FUNCTION,
        says="The page gets the cookie session",
    ),
    Example(
        "nothing-shows-the-mode",
        REST,
        call(path="/dev/x", origin=LOCAL),
        answers(acao=LOCAL, acac="true", **LAX),
        ACROSS,
        Layer.FUNCTION,
    ),
    Example(
        "stands-in-for-production",
        REST,
        replace(call(path="/dev/x", origin=SHOP, Cookie="a=b"), dev_origin=LOCAL),
        answers(acao=SHOP, acac="true", **LAX),
        ACROSS,
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("two-hosts", REST, call(path="/dev/x", Cookie="a=b"), answers(acao=PAGE, acac="true", **LAX)),
    Example(
        "meant-for-two-sites",
        REST,
        call(path="/dev/x", origin=LOCAL, Cookie="a=b"),
        answers(acao=LOCAL, acac="true", **{"Set-Cookie": "a=b; SameSite=None; Secure"}),
    ),
    Example(
        "not-stored",
        REST,
        call(path="/dev/x", origin=LOCAL),
        answers(acao=LOCAL, **LAX),
        credentials=Credentials.OMIT,
    ),
    Example(
        "stands-in-from-another-host",
        REST,
        replace(call(path="/dev/x", origin=SHOP, Cookie="a=b"), dev_origin=PAGE),
        answers(acao=SHOP, acac="true", **LAX),
    ),
    Example("no-page", REST, call(path="/dev/x", origin="null"), answers(acao="*", **LAX)),
]
