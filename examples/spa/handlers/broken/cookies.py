"""Broken: credentials that the answer does not allow, and cookies that a browser does not store or not send, or would
not once this is deployed."""

PAGE = "https://shop.example.com"
CORS = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}


def wildcard_with_credentials(event, context):
    """Broken: `*` beside Allow-Credentials, which works until the page calls with `credentials: "include"`."""
    return answer({"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"})


def credentials_not_allowed(event, context):
    """Broken: the answer says `True`, where only `true` counts."""
    return answer({**CORS, "Access-Control-Allow-Credentials": "True"})


def cookie_refused(event, context):
    """Broken: a cookie for pages of other sites (`SameSite=None`) without `Secure`, which is then refused."""
    return answer(CORS, "refused=1; Path=/; HttpOnly; SameSite=None")


def cookie_not_stored(event, context):
    """Broken in the page: it calls without credentials, and so the cookie is ignored."""
    return answer({}, "ignored=1; Path=/; HttpOnly; Secure; SameSite=None")


def cookie_not_sent(event, context):
    """Broken: the cookie is for a path that no route of this API has."""
    return answer(CORS, "elsewhere=1; Path=/account; HttpOnly; Secure; SameSite=None")


def same_site_by_accident(event, context):
    """Broken once it is deployed: all ports of localhost are one site, and AWS's names are sites of their own."""
    return answer(CORS, "accident=1; Path=/; HttpOnly; SameSite=Lax")


def answer(headers, *cookies):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json", **headers},
        "cookies": cookies,
        "body": "{}",
    }
