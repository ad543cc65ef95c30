"""The event stream without its sockets: what a reader is told, and what becomes of one that does not read."""

import json
from dataclasses import replace
from typing import Any

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.control.backlog import MOST
from emulator.control.feed import OPENING, Feed, sent_event
from emulator.exchange import Exchange
from emulator.history.history import History, LookedAtAgain, Message, MessageKind, Reloaded, ReviewedExchange
from products import a_route
from serving.exchanges import answers, call, exchanged
from serving.rim import run

API = HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",)))
EXCHANGE = exchanged(API, call(), answers())
BLOCKED = exchanged(HttpApi("bare", "abcdef1234", (a_route("GET /x"),)), call(), answers())


def numbered(number: int) -> Exchange:
    return replace(EXCHANGE, stamp=replace(EXCHANGE.stamp, request_id=f"id-{number}"))


def events(text: bytes) -> list[tuple[str, str | None, Any]]:
    """Kind, id and object of each server-sent event."""
    found = []
    for block in text.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


def test_one_that_does_not_read_loses_the_oldest_and_is_told() -> None:
    """What waits for it is bounded, and nobody waits for it."""

    async def conversation() -> None:
        history = History(tuple)
        stream = Feed(history, lambda fix: "").read(None)
        assert await anext(stream) == OPENING
        for number in range(MOST + 88):
            history.observe(numbered(number))
        history.finish()
        (kind, _, missing), *others = events(await anext(stream))
        ids = [identity for _, identity, _ in others]
        assert kind == missing["type"] == "missing"
        assert missing["message"] == "this reader is too slow"
        assert ids == [f"id-{number}" for number in range(missing["lines"], MOST + 88)]
        assert 0 < len(ids) <= MOST
        history.observe(numbered(0))
        history.finish()
        assert [kind for kind, *_ in events(await anext(stream))] == ["exchange"], "told once"
        await stream.aclose()

    run(conversation())


def test_what_is_told_beside_exchanges() -> None:
    async def conversation() -> None:
        history = History(tuple)
        stream = Feed(history, lambda fix: "mend it").read(None)
        await anext(stream)
        history.observe(BLOCKED)
        history.finish()
        ((_, _, blocked),) = events(await anext(stream))
        assert blocked["findings"][0]["fix"] == "mend it"
        (reviewed,) = history.recent
        assert isinstance(reviewed, ReviewedExchange)
        again = LookedAtAgain(reviewed.exchange, reviewed.review.findings[0])
        history.in_turn(lambda news: [tell(news) for tell, _ in history._subscribers], again)  # noqa: SLF001
        history.in_turn(lambda what: what / 0, 1)
        history.finish()
        looked_at, bug = events(await anext(stream))
        assert (looked_at[0], looked_at[1], looked_at[2]["type"]) == ("looked-at-again", None, "looked-at-again")
        assert (bug[0], bug[2]["type"]) == ("bug", "bug")
        assert "ZeroDivisionError" in bug[2]["message"]
        await stream.aclose()

    run(conversation())


def test_saves_and_the_configurations_problems_are_told() -> None:
    """So that whoever shows a finding knows when to take it away."""

    async def conversation() -> None:
        history = History(tuple)
        stream = Feed(history, lambda fix: "").read(None)
        await anext(stream)
        history.say(Reloaded(("shop.py",), ("items",), 0))
        for kind in MessageKind:
            history.say(Message(kind, f"a {kind}", 0, is_configuration=True))
        history.finish()
        reload, *messages = events(await anext(stream))
        assert (reload[0], reload[2]["files"], reload[2]["functions"]) == ("reload", ["shop.py"], ["items"])
        assert [(name, value["type"], value["message"]) for name, _, value in messages] == [
            (kind, kind, f"a {kind}") for kind in MessageKind
        ]
        assert messages[-1][2]["is_configuration"]
        await stream.aclose()

    run(conversation())


def test_nothing_is_made_while_nobody_reads() -> None:
    async def conversation() -> None:
        history = History(tuple)
        asked: list[object] = []
        feed = Feed(history, lambda fix: f"{asked.append(fix)}")
        stream = feed.read(None)
        await anext(stream)
        await stream.aclose()
        history.observe(BLOCKED)
        history.finish()
        assert not asked

    run(conversation())


def test_an_event_is_as_the_html_standard_has_it() -> None:
    assert sent_event("exchange", "{}", "1") == b"id: 1\nevent: exchange\ndata: {}\n\n"
    assert sent_event("bug", "{}") == b"event: bug\ndata: {}\n\n"
