"""Where it is recorded that a function's code reads Origin by another name."""

import pytest

from emulator.exchange import Exchange
from emulator.findings.origin_reads import with_origin_read
from emulator.functions.invocation import HeaderRead
from findings.examples import PLAIN, RAISED, REST, answers, call
from serving.exchanges import exchanged

READ = HeaderRead("Origin", "app.py:3")


def test_it_is_recorded_of_an_answer_without_cors_headers() -> None:
    exchange = exchanged(PLAIN, call(), answers())
    assert with_origin_read(exchange, {"f": READ}.get).origin_read == READ
    assert with_origin_read(exchange, {"g": READ}.get) is exchange


@pytest.mark.parametrize(
    "exchange",
    [
        pytest.param(exchanged(PLAIN, call(), answers(acao="*")), id="with-cors-headers"),
        pytest.param(exchanged(PLAIN, call(), RAISED), id="no-answer"),
        pytest.param(exchanged(REST, call(), answers()), id="no-function"),
    ],
)
def test_any_other_exchange_is_as_it_was(exchange: Exchange) -> None:
    assert with_origin_read(exchange, {"f": READ}.get) is exchange
