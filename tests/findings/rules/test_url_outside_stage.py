from dataclasses import replace

import pytest

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.product import Layer
from emulator.browser.verdict import Allowed
from emulator.findings.changes import CallUrl, ReturnHeaders
from emulator.findings.review import review
from emulator.findings.rules.url_outside_stage import RULE
from findings.examples import EMPLOYEES, PAGE, REST, STAGED, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found
from serving.exchanges import HOST, exchanged

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "stage-left-out", STAGED, call(path="/x"), answers(), (CallUrl("http://127.0.0.1:3000/v1/x"),), Layer.GATEWAY
    ),
    Example(
        "stage-left-out-again",
        EMPLOYEES,
        call("GET", "/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-left-out-doubled-slash",
        EMPLOYEES,
        call("GET", "//employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "of-no-base-path",
        replace(EMPLOYEES, mapping=ApiMapping("api.example.com", "staff/v1")),
        call("GET", "/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/staff/v1/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "another-stage",
        EMPLOYEES,
        call("GET", "/prod/employees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-left-out-of-a-preflight",
        EMPLOYEES,
        preflight("PUT", "/employees/1"),
        answers(204, acao=PAGE, acam="PUT"),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "http-another-stage",
        STAGED,
        call("GET", "/v2/items/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/v1/items/1"),),
        Layer.GATEWAY,
    ),
    Example(
        "stage-without-its-slash",
        EMPLOYEES,
        call("GET", "/devemployees/1"),
        answers(acao=PAGE),
        (CallUrl("http://127.0.0.1:3000/dev/employees/1"),),
        Layer.GATEWAY,
    ),
]

NOT_FOUND = [
    Example("inside", REST, call(path="/dev/x"), answers()),
    Example("unknown", REST, call(path="/dev/nowhere"), answers()),
]


@pytest.mark.parametrize(("begin", "url"), [("", "/dev/x/?a=1"), (f"http://{HOST}", f"http://{HOST}/dev/x/?a=1")])
def test_a_redirect_that_lost_the_stage_is_its_function_s_fault(begin: str, url: str) -> None:
    """FastAPI's to the slash at the end, by Mangum (Kludex/mangum#307)."""
    slash = answers(307, acao=PAGE, Location=f"{begin}/x/?a=1")
    redirected = exchanged(REST, replace(call(path="/dev/x"), raw_query="a=1"), slash)
    followed = exchanged(REST, replace(call(path="/x/"), raw_query="a=1"), answers())
    (finding,) = review(replace(followed, redirected_from=redirected), ()).findings
    assert (finding.name, finding.layer) == ("url-outside-stage", Layer.FUNCTION)
    assert finding.evidence[0] == f"function 'f' answered GET /dev/x with 307 and Location: {begin}/x/?a=1"
    assert finding.fix.changes == (ReturnHeaders("f", (("Location", url),)),)
    assert finding.fix.instead == ((CallUrl(f"http://{HOST}/dev/x/?a=1"),),)
    mended = call(path=url.removeprefix(f"http://{HOST}").partition("?")[0])
    assert isinstance(review(exchanged(REST, mended, answers(acao=PAGE)), ()).verdict, Allowed)
