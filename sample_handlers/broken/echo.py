"""Broken: returns whatever origin asks. Every page works, and so does every page of everybody else."""


def handler(event, context):
    headers = {name.lower(): value for name, value in event["headers"].items()}
    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": headers.get("origin", "*"),
            "Access-Control-Allow-Credentials": "true",
        },
        "body": '{"secret": "readable by any site"}',
    }
