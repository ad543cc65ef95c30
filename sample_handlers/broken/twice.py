"""Broken: the function URL's `cors` adds Access-Control-Allow-Origin, and so does the function. AWS sends both."""


def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "{}"}
