"""Broken: functions that fail, answer too late, or answer with what the gateway cannot use."""

import time


def function_error(event, context):
    """Broken: it raises, and the client is told nothing but `Internal Server Error`."""
    return {"statusCode": 200, "body": str(1 / 0)}


def function_timeout(event, context):
    """Broken: it works for longer than the route's `timeoutInMillis`."""
    time.sleep(0.5)
    return {"statusCode": 200, "body": "too late"}


def throttled(event, context):
    """Broken: one environment (`maxConcurrency: 1`), no waiting, and a page that calls twice at a time."""
    time.sleep(0.5)
    return {"statusCode": 200, "body": "one at a time"}


def waited_for_environment(event, context):
    """Broken: the same, and the second call waits here, as none does on Lambda."""
    time.sleep(0.5)
    return {"statusCode": 200, "body": "one after the other"}


def malformed_function_response(event, context):
    """Broken: a status that is no number."""
    return {"statusCode": "ok", "body": "{}"}


def event_format_mismatch(event, context):
    """Broken: written for a REST API (`event["httpMethod"]`), and called with events of format 2.0."""
    return {"statusCode": 200, "body": event["httpMethod"]}


def header_name_case(event, context):
    """Broken: reads `Origin`, and events of format 2.0 have all names of headers in lower case."""
    return {"statusCode": 200, "body": event["headers"]["Origin"]}


def response_field_ignored(event, context):
    """Broken: `multiValueHeaders`, which format 2.0 does not have: the page gets neither of them."""
    return {"statusCode": 200, "multiValueHeaders": {"X-Tag": ["a", "b"]}, "body": "{}"}
