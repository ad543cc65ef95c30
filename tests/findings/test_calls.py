"""The key of a call."""

from emulator.findings.calls import call_of
from serving.exchanges import call, preflight


def test_a_preflight_and_its_request_are_one_call() -> None:
    assert call_of(preflight("PUT")) == call_of(call("PUT")) != call_of(call("POST"))
