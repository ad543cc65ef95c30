"""Faults in the code of functions, and in the page."""

from emulator.aws.product import Layer
from hidden_faults.fault import Fault, called, coded
from hidden_faults.originals import BARE, HTTP, JSON, OWN_URL, REST, SLOW, STAGED, URL, Original

GATEWAY, FUNCTION, BROWSER = Layer.GATEWAY, Layer.FUNCTION, Layer.BROWSER
FOREIGN = "https://elsewhere.example"
ORIGIN = '"Access-Control-Allow-Origin": "http://localhost:5173"'


def _origin(name: str, written: str, rule: str, says: str) -> Fault:
    mutation = coded("orders", ORIGIN, f'"Access-Control-Allow-Origin": "{written}"')
    return Fault(f"rest-{name}", REST, "list", mutation, rule, FUNCTION, says=says)


def _echo(name: str, original: Original) -> Fault:
    function = next(iter(original.calls.values())).api
    mutation = coded(
        function,
        "def handler(event, context):\n",
        'def handler(event, context):\n    CORS["Access-Control-Allow-Origin"] = event["headers"]["origin"]\n',
    )
    return Fault(f"{name}-echo", original, "list", mutation, "origin-echoed", FUNCTION,
                 says="allowlist", is_blocked=False, origin=FOREIGN)  # fmt: skip


NAMED = "Access-Control-Allow-Origin: http://localhost:5173"

OF_CODE = [
    _origin("slash", "http://localhost:5173/", "origin-not-allowed", NAMED),
    _origin("scheme", "https://localhost:5173", "origin-not-allowed", "the scheme differs"),
    _origin("port", "http://localhost:5174", "origin-not-allowed", "the port differs"),
    _origin("loopback", "http://127.0.0.1:5173", "origin-not-allowed", "two hosts to a browser"),
    _origin("two-origins", "http://localhost:5173, https://a.example", "multiple-allow-origin-values", NAMED),
    _origin("quoted", "'http://localhost:5173'", "invalid-allow-origin", NAMED),
    _origin("bare-host", "localhost:5173", "origin-not-allowed", NAMED),
    _origin("star-with-credentials", "*", "wildcard-with-credentials", NAMED),
    Fault("rest-no-origin", REST, "list", coded("orders", f"    {ORIGIN},\n", ""), "missing-cors-headers", FUNCTION,
          says=NAMED),
    Fault("rest-no-credentials", REST, "list",
          coded("orders", '    "Access-Control-Allow-Credentials": "true",\n', ""), "credentials-not-allowed", FUNCTION,
          says="Access-Control-Allow-Credentials: true"),
    Fault("rest-true-in-upper-case", REST, "add",
          coded("orders", 'Credentials": "true"', 'Credentials": "True"'), "credentials-not-allowed", FUNCTION,
          says="Access-Control-Allow-Credentials: true"),
    Fault("rest-method-not-listed", REST, "replace", coded("orders", "GET, POST, PUT", "GET, POST"),
          "method-not-allowed", FUNCTION, says="PUT"),
    Fault("rest-methods-in-lower-case", REST, "replace", coded("orders", "GET, POST, PUT", "get, post, put"),
          "method-not-allowed", FUNCTION, says="PUT"),
    Fault("rest-header-not-listed", REST, "replace", coded("orders", "content-type, authorization", "content-type"),
          "header-not-allowed", FUNCTION, says="authorization"),
    Fault("rest-headers-quoted", REST, "add",
          coded("orders", '"content-type, authorization"', "\"'content-type, authorization'\""), "header-not-allowed",
          FUNCTION, says="Access-Control-Allow-Headers: content-type, authorization"),
    Fault("rest-headers-spaced", REST, "add",
          coded("orders", "content-type, authorization", "content-type authorization"), "invalid-allow-headers",
          FUNCTION, says="Access-Control-Allow-Headers: content-type"),
    Fault("rest-methods-spaced", REST, "replace", coded("orders", "GET, POST, PUT", "GET POST PUT"),
          "invalid-allow-methods", FUNCTION, says="Access-Control-Allow-Methods: GET, POST, PUT"),
    Fault("rest-star-headers-with-credentials", REST, "add", coded("orders", "content-type, authorization", "*"),
          "wildcard-with-credentials", FUNCTION, says="content-type"),
    Fault("rest-preflight-status", REST, "add", coded("orders", '"statusCode": 204', '"statusCode": 403'),
          "preflight-status", FUNCTION, says="204"),
    Fault("rest-preflight-redirected", REST, "add",
          coded("orders", '204, "headers": CORS}', '307, "headers": {**CORS, "Location": "/"}}'),
          "preflight-redirected", FUNCTION, says="204"),
    Fault("rest-preflight-without-headers", REST, "add", coded("orders", '204, "headers": CORS}', "204}"),
          "preflight-without-cors", FUNCTION, says=NAMED),
    Fault("rest-error-path", REST, "missing", coded("orders", '404, "headers": CORS', '404, "headers": {}'),
          "error-response-without-cors", FUNCTION, says="on the error path too"),
    Fault("rest-raises", REST, "list", coded("orders", '"body": "[]"', '"body": {}["x"]'),
          "function-error", FUNCTION, says="function 'orders'"),
    Fault("rest-raises-on-options", REST, "add", coded("orders", 'event["httpMethod"] ==', 'event["method"] =='),
          "function-error", FUNCTION, says="function 'orders'"),
    Fault("rest-malformed", REST, "list", coded("orders", '"body": "[]"', '"body": []'),
          "malformed-function-response", FUNCTION, says="function 'orders'"),
    Fault("rest-no-such-status", REST, "list",
          coded("orders", '200, "headers": {**CORS, "Content-Type": "application/json"}, "body": "[]"',
                '"ok", "headers": CORS, "body": "[]"'),
          "malformed-function-response", FUNCTION, says="function 'orders'"),
    Fault("rest-does-not-load", REST, "list", coded("orders", "import gzip", "import gzipp"),
          "function-error", FUNCTION, says="function 'orders'"),
    Fault("rest-answer-too-large", REST, "list", coded("orders", '"body": "[]"', '"body": "x" * 7_000_000'),
          "function-error", FUNCTION, says="answer with less"),
    Fault("rest-not-base64", REST, "packed", coded("orders", ', "isBase64Encoded": True', ""),
          "content-encoding-broken", FUNCTION, says="isBase64Encoded: true"),
    Fault("rest-not-compressed", REST, "packed", coded("orders", "gzip.compress(b", "bytes(b"),
          "content-encoding-broken", FUNCTION, says="Content-Encoding"),
    # An HTTP API
    Fault("http-raises", HTTP, "list", coded("items", "[1, 2]", "1 / 0"), "function-error", FUNCTION, is_blocked=False),
    Fault("http-own-headers", HTTP, "list",
          coded("items", "headers = {", 'headers = {"Access-Control-Expose-Headers": "etag", '),
          "function-cors-ignored", GATEWAY, "exposeHeaders", "etag", is_blocked=False),
    Fault("bare-no-headers", BARE, "list", coded("tasks", "headers = {**CORS, ", "headers = {"),
          "missing-cors-headers", FUNCTION, says=NAMED),
    Fault("bare-error-path", BARE, "missing", coded("tasks", '404, "headers": CORS, ', "404, "),
          "error-response-without-cors", FUNCTION, says="on the error path too"),
    Fault("bare-reads-the-other-format", BARE, "list",
          coded("tasks", 'event["requestContext"]["http"]["method"]', 'event["httpMethod"]'),
          "event-format-mismatch", FUNCTION, says="read `requestContext.http.method`"),
    Fault("bare-no-vary", BARE, "list",
          coded("tasks", '"Vary": "Origin"', '"Cache-Control": "max-age=60"'), "vary-origin-missing", FUNCTION,
          says="Vary: Origin", is_blocked=False),
    Fault("bare-header-in-another-case", BARE, "list",
          coded("tasks", "    method = ", '    origin = event["headers"]["Origin"]\n    method = '),
          "header-name-case", FUNCTION, says="read the header as `origin`"),
    Fault("bare-origin-in-another-case", BARE, "list",
          coded("tasks", '    if method == "OPTIONS":',
                '    if event["headers"].get("Origin") != CORS["Access-Control-Allow-Origin"]:\n'
                '        return {"statusCode": 204}\n    if method == "OPTIONS":'),
          "header-name-case", FUNCTION, says="read the header as `origin`"),
    Fault("bare-field-of-the-other-format", BARE, "list",
          coded("tasks", '200, "headers": headers', '200, "headers": CORS, "multiValueHeaders": {"x-total": ["2"]}'),
          "response-field-ignored", FUNCTION, says="`headers` with one string each", is_blocked=False),
    Fault("http-own-origin", HTTP, "list",
          coded("items", "headers = {", 'headers = {"Access-Control-Allow-Origin": "https://a.example", '),
          "function-cors-ignored", FUNCTION, says="Remove the Access-Control-* headers", is_blocked=False),
    Fault("http-cookie-across-sites", HTTP, "list",
          coded("items", '"x-total": "2"}', '"x-total": "2", "Set-Cookie": "a=b; SameSite=None"}'),
          "cookie-refused", FUNCTION, says="SameSite=None; Secure", is_blocked=False),
    # A function URL
    Fault("url-own-headers", URL, "list",
          coded("contact", "headers = {", 'headers = {"Access-Control-Allow-Origin": "http://localhost:5173", '),
          "duplicate-cors-headers", FUNCTION, says="Remove the Access-Control-* headers"),
    Fault("url-raises", URL, "list", coded("contact", "[1, 2]", "1 / 0"), "function-error", FUNCTION, is_blocked=False),
    Fault("own-url-no-origin", OWN_URL, "add", coded("tasks", f"    {ORIGIN},\n", ""), "preflight-without-cors",
          FUNCTION, says=NAMED),
    Fault("own-url-reads-the-other-format", OWN_URL, "list",
          coded("tasks", "    method = ", "    method = event['httpMethod'] or "),
          "event-format-mismatch", FUNCTION, says="read `requestContext.http.method`"),
    Fault("own-url-method-not-listed", OWN_URL, "replace", coded("tasks", "GET, POST, PUT", "GET,POST"),
          "method-not-allowed", FUNCTION, says="PUT"),
    # A function that lets every site in
    *(_echo(name, original) for name, original in (("rest", REST), ("bare", BARE), ("own-url", OWN_URL))),
    # A function that answers too late
    Fault("slow-too-late", SLOW, "make", coded("reports", "sleep(0)", "sleep(2.5)"), "function-timeout", FUNCTION,
          says="answer within 1 s"),
    # The page
    Fault("page-patch", HTTP, "patch", called(method="patch"), "method-case", BROWSER, says="call with PATCH"),
    Fault("page-lost-stage", REST, "list", called(path="/orders"), "url-outside-stage", GATEWAY, says="/dev/orders"),
    Fault("page-lost-stage-preflight", REST, "add", called(path="/orders"), "url-outside-stage", GATEWAY,
          says="/dev/orders"),
    Fault("page-other-stage", STAGED, "list", called(path="/v2/notes"), "url-outside-stage", GATEWAY,
          says="/v1/notes"),
    Fault("page-stage-of-elsewhere", REST, "list", called(path="/prod/orders"), "url-outside-stage", GATEWAY,
          says="/dev/orders"),
    Fault("page-slash-at-the-end", BARE, "list", called(path="/tasks/"), "unknown-route", GATEWAY, says="/tasks."),
    Fault("page-slashes-doubled", BARE, "add", called(path="//tasks"), "missing-options-route", GATEWAY,
          says="/tasks."),
    Fault("page-undecodable-path", BARE, "list", called(path="/tasks/%zz"), "bad-request", GATEWAY,
          says="Mend the page's URL"),
    Fault("page-from-a-file", HTTP, "list", called(origin="null"), "opaque-origin", GATEWAY,
          says="Serve the page over http"),
    Fault("page-body-too-large", REST, "add", called(body="x" * 11_000_000), "request-too-large", GATEWAY,
          says="Send less"),
    Fault("page-token-too-large", REST, "replace", called(headers={"authorization": "x" * 12_000, **JSON}),
          "request-too-large", GATEWAY, says="Send less"),
    Fault("page-credentials-to-a-star", STAGED, "list", called(credentials="include"), "wildcard-with-credentials",
          GATEWAY, "allowOrigins", "without credentials"),
    Fault("page-further-header", HTTP, "list", called(headers={"x-trace": "1"}), "header-not-allowed", GATEWAY,
          "allowHeaders", "x-trace"),
]  # fmt: skip
