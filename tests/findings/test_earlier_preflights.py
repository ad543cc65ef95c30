"""What preflights tell of the requests that follow them, and of one another."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.exchange import Enforced, Exchange, PreflightAnswer, RepeatedPreflight
from emulator.findings.earlier_preflights import CHATTY, MOST, EarlierPreflights, preflight_answer_of
from emulator.messages import Request
from products import a_route
from serving.exchanges import PAGE, STAMP, answers, call, exchanged, preflight

BARE = HttpApi("bare", "abcdef1234", (a_route("ANY /x"), a_route("ANY /{id}")))
OPEN = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration(("*",), ("PUT",)))
CHROME = (("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),)
ALLOWED = answers(204, Access_Control_Allow_Origin="*", Access_Control_Allow_Methods="PUT")
ASKED = exchanged(BARE, preflight("PUT"), ALLOWED)
PUT = exchanged(BARE, call("PUT"), answers())


def recorded(*exchanges: Exchange) -> list[Exchange]:
    preflights = EarlierPreflights()
    return [preflights.with_preflight(one) for one in exchanges]


def told(exchange: Exchange) -> PreflightAnswer | None:
    return None if exchange.earlier is None else exchange.earlier.preflight


def test_the_request_after_a_preflight_knows_what_that_was_told() -> None:
    asked, put = recorded(ASKED, PUT)
    assert asked is ASKED
    assert told(put) == PreflightAnswer("*", "", "f")


NOT_RECORDED = [
    pytest.param((PUT,), id="no-preflight"),
    pytest.param((ASKED, exchanged(BARE, call("POST"), answers())), id="another-method"),
    pytest.param((ASKED, exchanged(BARE, call("PUT", "/y"), answers())), id="another-path"),
    pytest.param((exchanged(BARE, preflight("PUT"), answers()), PUT), id="a-blocked-preflight"),
    pytest.param((ASKED, exchanged(BARE, preflight("PUT"), answers()), PUT), id="a-preflight-that-is-blocked-now"),
    pytest.param((ASKED, PUT, PUT), id="a-second-call-from-the-cache"),
    pytest.param(
        (exchanged(OPEN, preflight("PUT"), answers()), exchanged(OPEN, call("PUT"), answers())),
        id="a-gateway-that-writes-both-answers",
    ),
]


@pytest.mark.parametrize("exchanges", NOT_RECORDED)
def test_a_request_that_nothing_is_known_of_is_as_it_was(exchanges: tuple[Exchange, ...]) -> None:
    assert recorded(*exchanges)[-1] is exchanges[-1]


def test_of_what_enforcement_blocked_it_is_recorded_there() -> None:
    _, blocked = recorded(ASKED, replace(PUT, outcome=Enforced(PUT)))
    assert isinstance(blocked.outcome, Enforced)
    assert told(blocked.outcome.exchange) == PreflightAnswer("*", "", "f")


def test_a_request_that_enforcement_did_not_send_is_as_it_was() -> None:
    unsent = replace(PUT, outcome=Enforced(replace(ASKED, made_for=PUT.request)))
    assert recorded(ASKED, unsent)[1] is unsent


def test_the_gateway_answers_what_no_function_does() -> None:
    allowed = exchanged(OPEN, preflight("PUT"), answers())
    assert preflight_answer_of(allowed) == PreflightAnswer("*", "", "")
    assert preflight_answer_of(exchanged(BARE, preflight("PUT"), answers())) == PreflightAnswer("", "", "f")


def test_only_so_many_are_remembered() -> None:
    many = [exchanged(BARE, preflight("PUT", f"/{n}"), ALLOWED) for n in range(MOST + 1)]
    first, last = (exchanged(BARE, call("PUT", f"/{n}"), answers()) for n in (0, MOST))
    *_, forgotten, known = recorded(*many, first, last)
    assert told(forgotten) is None
    assert told(known) is not None


def counted(seconds: tuple[int, ...], request: Request, *more: tuple[str, str], api: HttpApi = OPEN) -> list[int]:
    """The places in a row of preflights, at these seconds, of those that are told to be one of many."""
    asked = exchanged(api, replace(request, headers=(*request.headers, *more)), ALLOWED)
    row = [replace(asked, stamp=replace(STAMP, epoch_ms=STAMP.epoch_ms + second * 1000)) for second in seconds]
    return [
        place
        for place, one in enumerate(recorded(*row))
        if one.earlier is not None and one.earlier.repeated is not None
    ]


TEN = tuple(range(0, 100, 10))
KEPT = replace(OPEN, cors=CorsConfiguration(("*",), ("PUT",), max_age=1))


def test_the_same_preflight_again_and_again_is_told_once() -> None:
    assert counted(TEN, preflight("PUT"), *CHROME) == [CHATTY - 1]
    assert counted((0, 0, 0, 0, 70, 71, 72, 73, 74, 75), preflight("PUT"), *CHROME) == [8]
    assert counted(tuple(range(0, 1000, 20)), preflight("PUT"), *CHROME) == []


def test_what_a_browser_could_not_have_left_out_is_not_counted() -> None:
    assert counted(TEN, preflight("PUT")) == []
    assert counted(TEN, preflight("PUT"), *CHROME, ("Cache-Control", "no-cache")) == []
    assert counted(TEN, preflight("PUT"), *CHROME, api=KEPT) == []
    assert counted(TEN, preflight("PUT", origin="https://a.example"), *CHROME, api=BARE) == [CHATTY - 1]


def test_it_is_told_how_often_and_within_how_long() -> None:
    asked = exchanged(OPEN, preflight("PUT", headers=CHROME), ALLOWED)
    row = [replace(asked, stamp=replace(STAMP, epoch_ms=STAMP.epoch_ms + 100 * n)) for n in range(CHATTY)]
    last = recorded(*row)[-1]
    assert last.earlier is not None
    assert last.earlier.repeated == RepeatedPreflight(CHATTY, 1)
    assert last.request.origin == PAGE
