"""The contact form behind a function URL; the URL's own `cors` adds the headers."""

import base64
from urllib.parse import parse_qs


def handler(event, context):
    body = event.get("body", "")
    if event["isBase64Encoded"]:
        body = base64.b64decode(body).decode()
    form = parse_qs(body)
    print("message from", *form.get("name", ["nobody"]))
    return {"thanks": form.get("name", ["stranger"])[0], "request": context.aws_request_id}
