"""The shop behind the HTTP API. It knows nothing of CORS: the gateway's `cors` answers for it."""

import json

ITEMS = [{"id": "1", "name": "Teapot", "price": 3900}, {"id": "2", "name": "Cup", "price": 900}]
"""Kept as long as this environment lives, as on Lambda: a real shop has a database."""

SESSION = "session=ann"


def items(event, context):
    """List the items, or add the one that is posted."""
    if event["requestContext"]["http"]["method"] == "GET":
        return answer(200, ITEMS, {"X-Total": str(len(ITEMS))})
    sent = json.loads(event["body"])
    item = {"id": str(len(ITEMS) + 1), "name": sent["name"], "price": sent["price"]}
    ITEMS.append(item)
    return answer(201, item)


def log_in(event, context):
    """Set the cookie that `me` wants back. In production the API is of another site than the page: hence
    `SameSite=None`, and `Partitioned`, without which a browser that keeps third parties' cookies back refuses it."""
    return cookie(f"{SESSION}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")


def log_out(event, context):
    """Delete it."""
    return cookie(f"{SESSION}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=0")


def me(event, context):
    """Tell who is signed in."""
    if SESSION not in event.get("cookies", []):
        return answer(401, {"message": "Nobody is signed in."})
    return answer(200, {"name": "Ann"})


def cookie(text):
    return {"statusCode": 204, "cookies": [text]}


def answer(status, body, headers=None):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "body": json.dumps(body),
    }
