"""Broken: bodies that arrive otherwise than they were meant, there or back."""

import base64
import gzip
import json
from urllib.parse import parse_qs

ANY_PAGE = {"Access-Control-Allow-Origin": "*"}
PIXEL = base64.b64encode(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").decode()


def base64_not_decoded(event, context):
    """Broken: a picture in base64 of a REST API without `binaryMediaTypes`, which sends the text as it is."""
    headers = {**ANY_PAGE, "Content-Type": "image/gif"}
    return {"statusCode": 200, "headers": headers, "body": PIXEL, "isBase64Encoded": True}


def binary_body_as_text(event, context):
    """Broken: an upload to a REST API without `binaryMediaTypes`, which takes it for text and loses bytes."""
    return {"statusCode": 200, "headers": ANY_PAGE, "body": json.dumps({"characters": len(event["body"] or "")})}


def content_encoding_broken(event, context):
    """Broken: compressed and in base64, and not said to be: the body is no gzip, as its header says."""
    body = base64.b64encode(gzip.compress(b"{}")).decode()
    return {"statusCode": 200, "headers": {**ANY_PAGE, "Content-Encoding": "gzip"}, "body": body}


def content_type_defaulted(event, context):
    """Broken: JSON without a Content-Type, which an HTTP API calls text/plain."""
    return {"statusCode": 200, "body": '{"name": "Teapot"}'}


def request_body_is_base64(event, context):
    """Broken: a form reaches the function in base64, and it is read as if it did not."""
    form = parse_qs(event.get("body", ""))
    if "name" not in form:
        return {"statusCode": 400, "body": "who are you?"}
    return {"statusCode": 200, "body": form["name"][0]}
