"""The law of fixes, for every example of every rule: each way is followed as it was told, and the same call is made
again. The finding is gone; what may remain is another one, which is true, and mended in its turn; in the end the page
gets its answer, and what its preflight asked for has a route."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import function_url_cors_problems, http_api_cors_problems
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Route
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Blocked
from emulator.config.rules.routes import http_route_complaints, rest_method_complaints
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Finding, Review, Severity
from emulator.findings.resources import called_method
from emulator.findings.review import review
from findings.applied import Situation, made, situation
from findings.before import exchanged_after
from findings.every_example import EXAMPLES
from findings.examples import PAGE, Example
from products import STAMP

PERSON = ("check the path in the page", "let the app call natively", "give the page an origin", "let the page call the")
"""What needs its reader's own judgement, and is offered beside a change only."""


def asked(now: Situation) -> Review:
    exchange = exchanged_after(now.earlier, now.api, now.request, now.result, now.frontends)
    exchange = replace(exchange, other_answer=now.other, origin_read=now.origin_read)
    return review(exchange, now.frontends, now.credentials)


def told(reviewed: Review, name: str) -> Finding | None:
    return next((finding for finding in reviewed.findings if finding.name == name), None)


@pytest.mark.parametrize("example", [pytest.param(one, id=one_id) for one_id, _, one in EXAMPLES])
def test_following_the_advice_ends_well(example: Example) -> None:
    now, said = situation(example), set()
    while errors := [one for one in asked(now).findings if one.severity is Severity.ERROR]:
        finding = errors[0]
        assert (finding.name, finding.fix) not in said, "told once, done, and told again"
        said.add((finding.name, finding.fix))
        assert len(said) < 8, said
        now = made(finding.fix.changes, now)
        assert_deployable(now.api)
    assert not isinstance(asked(now).verdict, Blocked)
    if said:
        assert_has_route(now)


@pytest.mark.parametrize(("name", "example"), [pytest.param(rule.name, one, id=id_) for id_, rule, one in EXAMPLES])
def test_each_way_cures_what_it_is_told_for(name: str, example: Example) -> None:
    before = situation(example)
    finding = told(asked(before), name)
    assert finding is not None
    for way in filter(None, (finding.fix.changes, *finding.fix.instead)):
        if isinstance(way[0], DoByHand) and way[0].what.startswith(PERSON):
            continue
        now = made(way, before)
        assert_deployable(now.api)
        again = told(asked(now), name)
        assert again is None or again.fix != finding.fix, f"{way} left it as it was"


def assert_deployable(api: Api) -> None:
    """AWS, and so our own check, would take it."""
    match api:
        case RestApi():
            assert list(rest_method_complaints(list(api.route_keys), ())) == []
        case HttpApi():
            assert list(http_route_complaints(list(api.route_keys), ())) == []
            assert api.cors is None or [one for one in http_api_cors_problems(api.cors) if not one.is_warning] == []
        case FunctionUrl():
            assert api.cors is None or [one for one in function_url_cors_problems(api.cors) if not one.is_warning] == []


def assert_has_route(now: Situation) -> None:
    """What was preflighted is there."""
    request = now.request
    if request.is_preflight:
        headers = (("Host", request.host), ("Origin", PAGE))
        followed = replace(request, method=called_method(request), headers=headers)
        assert isinstance(now.api.select_route(followed, STAMP), Route)
