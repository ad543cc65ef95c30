"""Broken: the function believes it allows PUT; the gateway's `cors` does not. On an HTTP API the gateway wins."""


def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Methods": "GET,PUT"}, "body": "{}"}
