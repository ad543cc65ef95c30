from emulator.aws.http_api.http_api import HttpApi
from emulator.findings.finding import Review, Severity
from emulator.findings.review import review
from products import a_route
from serving.exchanges import answers, call, exchanged

API = HttpApi("shop", "abcdef1234", (a_route("GET /x"),))


def test_a_handshake_has_no_verdict_and_one_line() -> None:
    handshake = call(headers=(("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")))
    reviewed = review(exchanged(API, handshake, answers()), ())
    (note,) = reviewed.findings
    assert reviewed == Review(None, (note,))
    assert (note.severity, note.evidence, note.fix) == (Severity.NOTE, (), "")
    assert note.message.startswith("WebSocket APIs are not emulated: 'shop' took this handshake for a GET.")
