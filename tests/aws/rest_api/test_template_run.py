"""The bounds that a run keeps to."""

from aws.rest_api.templates import fails, made
from emulator.aws import limits


def test_what_is_captured_is_written_where_it_is_used() -> None:
    assert made('#set($a = "<$input.body>")b$a$a', "x") == "b<x><x>"


def test_the_line_is_that_of_the_template_itself() -> None:
    assert fails('\n#set($a = "\n\n$input.path(1)")')[0] == 2


def test_no_more_than_a_body_may_have() -> None:
    line, reason = fails("\n$input.body" + "$input.body" * 10, "x" * (limits.REQUEST_BODY_BYTES // 10))
    assert (line, reason) == (2, "the template makes more than 10485760 bytes")


def test_no_deeper_than_velocity_goes() -> None:
    assert fails("#define($d)$d#end$d") == (1, "macros and blocks call each other more than 20 deep")
