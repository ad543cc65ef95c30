"""Broken: CORS headers, or what should stand beside them, on the answer itself."""

PAGE = "https://shop.example.com"


def missing_cors_headers(event, context):
    """Broken: the answer has no CORS headers, and a REST API adds none."""
    return answer({})


def error_response_without_cors(event, context):
    """Broken: the good answer has the headers, the error has none, and the page cannot read what is wrong."""
    if "id" not in (event["queryStringParameters"] or {}):
        return {**answer({}), "statusCode": 400, "body": '{"message": "id is missing"}'}
    return answer({"Access-Control-Allow-Origin": PAGE})


def multiple_allow_origin_values(event, context):
    """Broken: a list of origins, where one has to stand."""
    return answer({"Access-Control-Allow-Origin": f"{PAGE}, https://admin.example.com"})


def invalid_allow_origin(event, context):
    """Broken: the quotes of a template came along into the header's value."""
    return answer({"Access-Control-Allow-Origin": f"'{PAGE}'"})


def duplicate_cors_headers(event, context):
    """Broken: the function URL's `cors` adds this header too, and AWS sends both."""
    return answer({"Access-Control-Allow-Origin": "*"})


def vary_origin_missing(event, context):
    """Broken: the answer may be cached, names the page to the page alone, and does not say that it depends on it."""
    origin = {name.lower(): value for name, value in event["headers"].items()}.get("origin")
    named = {"Access-Control-Allow-Origin": PAGE} if origin == PAGE else {}
    return answer({"Cache-Control": "max-age=3600", **named})


def header_not_exposed(event, context):
    """Broken: the page counts on X-Total, and `exposeHeaders` does not name it."""
    return answer({"X-Total": "2"})


def function_cors_ignored(event, context):
    """Broken: the function exposes X-Total itself, and an HTTP API with `cors` drops that."""
    return answer({"X-Total": "2", "Access-Control-Expose-Headers": "X-Total"})


def gateway_and_function_disagree(event, context):
    """Broken: the function lets the page in, and the function URL's `cors`, which answers preflights, does not."""
    return answer({"Access-Control-Allow-Origin": PAGE})


def redirect_to_other_origin(event, context):
    """Broken: an expired login is answered with a redirect to another origin, where the page arrives as `null`."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Location": "https://localhost/login"}
    return {"statusCode": 302, "headers": headers, "body": ""}


def url_outside_stage(event, context):
    """Broken: a framework redirects to the path it knows, in which the stage `/dev` is lost."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Location": "/url-outside-stage/"}
    return {"statusCode": 307, "headers": headers, "body": ""}


def answer(headers):
    return {"statusCode": 200, "headers": {"Content-Type": "application/json", **headers}, "body": "[1, 2]"}
