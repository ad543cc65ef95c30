from emulator.aws.product import Layer
from emulator.findings.rules.websocket_not_emulated import RULE
from findings.examples import PLAIN, Example, answers, call, proxied
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "handshake",
        PLAIN,
        call(Upgrade="websocket", Connection="Upgrade"),
        answers(),
        (),
        Layer.GATEWAY,
        says="took this handshake for a GET",
    ),
]

NOT_FOUND = [
    Example("fetch", PLAIN, call(), answers()),
    Example("proxied", PLAIN, proxied(), answers()),
]
