"""Broken: cookies that a browser does not store, does not send, or would not once this is deployed."""


def cookie_refused(event, context):
    """Broken: a cookie for pages of other sites (`SameSite=None`) without `Secure`, which is then refused."""
    return {"statusCode": 204, "cookies": ["session=ann; Path=/; HttpOnly; SameSite=None"]}


def cookie_not_stored(event, context):
    """Broken in the page: it calls without credentials, and so the cookie is ignored."""
    return {"statusCode": 204, "cookies": ["session=ann; Path=/; HttpOnly; Secure; SameSite=None"]}


def cookie_not_sent(event, context):
    """Broken: the cookie is for a path that no route of this API has."""
    return {"statusCode": 204, "cookies": ["session=ann; Path=/login; HttpOnly; Secure; SameSite=None"]}


def same_site_by_accident(event, context):
    """Broken once it is deployed: all ports of localhost are one site, and AWS's names are sites of their own."""
    return {"statusCode": 204, "cookies": ["session=ann; Path=/; HttpOnly; SameSite=Lax"]}
