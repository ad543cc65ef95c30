"""Broken: the happy path has CORS headers, the error path has none. curl shows a 500, the page only a CORS error."""

import json


def handler(event, context):
    query = event["queryStringParameters"] or {}
    if "id" not in query:
        return {"statusCode": 400, "body": json.dumps({"message": "id is missing"})}
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": event["headers"].get("origin", "*")},
        "body": json.dumps({"id": query["id"]}),
    }


def raises(event, context):
    """Worse: the function raises, and the gateway's own 502 carries no CORS headers either."""
    return {"statusCode": 200, "body": str(1 / 0)}
