from emulator.aws.product import Layer
from emulator.findings.changes import AddRoute, AddToCors, CorsField, ReturnHeaders
from emulator.findings.rules.cors_hidden_by_proxy import RULE
from findings.examples import EMPLOYEES, LISTED, PAGE, PLAIN, REST, Example, allowing, answers, call, proxied
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example("allowed", LISTED, proxied(), answers(), (), Layer.FUNCTION, says="the page would be allowed this call."),
    Example(
        "allowed-with-a-warning",
        REST,
        proxied("/dev/x"),
        answers(acao=PAGE, expires="Thu, 01 Jan 2099 00:00:00 GMT"),
        (),
        Layer.FUNCTION,
        says="the page would be allowed this call.",
    ),
    Example(
        "refused",
        allowing("http://a.test"),
        proxied(),
        answers(),
        (AddToCors("h", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://a.test",)),),
        Layer.GATEWAY,
        says="the page would be refused this call: MissingAllowOriginHeader (gateway).",
    ),
    Example(
        "the-function-may-know",
        PLAIN,
        proxied(),
        answers(),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
        says="unless the function answers otherwise to a request with Origin",
    ),
    Example(
        "preflight",
        EMPLOYEES,
        proxied("/dev/employees", "POST", "application/json"),
        answers(),
        (
            AddRoute(
                "orders",
                "OPTIONS /employees",
                (
                    ("Access-Control-Allow-Origin", PAGE),
                    ("Access-Control-Allow-Methods", "POST"),
                    ("Access-Control-Allow-Headers", "content-type"),
                ),
            ),
        ),
        Layer.GATEWAY,
        says="PreflightMissingAllowOriginHeader (gateway)",
    ),
]

NOT_FOUND = [
    Example("direct", PLAIN, call(), answers()),
    Example("an-image", PLAIN, proxied(mode="no-cors"), answers()),
    Example("handshake", PLAIN, call(Upgrade="websocket", Connection="Upgrade"), answers()),
]
