"""The shop behind the HTTP API. It knows nothing of CORS: the gateway's `cors` section answers for it."""

import json

ITEMS = {
    "1": {"id": "1", "name": "Teapot", "price": 3900},
    "2": {"id": "2", "name": "Cup", "price": 900},
}


def list_items(event, context):
    items = list(ITEMS.values())
    return answer(200, items, {"X-Total": str(len(items))})


def get_item(event, context):
    item = ITEMS.get(event["pathParameters"]["id"])
    return answer(200, item) if item else answer(404, {"message": "no such item"})


def add_item(event, context):
    item = json.loads(event["body"])
    print("adding", item["name"])
    return answer(201, {"id": str(len(ITEMS) + 1), **item})


def log_in(event, context):
    """Sets the cookie that `me` wants back: the page has to call both with credentials: "include"."""
    return {"statusCode": 204, "cookies": ["session=ann; Path=/; HttpOnly; SameSite=Lax"]}


def me(event, context):
    if "session=ann" not in event.get("cookies", []):
        return answer(401, {"message": "log in first"})
    return answer(200, {"name": "Ann"})


def answer(status, body, headers=None):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "body": json.dumps(body),
    }
