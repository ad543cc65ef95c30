from emulator.aws.product import Layer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.rules.missing_cors_headers import RULE
from findings.examples import PAGE, PLAIN, REST, SHOP, URL, Example, answers, call, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "function-no-headers",
        REST,
        call(path="/dev/x"),
        answers(),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
    Example(
        "function-url-no-headers",
        URL,
        call(path="/"),
        answers(),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
    ),
    Example(
        "http-api-without-cors",
        PLAIN,
        call(),
        answers(),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
        says="HTTP API 'plain' without `cors` adds no CORS headers",
    ),
    *[
        Example(
            f"loaded-as-{destination}",
            REST,
            call(path="/dev/x", Sec_Fetch_Mode="cors", Sec_Fetch_Dest=destination),
            answers(),
            (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
            Layer.FUNCTION,
            says=says,
        )
        for destination, says in (
            ("script", "a script needs CORS as a module, or in a <script> with `crossorigin`"),
            ("font", "a font always needs CORS"),
        )
    ],
    Example(
        "its-name-is-misspelt",
        REST,
        call(path="/dev/x"),
        answers(**{"Access-Control-Allow-Origins": "*"}),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
        says="`Access-Control-Allow-Origins`, which it returned, is not `Access-Control-Allow-Origin`",
    ),
]

NOT_FOUND = [
    Example("there-are-some", REST, call(path="/dev/x"), answers(acao=PAGE)),
    Example("others", REST, call(path="/dev/x"), answers(acao="http://a.test")),
    Example("the-gateway-decides", SHOP, call(), answers()),
    Example("preflight", REST, preflight("GET", "/dev/y"), answers()),
]
