"""Deployments that are right, and the calls that their pages make: nothing is to be said of any of them."""

from dataclasses import dataclass

from trials.trial import Call, Trial, files_of

JSON = {"content-type": "application/json"}
SIGNED = {"authorization": "Bearer 1", **JSON}


@dataclass(frozen=True)
class Original:
    """The files of one deployment, and the calls of its page by name."""

    files: dict[str, str]
    calls: dict[str, Call]

    def trial(self, call: str) -> Trial:
        return Trial(self.files, self.calls[call])


PLAIN_HANDLER = """
    import json

    def handler(event, context):
        if event["requestContext"]["http"]["method"] not in ("GET", "POST", "PUT", "PATCH"):
            return {"statusCode": 405}
        if event["rawPath"].endswith("/missing"):
            return {"statusCode": 404, "headers": {"x-total": "0"}, "body": "{}"}
        headers = {"Content-Type": "application/json", "x-total": "2"}
        return {"statusCode": 200, "headers": headers, "body": json.dumps({"rows": [1, 2]})}
"""

HTTP = Original(
    files_of(
        """
        apis:
          shop:
            type: http
            port: 0
            cors:
              allowOrigins:
                - https://shop.example.com
                - http://localhost:5173
              allowMethods: [GET, POST, PUT, PATCH]
              allowHeaders:
                - content-type
                - authorization
              exposeHeaders: [x-total]
              allowCredentials: true
            routes:
              GET /items: items
              GET /items/{id}: items
              POST /items: items
              PUT /items/{id}: items
              PATCH /items/{id}: items
        functions:
          items: {handler: items.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        items=PLAIN_HANDLER,
    ),
    {
        "list": Call("shop", "/items", credentials="include"),
        "add": Call("shop", "/items", "POST", JSON, "{}", "include"),
        "replace": Call("shop", "/items/1", "PUT", SIGNED, "{}", "include"),
        "patch": Call("shop", "/items/1", "PATCH", JSON, "{}", "include"),
        "missing": Call("shop", "/items/missing", credentials="include"),
    },
)
"""An HTTP API whose gateway answers for CORS."""

STAGED = Original(
    files_of(
        """
        apis:
          notes:
            type: http
            port: 0
            stage: v1
            cors:
              allowOrigins: ["*"]
              allowMethods: ["*"]
              allowHeaders: ["*", authorization]
            routes:
              GET /notes: notes
              POST /notes: notes
              PUT /notes: notes
        functions:
          notes: {handler: notes.handler}
        frontends:
          - origin: http://localhost:5173
        """,
        notes="""
            def handler(event, context):
                return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "[]"}
        """,
    ),
    {
        "list": Call("notes", "/v1/notes", credentials="omit"),
        "add": Call("notes", "/v1/notes", "POST", JSON, "{}", "omit"),
        "signed": Call("notes", "/v1/notes", "POST", SIGNED, "{}", "omit"),
        "replace": Call("notes", "/v1/notes", "PUT", JSON, "{}", "omit"),
    },
)
"""An HTTP API with a stage, open to all without credentials."""

ANSWERING_HANDLER = """
    CORS = {
        "Access-Control-Allow-Origin": "http://localhost:5173",
        "Access-Control-Allow-Methods": "GET, POST, PUT",
        "Access-Control-Allow-Headers": "content-type, authorization",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "x-total",
        "Vary": "Origin",
    }

    def handler(event, context):
        method = event["requestContext"]["http"]["method"]
        if method == "OPTIONS":
            return {"statusCode": 204, "headers": CORS}
        if method == "GET" and "id" in event.get("queryStringParameters", {}):
            return {"statusCode": 404, "headers": CORS, "body": "{}"}
        headers = {**CORS, "Content-Type": "application/json", "x-total": "2"}
        return {"statusCode": 200, "headers": headers, "body": "[]"}
"""
ANSWERED = {
    "list": Call("tasks", "/tasks", credentials="include"),
    "add": Call("tasks", "/tasks", "POST", JSON, "{}", "include"),
    "replace": Call("tasks", "/tasks", "PUT", SIGNED, "{}", "include"),
    "missing": Call("tasks", "/tasks?id=9", credentials="include"),
}

BARE = Original(
    files_of(
        """
        apis:
          tasks:
            type: http
            port: 0
            routes:
              ANY /tasks: tasks
        functions:
          tasks: {handler: tasks.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        tasks=ANSWERING_HANDLER,
    ),
    ANSWERED,
)
"""An HTTP API without `cors`, whose function answers for CORS."""

REST = Original(
    files_of(
        """
        apis:
          orders:
            type: rest
            port: 0
            stage: dev
            binaryMediaTypes: ["*/*"]
            routes:
              GET /orders: orders
              POST /orders: orders
              OPTIONS /orders: orders
              GET /orders/{id}: orders
              PUT /orders/{id}: orders
              OPTIONS /orders/{id}: orders
        functions:
          orders: {handler: orders.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        orders="""
            import base64
            import gzip

            CORS = {
                "Access-Control-Allow-Origin": "http://localhost:5173",
                "Access-Control-Allow-Methods": "GET, POST, PUT",
                "Access-Control-Allow-Headers": "content-type, authorization",
                "Access-Control-Allow-Credentials": "true",
                "Vary": "Origin",
            }

            def handler(event, context):
                if event["httpMethod"] == "OPTIONS":
                    return {"statusCode": 204, "headers": CORS}
                if event["path"].endswith("/packed"):
                    body = base64.b64encode(gzip.compress(b"{}")).decode()
                    headers = {**CORS, "Content-Encoding": "gzip", "Content-Type": "application/json"}
                    return {"statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": True}
                if event["path"].endswith("/missing"):
                    return {"statusCode": 404, "headers": CORS, "body": "{}"}
                return {"statusCode": 200, "headers": {**CORS, "Content-Type": "application/json"}, "body": "[]"}
        """,
    ),
    {
        "list": Call("orders", "/dev/orders", credentials="include"),
        "add": Call("orders", "/dev/orders", "POST", JSON, "{}", "include"),
        "replace": Call("orders", "/dev/orders/1", "PUT", SIGNED, "{}", "include"),
        "missing": Call("orders", "/dev/orders/missing", credentials="include"),
        "packed": Call("orders", "/dev/orders/packed", credentials="include"),
    },
)
"""A REST API, whose function answers for CORS."""

URL = Original(
    files_of(
        """
        apis:
          contact:
            type: function-url
            port: 0
            function: contact
            cors:
              allowOrigins: [https://www.example.com, "http://localhost:5173"]
              allowMethods: [GET, POST, PUT]
              allowHeaders: [content-type, authorization]
              exposeHeaders: [x-total]
              allowCredentials: true
        functions:
          contact: {handler: contact.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        contact=PLAIN_HANDLER,
    ),
    {
        "list": Call("contact", "/", credentials="include"),
        "add": Call("contact", "/", "POST", JSON, "{}", "include"),
        "replace": Call("contact", "/1", "PUT", SIGNED, "{}", "include"),
        "missing": Call("contact", "/missing", credentials="include"),
    },
)
"""A function URL with `cors`."""

OWN_URL = Original(
    files_of(
        """
        apis:
          tasks:
            type: function-url
            port: 0
            function: tasks
        functions:
          tasks: {handler: tasks.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        tasks=ANSWERING_HANDLER,
    ),
    ANSWERED,
)
"""A function URL without `cors`, whose function answers for CORS."""

SLOW = Original(
    files_of(
        """
        apis:
          reports:
            type: rest
            port: 0
            routes:
              GET /reports: {function: reports, timeoutInMillis: 1000}
        functions:
          reports: {handler: reports.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: omit}
        """,
        reports="""
            import time

            def handler(event, context):
                time.sleep(0)
                headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
                return {"statusCode": 200, "headers": headers, "body": "[]"}
        """,
    ),
    {"make": Call("reports", "/dev/reports", credentials="omit")},
)
"""A REST API that waits one second for a function with much to do."""

ORIGINALS = {
    "http": HTTP,
    "staged": STAGED,
    "bare": BARE,
    "rest": REST,
    "url": URL,
    "own-url": OWN_URL,
    "slow": SLOW,
}
