"""Orders behind the REST API. A REST API adds no CORS headers and answers no preflight, so the function does both.

It reads REST and 1.0 events (`httpMethod`) as well as 2.0 events (`requestContext.http.method`).
"""

import json

ALLOWED_ORIGINS = {"http://localhost:5173", "http://127.0.0.1:5173"}
ORDERS = [{"id": "7", "item": "1", "quantity": 2}]


def handler(event, context):
    method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
    cors = cors_headers(event)
    if method == "OPTIONS":
        return {"statusCode": 204, "headers": cors, "body": ""}
    try:
        return {
            "statusCode": 200,
            "headers": {"Content-Type": "application/json", **cors},
            "body": respond(method, event),
        }
    except (KeyError, TypeError, ValueError) as error:
        # The error path carries the CORS headers too; without them the page would see only a CORS error.
        return {"statusCode": 400, "headers": cors, "body": f"bad order: {error}"}


def respond(method, event):
    if method == "GET":
        return json.dumps(ORDERS)
    order = json.loads(event["body"])
    print("order for", order["item"])
    return json.dumps({"id": "8", **order})


def cors_headers(event):
    """The asking origin, when it is one of ours; a browser on HTTP/2 sends header names in lower case."""
    headers = {name.lower(): value for name, value in event["headers"].items()}
    origin = headers.get("origin")
    if origin not in ALLOWED_ORIGINS:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "GET,POST",
        "Access-Control-Allow-Headers": "content-type",
        "Vary": "Origin",
    }
