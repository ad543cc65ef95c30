"""What is written when, of the log lines of invocations that run side by side."""

import pytest

from emulator.console.blocks import HOLD, LIMIT, Blocks
from emulator.functions.error_record import python_record
from emulator.functions.invocation import FunctionError, FunctionErrorKind

ONE, TWO = "1111-one", "2222-two"
ERROR = FunctionError(FunctionErrorKind.HANDLER, "ValueError", "no", ("  File x\n",))
RECORD = python_record(ERROR)
LATER = HOLD + 0.001


def blocks() -> Blocks:
    return Blocks(lambda function, tag: f"{function}{tag and ' '}{tag}|")


def begun(*request_ids: str) -> Blocks:
    made = blocks()
    for request_id in request_ids:
        assert made.begin("f", request_id, ["START"], 0.0) == []
    return made


def test_lines_wait_for_their_requests() -> None:
    made = begun(ONE)
    assert made.add("f", ONE, "a", 0.01) == []
    assert made.end("f", ONE, None, ["END", "REPORT"], 0.02) == []
    assert made.answer(ONE, is_error_shown=False) == ["f| START", "f| a", "f| END", "f| REPORT"]
    assert not made


def test_requests_side_by_side_stand_apart() -> None:
    made = begun(ONE, TWO)
    for request_id, text in ((ONE, "a"), (TWO, "b"), (ONE, "c")):
        made.add("f", request_id, text, 0.01)
    made.end("f", TWO, None, ["END"], 0.02)
    made.end("f", ONE, None, ["END"], 0.02)
    assert made.answer(ONE, is_error_shown=False) == ["f| START", "f| a", "f| c", "f| END"]
    assert made.answer(TWO, is_error_shown=False) == ["f| START", "f| b", "f| END"]


def test_a_long_request_is_live() -> None:
    made = begun(ONE)
    made.add("f", ONE, "a", 0.01)
    assert made.overdue(HOLD / 2) == []
    assert made.overdue(LATER) == ["f| START", "f| a"]
    assert made.overdue(LATER + HOLD) == []
    assert made.add("f", ONE, "b", 1.0) == ["f| b"]
    assert made.end("f", ONE, None, ["END"], 2.0) == []
    assert made.answer(ONE, is_error_shown=False) == ["f| END"]
    assert not made


def test_long_requests_side_by_side_are_tagged() -> None:
    made = begun(ONE, TWO)
    assert made.overdue(LATER) == ["f 1111| START", "f 2222| START"]
    assert made.add("f", TWO, "a\rb", 1.0) == ["f 2222| a\nf 2222| b"]
    made.end("f", TWO, None, ["END"], 2.0)
    assert made.answer(TWO, is_error_shown=False) == ["f 2222| END"]
    assert made.add("f", ONE, "alone again", 3.0) == ["f| alone again"]


def test_a_flood_is_passed_on_early() -> None:
    made = begun(ONE)
    line = "x" * (LIMIT // 4)
    written = [made.add("f", ONE, line, 0.0) for _ in range(6)]
    assert [len(lines) for lines in written] == [0, 0, 0, 5, 1, 1]
    assert written[3][0] == "f| START"


def test_a_report_after_its_exchange() -> None:
    """The gateway gave up; the handler went on."""
    made = begun(ONE)
    assert made.answer(ONE, is_error_shown=False) == ["f| START"]
    assert made.add("f", ONE, "on", 1.0) == ["f 1111| on"]
    assert made.add("f", ONE, RECORD, 1.0) == []
    record = RECORD.replace("\r", "\nf 1111| ")
    assert made.end("f", ONE, ERROR, ["END"], 2.0) == [f"f 1111| {record}", "f 1111| END"]
    assert not made


def test_a_request_whose_client_went_away() -> None:
    made = begun(ONE)
    made.end("f", ONE, None, ["END"], 0.05)
    assert made.overdue(LATER) == ["f| START", "f| END"]
    assert not made
    assert made.answer(ONE, is_error_shown=False) == []


@pytest.mark.parametrize("is_live", [False, True])
def test_an_error_shown_beneath_the_request_is_not_repeated(is_live: bool) -> None:
    made = begun(ONE)
    made.add("f", ONE, "a", 0.0)
    early = made.overdue(LATER) if is_live else []
    made.add("f", ONE, RECORD, 0.2)
    made.end("f", ONE, ERROR, ["END"], 0.2)
    assert early + made.answer(ONE, is_error_shown=True) == ["f| START", "f| a", "f| END"]


def test_an_error_that_is_not_shown_elsewhere_stays() -> None:
    made = begun(ONE)
    made.add("f", ONE, RECORD, 0.0)
    made.end("f", ONE, ERROR, ["END"], 0.2)
    assert made.answer(ONE, is_error_shown=False)[1].startswith("f| [ERROR] ValueError: no\n")


def test_what_only_looks_like_an_error_is_not_kept_back_for_long() -> None:
    made = begun(ONE)
    made.overdue(LATER)
    assert made.add("f", ONE, "[ERROR] so I say", 1.0) == []
    assert made.add("f", ONE, "after", 1.01) == []
    assert made.overdue(1.05) == []
    assert made.overdue(1.0 + LATER) == ["f| [ERROR] so I say", "f| after"]
    assert made.add("f", ONE, "live", 1.2) == ["f| live"]


def test_lines_outside_any_invocation_go_straight_out() -> None:
    made = begun(ONE)
    assert made.add("f", None, "loading", 0.0) == ["f| loading"]
    assert made.add("g", "unknown", "late", 0.0) == ["g unkn| late"]
    assert blocks().add("g", "unknown", "late", 0.0) == ["g| late"]
    assert blocks().end("g", "unknown", None, ["END"], 0.0) == ["g| END"]


def test_an_init_errors_record_gives_way_to_what_is_shown_of_it() -> None:
    made = blocks()
    assert made.add("f", None, "loading", 0.0) == ["f| loading"]
    assert made.add("f", None, RECORD, 0.0) == []
    assert made.add("g", None, "other", 0.0) == ["g| other"]
    assert made.init_failed("f", ERROR, ["INIT_REPORT"]) == ["f| INIT_REPORT"]
    assert made.init_failed("f", ERROR, ["INIT_REPORT"]) == ["f| INIT_REPORT"]
    assert not made


def test_an_init_that_only_spoke_of_an_error() -> None:
    made = blocks()
    made.add("f", None, "[ERROR] no table", 0.0)
    assert made.add("f", None, "goes on", 0.01) == []
    assert made.overdue(HOLD / 2) == []
    assert made.overdue(LATER) == ["f| [ERROR] no table", "f| goes on"]
    assert not made


def test_an_init_that_floods() -> None:
    made = blocks()
    made.add("f", None, "[ERROR] no table", 0.0)
    assert len(made.add("f", None, "x" * LIMIT, 0.0)) == 2
    assert not made


def test_all_that_is_held() -> None:
    made = begun(ONE)
    made.add("f", ONE, "a", 0.0)
    assert made.rest() == ["f| START", "f| a"]
    assert made.rest() == []


def test_a_request_id_that_comes_again() -> None:
    made = begun(ONE)
    assert made.begin("f", ONE, ["START"], 0.0) == ["f 1111| START"]
