import pytest

from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddRoute, Answer, CallUrl, Change, DoByHand, ReturnHeaders
from emulator.findings.review import review
from emulator.findings.rules.preflight_redirected import RULE
from findings.examples import OPEN, PAGE, REST, Example, answers, preflight
from findings.one_rule import test_found, test_not_found
from serving.exchanges import exchanged

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "options-function-redirect",
        REST,
        preflight("GET", "/dev/y"),
        answers(302, acao=PAGE, location="/z"),
        (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
    ),
]


@pytest.mark.parametrize(
    ("location", "instead"),
    [
        pytest.param("/dev/y/", CallUrl("http://127.0.0.1:3000/dev/y/"), id="path"),
        pytest.param("http://127.0.0.1:3000/dev/y/?a=1", CallUrl("http://127.0.0.1:3000/dev/y/?a=1"), id="url"),
        pytest.param(
            "https://login.test/", DoByHand("let the page call the URL that the redirect leads to"), id="else"
        ),
    ],
)
def test_the_page_could_call_where_it_leads(location: str, instead: Change) -> None:
    exchange = exchanged(REST, preflight("GET", "/dev/y"), answers(307, acao=PAGE, location=location))
    (finding,) = review(exchange, (), Credentials.OMIT).findings
    assert finding.fix.instead == ((instead,),)


NOT_FOUND = [
    Example("no-location", REST, preflight("GET", "/dev/y"), answers(302, acao=PAGE)),
    Example("reached-the-function", OPEN, preflight("GET", "/any"), answers(302, location="/z")),
]
