"""What subscribers are told: every exchange once, in order, and doubtful preflights again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.verdict import Allowed
from emulator.deployment import Frontend
from emulator.exchange import Enforced, Exchange
from emulator.functions.invocation import Throttled
from emulator.history import pairing
from emulator.history.history import (
    EXCHANGE,
    Bug,
    History,
    LookedAtAgain,
    Message,
    MessageKind,
    News,
    Reloaded,
    ReviewedExchange,
    weight,
)
from emulator.messages import Request, Response
from products import a_route
from serving.exchanges import PAGE, answers, call, exchanged, preflight
from serving.rim import run

BROWSER = (("Sec-Fetch-Site", "same-site"),)
OPEN = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration(("*",), ("PUT",)))
OPEN_TO_GET = HttpApi("open", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",)))
PLAIN = HttpApi("plain", "abcdef1234", (a_route("ANY /x"),))
STAGED = HttpApi("staged", "abcdef1234", (a_route("ANY /x"),), stage="dev")


def told(*exchanges: Exchange, frontends: Callable[[], tuple[Frontend, ...]] = tuple) -> list[News]:
    """What a subscriber hears of these exchanges at once."""

    async def conversation() -> list[News]:
        news: list[News] = []
        history = History(frontends)
        history.subscribe(news.append)
        for exchange in exchanges:
            history.observe(exchange)
        assert news == []
        history.finish()
        return news

    return run(conversation())


def test_two_subscribers_are_told_the_same_in_order_and_it_is_kept() -> None:
    exchanges = [exchanged(OPEN, request, answers()) for request in (preflight("PUT"), call("PUT"))]

    async def conversation() -> None:
        first: list[News] = []
        second: list[News] = []
        pauses: list[bool] = []
        history = History(tuple)
        history.subscribe(first.append, pauses.append)
        history.subscribe(second.append)
        for exchange in exchanges:
            history.observe(exchange)
        history.finish()
        assert [one.exchange for one in first if isinstance(one, ReviewedExchange)] == exchanges
        assert first == second == list(history.recent)
        assert all(isinstance(one, ReviewedExchange) and isinstance(one.review.verdict, Allowed) for one in first)
        assert pauses == [True]

    run(conversation())


def test_what_else_happens_is_told_in_its_turn() -> None:
    said = (Message(MessageKind.WARNING, "a warning", 1), Reloaded(("app.py",), ("app",), 2))
    exchange = exchanged(OPEN, call("PUT"), answers())

    async def conversation() -> list[News]:
        news: list[News] = []
        history = History(tuple)
        history.subscribe(news.append)
        history.say(said[0])
        history.observe(exchange)
        history.say(said[1])
        assert news == []
        history.finish()
        return news

    first, reviewed, last = run(conversation())
    assert (first, last) == said
    assert isinstance(reviewed, ReviewedExchange)


def test_what_a_redirect_left_is_told_of_the_function_that_redirects() -> None:
    staged = HttpApi("staged", "abcdef1234", (a_route("GET /x"),), stage="dev")
    redirect = exchanged(staged, call(path="/dev/x"), answers(307, Access_Control_Allow_Origin="*", Location="/x/"))
    followed = told(redirect, exchanged(staged, call(path="/x/"), answers()))[1]
    assert isinstance(followed, ReviewedExchange)
    assert followed.exchange.redirected_from == redirect
    assert [(one.name, one.layer) for one in followed.review.findings] == [("url-outside-stage", "function")]


CACHED = {"Cache_Control": "max-age=60"}
NO_CORS = (("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image"))


def test_an_answer_is_compared_with_those_to_others_since_the_last_save() -> None:
    plain = HttpApi("plain", "abcdef1234", (a_route("GET /x"),))
    named = exchanged(plain, call(), answers(Access_Control_Allow_Origin=PAGE, **CACHED))
    silent = exchanged(plain, call(origin=None), answers(**CACHED))

    async def conversation() -> list[News]:
        news: list[News] = []
        history = History(tuple)
        history.subscribe(news.append)
        history.saved()
        for exchange in (named, silent, named):
            history.observe(exchange)
        history.saved()
        history.observe(named)
        history.finish()
        return news

    reviewed = [one.review for one in run(conversation()) if isinstance(one, ReviewedExchange)]
    found = [[one.severity for one in review.findings if one.name == "vary-origin-missing"] for review in reviewed]
    assert found == [["note"], [], ["warning"], ["note"]]


def test_what_a_page_loads_without_cors_is_reviewed() -> None:
    cached = exchanged(OPEN_TO_GET, call(origin=None, headers=(*NO_CORS, ("Referer", f"{PAGE}/"))), answers(**CACHED))
    (one,) = told(cached)
    assert isinstance(one, ReviewedExchange)
    assert one.review.verdict is None
    assert [finding.name for finding in one.review.findings] == ["vary-origin-missing"]


def test_a_navigation_that_sets_a_cookie_is_known_when_a_page_calls_without_it() -> None:
    browser = (("User-Agent", "Mozilla/5.0"),)
    opened = call(
        path="/x", origin=None, headers=(*browser, ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Dest", "document"))
    )
    exchanges = exchanged(PLAIN, opened, answers(Set_Cookie="id=1")), exchanged(PLAIN, call(headers=browser), answers())
    names = [
        [one.name for one in news.review.findings] for news in told(*exchanges) if isinstance(news, ReviewedExchange)
    ]
    assert names == [[], ["missing-cors-headers", "cookie-not-sent"]]


def test_other_things_are_told_in_the_same_order() -> None:
    exchange = exchanged(OPEN, call("PUT"), answers())

    async def conversation() -> list[object]:
        seen: list[object] = []
        history = History(tuple)
        history.subscribe(lambda news: seen.append(type(news)))
        history.in_turn(seen.append, "before")
        history.observe(exchange)
        history.in_turn(seen.append, "after")
        history.finish()
        return seen

    assert run(conversation()) == ["before", ReviewedExchange, "after"]


UNPAGED = [
    pytest.param(call("PUT", origin=None), id="no-origin"),
    pytest.param(call("PUT", origin="http://127.0.0.1:3000"), id="the-apis-own-origin"),
]


@pytest.mark.parametrize("request_", UNPAGED)
def test_what_no_page_of_another_origin_sent_has_no_verdict(request_: Request) -> None:
    (one,) = told(exchanged(OPEN, request_, answers()))
    assert isinstance(one, ReviewedExchange)
    assert one.review.verdict is None
    assert one.review.findings == ()


def test_what_needs_no_browser_is_found_whoever_asked() -> None:
    gzipped = answers(content_encoding="gzip", body="plain text")
    asked = partial(call, "PUT", origin=None)
    unreadable, throttled = told(exchanged(PLAIN, asked(), gzipped), exchanged(PLAIN, asked(), Throttled(1)))
    assert isinstance(unreadable, ReviewedExchange)
    assert [finding.name for finding in unreadable.review.findings] == ["content-encoding-broken"]
    assert isinstance(throttled, ReviewedExchange)
    assert [finding.name for finding in throttled.review.findings] == ["throttled"]


def test_a_bug_in_a_review_is_told_and_costs_that_exchange_alone() -> None:
    def broken() -> tuple[Frontend, ...]:
        raise ZeroDivisionError("ours")

    bug, fine = told(
        exchanged(OPEN, call("PUT"), answers()), exchanged(OPEN, call("PUT", origin=None), answers()), frontends=broken
    )
    assert isinstance(bug, Bug)
    assert bug.traceback.endswith("ZeroDivisionError: ours\n")
    assert isinstance(fine, ReviewedExchange)


@pytest.mark.parametrize("follows", [True, False])
def test_a_doubtful_preflight_is_told_again_unless_its_request_arrives(
    follows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "PATIENCE", 0.01)
    asked = [exchanged(OPEN, preflight("PUT", path, headers=BROWSER), answers()) for path in ("/x", "/last")]

    async def conversation() -> list[str]:
        seen: asyncio.Queue[News] = asyncio.Queue()
        history = History(tuple)
        history.subscribe(seen.put_nowait)
        for exchange in asked:
            history.observe(exchange)
        history.finish()
        if follows:
            history.arrived(call("PUT"))
        paths: list[str] = []
        while "/last" not in paths:
            what = await seen.get()
            if isinstance(what, LookedAtAgain):
                paths.append(what.exchange.request.raw_path)
        return paths

    assert run(conversation()) == (["/last"] if follows else ["/x", "/last"])


def test_what_was_said_of_a_preflight_is_withdrawn_when_its_request_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "PATIENCE", 0.01)
    asked = exchanged(OPEN, preflight("PUT", headers=BROWSER), answers())

    async def conversation() -> list[str]:
        seen: asyncio.Queue[News] = asyncio.Queue()
        history = History(tuple)
        history.subscribe(seen.put_nowait)
        history.observe(asked)
        messages: list[str] = []
        while len(messages) < 2:
            what = await seen.get()
            if isinstance(what, LookedAtAgain):
                messages.append(what.finding.message)
                history.arrived(call("PUT"))
        return messages

    said, withdrawn = run(conversation())
    assert said.startswith("No PUT has followed this preflight.")
    assert withdrawn.startswith("This preflight has been followed after all")


NOT_IN_DOUBT = [
    pytest.param(preflight("PUT"), id="credentials-decide-but-no-browser-asks"),
    pytest.param(preflight("PUT", origin="http://127.0.0.1:3000"), id="of-its-own-origin"),
]


@pytest.mark.parametrize("request_", NOT_IN_DOUBT)
def test_a_preflight_without_doubt_is_told_once(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "PATIENCE", 0.01)
    exchanges = [exchanged(OPEN, request_, answers()), exchanged(OPEN, preflight("PUT", headers=BROWSER), answers())]

    async def conversation() -> list[News]:
        told: asyncio.Queue[News] = asyncio.Queue()
        history = History(tuple)
        history.subscribe(told.put_nowait)
        for exchange in exchanges:
            history.observe(exchange)
        seen = [await told.get()]
        while not isinstance(seen[-1], LookedAtAgain):
            seen.append(await told.get())
        return seen

    first, second, again = run(conversation())
    assert isinstance(first, ReviewedExchange)
    assert isinstance(second, ReviewedExchange)
    assert isinstance(again, LookedAtAgain)
    assert again.exchange is second.exchange


@pytest.mark.parametrize(("location", "is_recorded"), [("/x", True), ("/dev/x", False)])
def test_what_led_out_of_the_stage_is_looked_for_in_what_is_kept(location: str, is_recorded: bool) -> None:
    sent_out = exchanged(STAGED, call(path="/dev/x"), answers(302, Location=location))
    first, second = told(sent_out, exchanged(STAGED, call(path="/x"), answers()))
    assert isinstance(first, ReviewedExchange)
    assert isinstance(second, ReviewedExchange)
    assert second.exchange.redirected_from is (first.exchange if is_recorded else None)


def test_an_exchange_weighs_its_bodies_and_itself() -> None:
    exchange = exchanged(OPEN, call("PUT").with_body(b"12"), answers())
    assert weight(exchange) == EXCHANGE + 2 + len(exchange.response.body)


def test_what_enforcement_holds_is_weighed_too() -> None:
    request = call("PUT").with_body(b"12")
    withheld = exchanged(OPEN, request, answers())
    preflight_of_it = replace(exchanged(OPEN, preflight("PUT"), answers()), made_for=request)
    assert weight(preflight_of_it) == EXCHANGE + len(preflight_of_it.response.body) + 2
    for held in (withheld, preflight_of_it):
        answered = replace(withheld, outcome=Enforced(held), response=Response(403, body=b"123"))
        assert weight(answered) == EXCHANGE + 2 + 3 + weight(held)
