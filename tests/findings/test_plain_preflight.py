"""Why a browser asks before a call that needs no preflight; and where something else shows the reason."""

import pytest

from emulator.findings.finding import Case, Finding
from emulator.findings.plain_preflight import with_reason
from emulator.findings.rules.cors_blocked import RULE
from emulator.messages import Request
from findings.examples import REST, answers, call, preflight
from serving.exchanges import exchanged


def told(request: Request) -> tuple[str, ...]:
    case = Case(exchanged(REST, request, answers()))
    finding = Finding(RULE.name, RULE.severity, case.exchange.layer, "", ("first",))
    first, *others = with_reason(finding, case).evidence
    assert first == "first"
    return tuple(others)


CHROMIUM = {"User_Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_plain_call_is_preflighted_for_its_upload(method: str) -> None:
    (reason,) = told(preflight(method, "/dev/x"))
    assert reason.startswith(f"nothing in {method} and its headers needs a preflight: ")
    assert "`XMLHttpRequest.upload`" in reason
    assert reason.endswith(", or was redirected here")


def test_chromium_asks_for_nothing_else() -> None:
    (reason,) = told(call("OPTIONS", "/dev/x", Access_Control_Request_Method="POST", **CHROMIUM))
    assert reason.endswith("or has a stream as body")


SHOWN = [
    pytest.param(preflight("PUT", "/dev/x"), id="method"),
    pytest.param(preflight("POST", "/dev/x", headers="content-type"), id="header"),
    pytest.param(
        call("OPTIONS", Access_Control_Request_Method="GET", Access_Control_Request_Private_Network="true"),
        id="private-network",
    ),
    pytest.param(call("POST", "/dev/x"), id="no-preflight"),
]


@pytest.mark.parametrize("request_", SHOWN)
def test_where_the_reason_shows(request_: Request) -> None:
    assert told(request_) == ()
