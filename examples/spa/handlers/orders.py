"""Orders behind the REST API, for whoever has a token. CORS is this function's business, on every answer."""

import hashlib
import hmac
import json
import os

PAGES = ("https://shop.example.com",)


def token(event, context):
    """Give a token to whoever asks: it is an example."""
    if event["httpMethod"] == "OPTIONS":
        return answer(event, 204)
    name = json.loads(event["body"])["name"]
    return answer(event, 200, {"token": f"{name}.{signature(name)}"})


def orders(event, context):
    """List the orders of whom the token names."""
    if event["httpMethod"] == "OPTIONS":
        return answer(event, 204)
    scheme, _, sent = header(event, "authorization").partition(" ")
    name, _, signed = sent.partition(".")
    if scheme != "Bearer" or not hmac.compare_digest(signed, signature(name)):
        return answer(event, 401, {"message": "The token is not valid."})
    return answer(event, 200, [{"id": "7", "of": name, "item": "Teapot", "quantity": 1}])


def signature(name):
    return hmac.new(os.environ["TOKEN_KEY"].encode(), name.encode(), hashlib.sha256).hexdigest()


def header(event, wanted):
    return next((value for name, value in event["headers"].items() if name.lower() == wanted), "")


def answer(event, status, body=None):
    origin = header(event, "origin")
    cors = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": "600",
    }
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Vary": "Origin", **(cors if origin in PAGES else {})},
        "body": "" if body is None else json.dumps(body),
    }
