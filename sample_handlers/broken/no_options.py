"""Broken: a perfect answer to PUT, and no OPTIONS method beside it, so no browser ever gets to send the PUT."""


def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT"},
        "body": "{}",
    }
