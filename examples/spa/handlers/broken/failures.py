"""Broken: functions that fail, answer too late, or answer with what the gateway cannot use."""

import time


def function_error(event, context):
    """Broken: it raises, and the client is told nothing but `Internal Server Error`."""
    return {"statusCode": 200, "body": str(1 / 0)}


def function_timeout(event, context):
    """Broken: it works for longer than the route's `timeoutInMillis`."""
    time.sleep(0.5)
    return {"statusCode": 200, "body": "too late"}


def one_at_a_time(event, context):
    """Broken: there is one environment (`maxConcurrency: 1`) for a page that calls twice at a time."""
    time.sleep(0.5)
    return {"statusCode": 200, "body": "one at a time"}


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
