from emulator.aws.product import Layer
from emulator.deployment import Frontend
from emulator.findings.changes import CompareOrigin
from emulator.findings.rules.origin_echoed import RULE
from findings.examples import PAGE, REST, URL_CORS, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "without-credentials",
        REST,
        call(path="/dev/x", origin="http://evil.test"),
        answers(acao="http://evil.test"),
        (CompareOrigin("f"),),
        Layer.FUNCTION,
        frontends=(Frontend(PAGE),),
        says="without credentials",
    ),
    Example(
        "with-credentials",
        REST,
        call(path="/dev/x", origin="http://evil.test"),
        answers(acao="http://evil.test", acac="true"),
        (CompareOrigin("f"),),
        Layer.FUNCTION,
        frontends=(Frontend(PAGE),),
        says="with the user's cookies",
    ),
]

NOT_FOUND = [
    Example("opaque", REST, call(path="/dev/x", origin="null"), answers(acao="null"), frontends=(Frontend("null"),)),
    Example("no-frontends", REST, call(path="/dev/x", origin="http://evil.test"), answers(acao="http://evil.test")),
    Example(
        "declared",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE),
        frontends=(Frontend("https://shop.test"), Frontend(PAGE)),
    ),
    Example(
        "wildcard", REST, call(path="/dev/x", origin="http://evil.test"), answers(acao="*"), frontends=(Frontend(PAGE),)
    ),
    Example(
        "the-gateway-decides",
        URL_CORS,
        call(path="/", origin="http://evil.test"),
        answers(),
        frontends=(Frontend(PAGE),),
    ),
]
