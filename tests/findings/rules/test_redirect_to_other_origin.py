from emulator.aws.product import Layer
from emulator.findings.changes import MendHandler
from emulator.findings.rules.redirect_to_other_origin import RULE
from findings.examples import PAGE, PLAIN, REST, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

LOGIN = {"Location": "https://login.example.com/"}
MENDED = (MendHandler("f", "answer 401, or with the URL in the body, and let the page go there itself"),)

FOUND = [
    Example(
        "login",
        REST,
        call(path="/dev/x"),
        answers(302, acao=PAGE, **LOGIN),
        MENDED,
        Layer.FUNCTION,
        says="to https://login.example.com with `Origin: null`, and blocks the answer unless it allows `*` or `null`",
    ),
    Example(
        "with-credentials",
        REST,
        call(path="/dev/x", Cookie="a=b"),
        answers(302, acao=PAGE, acac="true", **LOGIN),
        MENDED,
        Layer.FUNCTION,
        says="by name and allows credentials",
    ),
]

STORED = {"Location": "https://bucket.example.com/key?signature=a"}
SENT_ON = (MendHandler("f", "answer with the URL in the body, and let the page send its request there itself"),)
FOUND += [
    Example("an-upload", PLAIN, call("POST"), answers(307, acao=PAGE, **STORED), SENT_ON, Layer.FUNCTION,
            says="unless it allows `*` or `null`. 307, Location: "),
    Example("a-page-by-307", REST, call(path="/dev/x"), answers(307, acao=PAGE, **LOGIN), MENDED, Layer.FUNCTION),
]  # fmt: skip

NOT_FOUND = [
    Example("at-home", REST, call(path="/dev/x"), answers(302, acao=PAGE, Location="/dev/y")),
    Example("what-was-made", REST, call(path="/dev/x"), answers(201, acao=PAGE, **LOGIN)),
    Example("nowhere", REST, call(path="/dev/x"), answers(302, acao=PAGE)),
    Example("to-no-url", REST, call(path="/dev/x"), answers(302, acao=PAGE, Location="http://[")),
    Example("blocked", REST, call(path="/dev/x"), answers(302, **LOGIN)),
    Example("a-preflight", REST, preflight("GET", "/dev/y"), answers(302, acao=PAGE, **LOGIN)),
]
