"""Broken: CORS headers, or what should stand beside them, on the answer itself."""

PAGE = "http://localhost:5173"


def missing_cors_headers(event, context):
    """Broken: the answer has no CORS headers, and a REST API adds none."""
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": '{"secret": "unread"}'}


def multiple_allow_origin_values(event, context):
    """Broken: a list of origins, where one has to stand."""
    origins = f"{PAGE}, https://shop.example.com"
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origins}, "body": "{}"}


def invalid_allow_origin(event, context):
    """Broken: the quotes of a template (`'*'` in OpenAPI) came along into the header's value."""
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": f"'{PAGE}'"}, "body": "{}"}


def credentials_not_allowed(event, context):
    """Broken: the page calls with cookies, and the answer says `True` where only `true` counts."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Credentials": "True"}
    return {"statusCode": 200, "headers": headers, "body": "{}"}


def null_origin_allowed(event, context):
    """Broken: `null` is let in, the origin that every site can have."""
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "null"}, "body": '{"secret": "for anyone"}'}


def vary_origin_missing(event, context):
    """Broken: the answer may be cached and names the page to the page alone, and does not say that it depends on it."""
    headers = {"Cache-Control": "max-age=3600"}
    if event["headers"].get("origin") == PAGE:
        headers["Access-Control-Allow-Origin"] = PAGE
    return {"statusCode": 200, "headers": headers, "body": "{}"}


def header_not_exposed(event, context):
    """Broken: the page counts on X-Total, and `exposeHeaders` does not name it."""
    return {"statusCode": 200, "headers": {"Content-Type": "application/json", "X-Total": "2"}, "body": "[1, 2]"}


def function_cors_ignored(event, context):
    """Broken: the function exposes X-Total itself, and an HTTP API with `cors` drops that."""
    headers = {"Content-Type": "application/json", "X-Total": "2", "Access-Control-Expose-Headers": "X-Total"}
    return {"statusCode": 200, "headers": headers, "body": "[1, 2]"}


def gateway_and_function_disagree(event, context):
    """Broken: the function lets the page in, and the function URL's `cors`, which answers preflights, does not."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Content-Type": "application/json"}
    return {"statusCode": 200, "headers": headers, "body": '{"fine": "until a preflight"}'}


def redirect_to_other_origin(event, context):
    """Broken: an expired login is answered with a redirect to another origin, where the page arrives as `null`."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Location": "https://localhost/login"}
    return {"statusCode": 302, "headers": headers, "body": ""}


def url_outside_stage(event, context):
    """Broken: a framework redirects to the path it knows, in which the stage `/dev` is lost."""
    headers = {"Access-Control-Allow-Origin": PAGE, "Location": "/url-outside-stage/"}
    return {"statusCode": 307, "headers": headers, "body": ""}
