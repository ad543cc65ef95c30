"""Which earlier answer shows whether an answer depends on the origin, and which exchanges it matters to."""

from dataclasses import replace

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.exchange import Exchange, OtherAnswer
from emulator.findings.other_answers import MOST, OtherAnswers, is_loaded_without_cors
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.examples import PAGE, RAISED, answers, call
from products import a_route
from serving.exchanges import exchanged

FILES = HttpApi("files", "abcdef1234", (a_route("GET /x/{name}"), a_route("POST /x/{name}"), a_route("GET /y")))
KEPT = {"Cache-Control": "max-age=60"}
NAMED = answers(acao=PAGE, **KEPT)
SILENT = answers(**KEPT)


def asked(request: Request, result: Result = NAMED) -> Exchange:
    return exchanged(FILES, request, result)


def plain(path: str = "/x/a", **headers: str) -> Request:
    """Without Origin, as curl asks."""
    request = call(path=path, **headers)
    return replace(request, headers=tuple(pair for pair in request.headers if pair[0] != "Origin"))


def load(path: str = "/x/a", **headers: str) -> Request:
    fetched = {"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image", "Sec_Fetch_Site": "cross-site"}
    return plain(path, **(fetched | headers))


def told(exchange: Exchange, *earlier: Exchange) -> OtherAnswer | None:
    """After others, the oldest first; the exchange is left as it is where there is nothing to tell."""
    with_other = OtherAnswers(earlier).told(exchange)
    assert (with_other is exchange) == (with_other.other_answer is None)
    return with_other.other_answer


CALL, LOAD = asked(call(path="/x/a")), asked(load(), SILENT)


def test_the_same_url_says_more_than_a_newer_answer_of_the_route() -> None:
    earlier = [asked(plain()), asked(plain(), SILENT), asked(plain("/x/b")), asked(plain("/x/c"), SILENT)]
    assert told(CALL, *earlier) == OtherAnswer("GET /x/a", None, None)
    assert told(CALL, *earlier[2:]) == OtherAnswer("GET /x/c", None, None, is_same_url=False)
    assert told(CALL, earlier[2]) == OtherAnswer("GET /x/b", None, PAGE, is_same_url=False)


def test_a_load_is_told_by_a_call() -> None:
    other = asked(call(path="/x/a", origin="http://a.test"), answers(acao="*"))
    assert told(LOAD, CALL, other, asked(load("/x/b")), asked(plain())) == OtherAnswer("GET /x/a", "http://a.test", "*")


def test_another_host_is_another_url() -> None:
    elsewhere = replace(CALL.request, headers=(("Host", "localhost:3000"), ("Origin", "http://a.test")))
    assert told(CALL, asked(elsewhere)) == OtherAnswer("GET /x/a", "http://a.test", PAGE, is_same_url=False)


def test_the_oldest_are_forgotten_and_all_where_that_is_asked() -> None:
    answers_ = OtherAnswers([asked(plain(f"/x/{number}"), SILENT) for number in range(MOST)])
    answers_.hear(asked(plain("/x/0"), SILENT))
    answers_.hear(asked(plain("/x/new")))
    first, second = (answers_.told(asked(call(path=f"/x/{number}"))).other_answer for number in range(2))
    assert first == OtherAnswer("GET /x/0", None, None)
    assert second == OtherAnswer("GET /x/new", None, PAGE, is_same_url=False)
    answers_.forget()
    assert answers_.told(CALL) is CALL


SAYS_NOTHING = [
    pytest.param(CALL, CALL, id="the-same-origin"),
    pytest.param(CALL, asked(plain("/y")), id="another-route"),
    pytest.param(CALL, replace(asked(plain()), api=replace(FILES, name="others")), id="another-api"),
    pytest.param(CALL, replace(asked(plain()), route=None), id="no-route"),
    pytest.param(CALL, asked(plain(), answers(404)), id="another-status"),
    pytest.param(CALL, asked(plain(), RAISED), id="no-answer"),
    pytest.param(CALL, asked(replace(plain(), method="POST")), id="another-method"),
    pytest.param(LOAD, asked(call(path="/x/a"), SILENT), id="a-call-that-is-blocked"),
    pytest.param(LOAD, asked(call(path="/x/a", Sec_Fetch_Site="same-origin")), id="a-page-of-its-own"),
]


@pytest.mark.parametrize(("exchange", "one"), SAYS_NOTHING)
def test_what_says_nothing(exchange: Exchange, one: Exchange) -> None:
    assert told(exchange, one) is None


NOT_ASKED_OF = [
    pytest.param(asked(plain()), id="no-page"),
    pytest.param(asked(call(path="/x/a"), answers(acao=PAGE)), id="not-cached"),
    pytest.param(asked(call(path="/x/a"), answers(acao=PAGE, vary="Origin", **KEPT)), id="varies"),
    pytest.param(asked(call(path="/x/a"), SILENT), id="blocked"),
    pytest.param(asked(call("POST", "/x/a")), id="not-a-get"),
    pytest.param(asked(call(path="/x/a"), RAISED), id="no-answer"),
    pytest.param(asked(load()), id="a-load-that-names-the-page"),
    pytest.param(replace(CALL, route=None), id="no-route"),
]


@pytest.mark.parametrize("exchange", NOT_ASKED_OF)
def test_where_nothing_depends_on_it(exchange: Exchange) -> None:
    other = asked(call(path="/x/a", origin="http://a.test"), answers(acao="*"))
    assert told(exchange, asked(plain(), answers()), other) is None


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (load(), True),
        (load(Sec_Fetch_Site="same-site"), True),
        (load(Sec_Fetch_Site="same-origin"), False),
        (load(Sec_Fetch_Mode="navigate"), False),
        (call(Sec_Fetch_Mode="no-cors", Sec_Fetch_Site="cross-site"), False),
        (plain(), False),
    ],
)
def test_what_is_loaded_without_cors(request_: Request, expected: bool) -> None:
    assert is_loaded_without_cors(request_) is expected
