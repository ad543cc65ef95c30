"""Faults in emulator.yaml."""

from emulator.aws.product import Layer
from hidden_faults.fault import Fault, Refused, configured
from hidden_faults.originals import BARE, HTTP, REST, STAGED, URL

GATEWAY, FUNCTION = Layer.GATEWAY, Layer.FUNCTION
ORIGIN = "- http://localhost:5173\n"


def _origin(name: str, written: str, says: str) -> Fault:
    mutation = configured(ORIGIN, f"- {written}\n")
    at = "allowOrigins" if says.startswith("the ") or "two hosts" in says else f"- {written}"
    return Fault(f"http-{name}", HTTP, "list", mutation, "origin-not-allowed", GATEWAY, at, says)


def _url_origin(name: str, written: str, says: str) -> Fault:
    mutation = configured('"http://localhost:5173"]', f'"{written}"]')
    return Fault(f"url-{name}", URL, "add", mutation, "origin-not-allowed", GATEWAY, f'"{written}"]', says)


WRITE = "Write http://localhost:5173 instead of '{}'"
ADD = "Add http://localhost:5173 to `cors.allowOrigins`"

OF_CONFIGURATION = [
    # An HTTP API
    _origin("slash", "http://localhost:5173/", WRITE.format("http://localhost:5173/")),
    _origin("path", "http://localhost:5173/app", WRITE.format("http://localhost:5173/app")),
    _origin("scheme", "https://localhost:5173", "the scheme differs"),
    _origin("port", "http://localhost:5174", "the port differs"),
    _origin("no-port", "http://localhost", "the port differs"),
    _origin("loopback", "http://127.0.0.1:5173", "are two hosts to a browser"),
    Fault("http-no-origin", HTTP, "list", configured(f"        {ORIGIN}", ""), "origin-not-allowed", GATEWAY,
          "allowOrigins", ADD),
    Fault("http-method-not-listed", HTTP, "replace", configured("POST, PUT, PATCH", "POST, PATCH"),
          "method-not-allowed", GATEWAY, "allowMethods", "PUT"),
    Fault("http-other-method-not-listed", HTTP, "patch", configured(", PATCH]", "]"), "method-not-allowed", GATEWAY,
          "allowMethods", "PATCH"),
    Fault("http-header-not-listed", HTTP, "add", configured("        - content-type\n", ""), "header-not-allowed",
          GATEWAY, "allowHeaders", "content-type"),
    Fault("http-header-misspelt", HTTP, "replace", configured("- authorization", "- authorisation"),
          "header-not-allowed", GATEWAY, "allowHeaders", "authorization"),
    Fault("http-header-quoted", HTTP, "add", configured("- content-type", "- \"'content-type'\""), "header-not-allowed",
          GATEWAY, "'content-type'", "Write content-type instead of ''content-type''"),
    Fault("http-header-with-underscore", HTTP, "add", configured("- content-type", "- content_type"),
          "header-not-allowed", GATEWAY, "allowHeaders", "content-type"),
    Fault("http-no-headers", HTTP, "replace",
          configured("      allowHeaders:\n        - content-type\n        - authorization\n", ""),
          "header-not-allowed", GATEWAY, "cors:", "authorization"),
    Fault("http-no-credentials", HTTP, "list", configured("      allowCredentials: true\n", ""),
          "credentials-not-allowed", GATEWAY, "cors:", "allowCredentials: true"),
    Fault("http-credentials-false", HTTP, "add", configured("allowCredentials: true", "allowCredentials: false"),
          "credentials-not-allowed", GATEWAY, "allowCredentials", "allowCredentials: true"),
    Fault("http-star-headers-with-credentials", HTTP, "replace",
          configured("allowHeaders:\n        - content-type\n        - authorization", 'allowHeaders: ["*"]'),
          "wildcard-with-credentials", GATEWAY, "allowHeaders", "authorization"),
    Fault("http-star-methods-with-credentials", HTTP, "replace", configured("[GET, POST, PUT, PATCH]", '["*"]'),
          "wildcard-with-credentials", GATEWAY, "allowMethods", "PUT"),
    Fault("http-any-takes-preflights", HTTP, "replace", configured("PUT /items/{id}", "ANY /items/{id}"),
          "preflight-reached-function", FUNCTION, "ANY /items/{id}", "PUT /items/{id}"),
    Fault("http-default-takes-preflights", HTTP, "add", configured("POST /items: items", "$default: items"),
          "preflight-reached-function", FUNCTION, "$default", "POST /{proxy+}"),
    Fault("http-options-route", HTTP, "add",
          configured("  POST /items: items", "  POST /items: items\n      OPTIONS /items: items"),
          "preflight-reached-function", FUNCTION, "OPTIONS /items", "Remove the route"),
    Fault("http-not-exposed", HTTP, "list", configured("[x-total]", "[x-pages]"), "header-not-exposed", GATEWAY,
          "exposeHeaders", "x-total", is_blocked=False),
    Fault("http-max-age-beyond-a-browser-s", HTTP, "add",
          configured("allowCredentials: true\n", "allowCredentials: true\n      maxAge: 86400\n"),
          "max-age-capped", GATEWAY, "maxAge", "7200", is_blocked=False),
    # An HTTP API with a stage
    Fault("staged-star-methods-lost", STAGED, "replace",
          configured('allowMethods: ["*"]', "allowMethods: [GET, POST]"), "method-not-allowed", GATEWAY,
          "allowMethods", "PUT"),
    Fault("staged-star-headers-lost", STAGED, "add", configured('["*", authorization]', "[accept]"),
          "header-not-allowed", GATEWAY, "allowHeaders", "content-type"),
    Fault("staged-star-for-authorization", STAGED, "signed", configured('["*", authorization]', '["*"]'),
          "authorization-covered-by-wildcard", GATEWAY, "allowHeaders", "authorization", is_blocked=False),
    Fault("staged-one-origin-only", STAGED, "list",
          configured('allowOrigins: ["*"]', "allowOrigins: [https://notes.example.com]"), "origin-not-allowed", GATEWAY,
          "allowOrigins", ADD),
    # An HTTP API whose function answers for CORS
    Fault("bare-methods-without-options", BARE, "add", configured("ANY /tasks", "POST /tasks"),
          "missing-options-route", GATEWAY, "  tasks:\n", "cors"),
    Fault("bare-empty-cors-section", BARE, "list",
          configured("    port: 0\n", "    port: 0\n    cors: {allowOrigins: [https://tasks.example.com]}\n"),
          "origin-not-allowed", GATEWAY, "allowOrigins", ADD),
    # A REST API
    Fault("rest-dropped-options", REST, "add", configured("      OPTIONS /orders: orders\n", ""),
          "missing-options-route", GATEWAY, "routes:", "OPTIONS /orders"),
    Fault("rest-dropped-options-of-a-parameter", REST, "replace",
          configured("      OPTIONS /orders/{id}: orders\n", ""), "missing-options-route", GATEWAY, "routes:",
          "OPTIONS /orders/{id}"),
    Fault("rest-dropped-route", REST, "list", configured("      GET /orders: orders\n", ""), "unknown-route", GATEWAY,
          "routes:", "GET /orders"),
    Fault("rest-misspelt-route", REST, "list", configured("  GET /orders: orders", "  GET /order: orders"),
          "unknown-route", GATEWAY, "routes:", "GET /orders"),
    Fault("rest-no-binary-types", REST, "packed", configured('    binaryMediaTypes: ["*/*"]\n', ""),
          "content-encoding-broken", GATEWAY, "  orders:\n", "binaryMediaTypes"),
    Fault("rest-other-binary-types", REST, "packed", configured('["*/*"]', "[image/png]"),
          "content-encoding-broken", GATEWAY, "binaryMediaTypes", '"*/*"'),
    # A function URL
    _url_origin("slash", "http://localhost:5173/", WRITE.format("http://localhost:5173/")),
    _url_origin("upper-case", "http://Localhost:5173", WRITE.format("http://Localhost:5173")),
    _url_origin("scheme", "https://localhost:5173", "the scheme differs"),
    _url_origin("port", "http://localhost:3000", "the port differs"),
    _url_origin("loopback", "http://127.0.0.1:5173", "are two hosts to a browser"),
    _url_origin("bare-host", "localhost:5173", WRITE.format("localhost:5173")),
    _url_origin("several-in-one", "http://localhost:5173,https://a.example", "One origin is one entry"),
    Fault("url-header-list-as-one-string", URL, "add",
          configured("[content-type, authorization]", '["content-type,authorization"]'), "header-list-as-one-string",
          GATEWAY, "allowHeaders", "[content-type, authorization]"),
    Fault("url-method-not-listed", URL, "replace", configured(", PUT]", "]"), "method-not-allowed", GATEWAY,
          "allowMethods", "PUT"),
    Fault("url-header-not-listed", URL, "add", configured("[content-type, ", "["), "header-not-allowed", GATEWAY,
          "allowHeaders", "content-type"),
    Fault("url-no-credentials", URL, "list", configured("      allowCredentials: true\n", ""),
          "credentials-not-allowed", GATEWAY, "cors:", "allowCredentials: true"),
    Fault("url-any-origin-with-credentials", URL, "list",
          configured('[https://www.example.com, "http://localhost:5173"]', '["*"]'), "any-origin-with-credentials",
          GATEWAY, "allowOrigins", WRITE.format("*"), is_blocked=False),
    Fault("url-star-headers-with-credentials", URL, "add", configured("[content-type, authorization]", '["*"]'),
          "wildcard-with-credentials", GATEWAY, "allowHeaders", "content-type"),
    Fault("url-not-exposed", URL, "list", configured("      exposeHeaders: [x-total]\n", ""), "header-not-exposed",
          GATEWAY, "cors:", "x-total", is_blocked=False),
]  # fmt: skip

REFUSED = [
    Refused("http-star-with-credentials", HTTP, configured(ORIGIN, '- "*"\n'), "allowCredentials", "List the origins"),
    Refused("http-null", HTTP, configured(ORIGIN, '- "null"\n'), '- "null"', "scheme://host"),
    Refused("http-bare-host", HTTP, configured(ORIGIN, "- localhost:5173\n"), "- localhost:5173",
            "Write http://localhost:5173"),
    Refused("http-pattern", HTTP, configured(ORIGIN, "- http://*.localhost\n"), "- http://*.localhost", "one by one"),
    Refused("http-methods-in-one-string", HTTP, configured("[GET, POST, PUT, PATCH]", '["GET,POST,PUT"]'),
            "allowMethods", "[GET, POST, PUT]"),
    Refused("http-any-as-method", HTTP, configured("[GET, POST, PUT, PATCH]", "[ANY]"), "allowMethods", '"*"'),
    Refused("http-misspelt-field", HTTP, configured("allowMethods", "allowedMethods"), "allowedMethods",
            "allowMethods"),
    Refused("http-string-for-a-list", HTTP, configured("[x-total]", "x-total"), "exposeHeaders", "[x-total]"),
    Refused("url-quoted-method", URL, configured("[GET, POST, PUT]", "[\"'GET'\", POST, PUT]"), "allowMethods", "GET"),
    Refused("url-options-listed", URL, configured("[GET, POST, PUT]", "[GET, POST, PUT, OPTIONS]"), "allowMethods",
            "Remove it"),
    Refused("url-lower-case-method", URL, configured("[GET, POST, PUT]", "[get, POST, PUT]"), "allowMethods",
            "Write its upper-case name, GET"),
    Refused("rest-no-such-function", REST, configured("  GET /orders: orders", "  GET /orders: order"),
            "GET /orders: order", "orders"),
]  # fmt: skip
"""What AWS refuses is told before anything is served."""
