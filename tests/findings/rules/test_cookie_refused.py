from emulator.aws.product import Layer
from emulator.browser.cookies import CookieReason
from emulator.browser.modes import Credentials
from emulator.findings.changes import MendHandler
from emulator.findings.rules.cookie_refused import ACROSS_SITES, RULE, WORDS
from findings.examples import PAGE, REST, SECRET, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

LAX = {"Set-Cookie": "session=ann; SameSite=Lax"}

FOUND = [
    Example(
        "across-sites",
        SECRET,
        call(Cookie="a=b"),
        answers(**LAX),
        (MendHandler("f", f"set it with {ACROSS_SITES}"),),
        Layer.FUNCTION,
        says="session (it is SameSite=Lax, and the page is of another site)",
    ),
    Example(
        "whatever-the-mode-may-be",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, **{"Set-Cookie": "__Host-a=b; Secure"}),
        (MendHandler("f", "set it with `Secure; Path=/` and without Domain"),),
        Layer.FUNCTION,
        says="__Host-a",
    ),
]

NOT_FOUND = [
    Example("taken", SECRET, call(Cookie="a=b"), answers(**{"Set-Cookie": "a=b; SameSite=None; Secure"})),
    Example("ignored-anyway", SECRET, call(), answers(**LAX), credentials=Credentials.OMIT),
    Example("none", SECRET, call(Cookie="a=b"), answers()),
]


def test_each_reason_that_an_answer_alone_can_have_is_told() -> None:
    of_a_jar = {CookieReason.OVERWRITE_SECURE, CookieReason.THIRD_PARTY_BLOCKED}
    assert set(CookieReason) == set(WORDS) | of_a_jar
