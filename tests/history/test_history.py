"""What subscribers are told: every exchange once, in order, and doubtful preflights again."""

import asyncio

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.verdict import Allowed
from emulator.history import pairing
from emulator.history.history import EXCHANGE, History, LookedAtAgain, ReviewedExchange, weight
from products import a_route
from serving.exchanges import answers, call, exchanged, preflight
from serving.rim import run

BROWSER = (("Sec-Fetch-Site", "same-site"),)
OPEN = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration(("*",), ("PUT",)))


def told(*subscribers: list[ReviewedExchange | LookedAtAgain]) -> History:
    history = History(tuple)
    for subscriber in subscribers:
        history.subscribe(subscriber.append)
    return history


def test_two_subscribers_are_told_the_same_in_order_and_it_is_kept() -> None:
    first: list[ReviewedExchange | LookedAtAgain] = []
    second: list[ReviewedExchange | LookedAtAgain] = []
    history = told(first, second)
    exchanges = [exchanged(OPEN, request, answers()) for request in (preflight("PUT"), call("PUT"))]
    for exchange in exchanges:
        history.review(history.answered(exchange))
    assert [one.exchange for one in first] == exchanges
    assert first == second == list(history.recent)
    assert all(isinstance(one, ReviewedExchange) and isinstance(one.review.verdict, Allowed) for one in first)


def test_what_no_page_sent_has_no_verdict() -> None:
    seen: list[ReviewedExchange | LookedAtAgain] = []
    history = told(seen)
    history.review(history.answered(exchanged(OPEN, call("PUT", origin=None), answers())))
    (one,) = seen
    assert isinstance(one, ReviewedExchange)
    assert one.review.verdict is None


@pytest.mark.parametrize("follows", [True, False])
def test_a_doubtful_preflight_is_told_again_unless_its_request_arrives(
    follows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "PATIENCE", 0.01)
    asked = [exchanged(OPEN, preflight("PUT", path, headers=BROWSER), answers()) for path in ("/x", "/last")]

    async def conversation() -> list[str]:
        seen: asyncio.Queue[ReviewedExchange | LookedAtAgain] = asyncio.Queue()
        history = History(tuple)
        history.subscribe(seen.put_nowait)
        for exchange in asked:
            history.review(history.answered(exchange))
        if follows:
            history.arrived(call("PUT"))
        paths: list[str] = []
        while "/last" not in paths:
            what = await seen.get()
            if isinstance(what, LookedAtAgain):
                paths.append(what.exchange.request.raw_path)
        return paths

    assert run(conversation()) == (["/last"] if follows else ["/x", "/last"])


def test_an_exchange_weighs_its_bodies_and_itself() -> None:
    exchange = exchanged(OPEN, call("PUT").with_body(b"12"), answers())
    assert weight(exchange) == EXCHANGE + 2 + len(exchange.response.body)
