"""What counts as told before."""

from dataclasses import replace

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.console.told_before import ToldBefore, ToldErrors
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Finding, Severity
from emulator.findings.fix import NOTHING_TO_MEND, Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind

API, OTHER = HttpApi("shop", "abcdef1234", ()), HttpApi("shop", "abcdef1234", ())
FINDING = Finding("name", Severity.ERROR, Layer.GATEWAY, "of /a", (), Fix((DoByHand("mend it"),)))


def test_a_finding_is_known_by_api_name_and_fix() -> None:
    told = ToldBefore()
    assert [told.count(API, FINDING) for _ in range(3)] == [1, 2, 3]
    assert told.count(API, replace(FINDING, message="of /b")) == 4
    assert told.count(OTHER, FINDING) == told.count(API, replace(FINDING, name="other")) == 1
    assert told.count(API, replace(FINDING, fix=Fix((DoByHand("mend that"),)))) == 1


def test_one_without_a_fix_is_known_by_its_message() -> None:
    told, bare = ToldBefore(), replace(FINDING, fix=NOTHING_TO_MEND)
    assert [told.count(API, bare), told.count(API, replace(bare, message="of /b")), told.count(API, bare)] == [1, 1, 2]


def test_everything_is_news_after_a_save() -> None:
    told = ToldBefore()
    told.count(API, FINDING)
    told.renew()
    assert told.count(API, FINDING) == 1


def test_what_is_told_is_forgotten_before_it_fills_the_memory() -> None:
    told = ToldBefore(most=2)
    for name in ("a", "b", "b"):
        told.count(API, replace(FINDING, name=name))
    assert told.count(API, replace(FINDING, name="b")) == 3
    assert told.count(API, replace(FINDING, name="c")) == told.count(API, replace(FINDING, name="b")) == 1


RAISED = FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'a'", ("  File x\n    d[key]\n",))


def test_an_error_is_known_by_its_frames_and_its_message_is_compared() -> None:
    told = ToldErrors()
    assert [told.count("f", RAISED) for _ in range(3)] == [(1, False), (2, True), (3, True)]
    assert told.count("f", replace(RAISED, error_message="'b'")) == (4, False)
    for other in (replace(RAISED, stack_trace=("  File y\n",)), replace(RAISED, error_type="LookupError")):
        assert told.count("f", other) == (1, False)
    assert told.count("g", RAISED) == (1, False)
    told.renew()
    assert told.count("f", RAISED) == (1, False)


def test_an_error_without_frames_is_always_shown() -> None:
    told, timeout = ToldErrors(), replace(RAISED, kind=FunctionErrorKind.TIMEOUT, stack_trace=())
    assert [told.count("f", timeout), told.count("f", timeout)] == [(1, False), (1, False)]


def test_errors_are_forgotten_before_they_fill_the_memory() -> None:
    told = ToldErrors(most=1)
    assert [told.count(function, RAISED)[0] for function in "ffgf"] == [1, 2, 1, 1]
