"""Takes a picture: bytes, which the event has in base64. The function URL's `cors` lets the page send it."""

import base64
import json

BEGINNINGS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WebP", b"<svg": "SVG"}


def handler(event, context):
    """Tell what came, or what is wrong with it."""
    body = event.get("body") or ""
    picture = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    kind = next((name for begin, name in BEGINNINGS.items() if picture.startswith(begin)), None)
    if kind is None:
        return answer(415, {"message": "That is no picture."})
    return answer(201, {"kind": kind, "bytes": len(picture)})


def answer(status, body):
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}
