"""Broken: answers to OPTIONS that no browser takes, or that it takes for less than was meant.

All but the last are of a REST API, which leaves preflights to the function.
"""

PAGE = "https://shop.example.com"
CORS = {
    "Access-Control-Allow-Origin": PAGE,
    "Access-Control-Allow-Methods": "GET, PUT",
    "Access-Control-Allow-Headers": "content-type",
    "Access-Control-Max-Age": "600",
    "Vary": "Origin",
}


def preflight_status(event, context):
    """Broken: the login is asked for before OPTIONS is looked at, and a preflight never carries credentials."""
    if "Authorization" not in event["headers"]:
        return {"statusCode": 401, "headers": CORS, "body": "log in first"}
    return {"statusCode": 200, "headers": CORS, "body": "{}"}


def preflight_redirected(event, context):
    """Broken: a framework sends OPTIONS to the URL with a slash, and a preflight follows no redirect."""
    path = event["requestContext"]["path"]
    if not path.endswith("/"):
        return {"statusCode": 308, "headers": {**CORS, "Location": f"{path}/"}, "body": ""}
    return {"statusCode": 200, "headers": CORS, "body": "{}"}


def preflight_without_cors(event, context):
    """Broken: OPTIONS is answered, and the headers stand on the other answers only."""
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": {"Allow": "PUT"}, "body": ""}
    return {"statusCode": 200, "headers": CORS, "body": "{}"}


def invalid_allow_methods(event, context):
    """Broken: the methods stand without a comma between them, which is no method's name."""
    return {"statusCode": 200, "headers": {**CORS, "Access-Control-Allow-Methods": "GET PUT"}, "body": "{}"}


def invalid_allow_headers(event, context):
    """Broken: the header names stand without a comma between them, which is no header's name."""
    return {
        "statusCode": 200,
        "headers": {**CORS, "Access-Control-Allow-Headers": "content-type x-request-id"},
        "body": "{}",
    }


def authorization_covered_by_wildcard(event, context):
    """Broken before long: `*` stands for every header but Authorization, which browsers still let pass."""
    return {
        "statusCode": 200,
        "headers": {**CORS, "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"},
        "body": "{}",
    }


def max_age_capped(event, context):
    """Broken: a preflight's answer is to be kept for a month, and no browser keeps it for longer than a day."""
    return {"statusCode": 200, "headers": {**CORS, "Access-Control-Max-Age": "2592000"}, "body": "{}"}


def preflight_not_cached(event, context):
    """Broken: a preflight's answer is kept for no time, so that every call makes two round trips."""
    return {"statusCode": 200, "headers": {**CORS, "Access-Control-Max-Age": "0"}, "body": "{}"}


def preflight_reached_function(event, context):
    """Broken: behind an ANY route the preflight comes here instead of being answered by the gateway, and gets a 405."""
    method = event["requestContext"]["http"]["method"]
    if method not in ("GET", "PUT"):
        return {"statusCode": 405, "body": f"{method} is not allowed"}
    return {"statusCode": 200, "body": "{}"}
