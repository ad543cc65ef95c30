"""Broken: behind an ANY route the preflight comes here instead of being answered by the gateway, and gets a 405."""


def handler(event, context):
    method = event["requestContext"]["http"]["method"]
    if method not in ("GET", "PUT"):
        return {"statusCode": 405, "body": f"{method} is not allowed"}
    return {"statusCode": 200, "body": "{}"}
