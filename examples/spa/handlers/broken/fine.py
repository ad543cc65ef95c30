"""Nothing is wrong with this function: what is broken stands in emulator.yaml, or in the page."""


def handler(event, context):
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": '{"fine": true}'}
