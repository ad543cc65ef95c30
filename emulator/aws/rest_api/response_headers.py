"""The response headers that a REST API does not pass on as they are."""

from emulator.messages import Headers

METHOD_HEADER = "method.response.header."
"""What the name of each header stands behind, among the responseParameters of an integration response."""

REMAPPED = frozenset(
    {
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "date",
        "expect",
        "host",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "trailer",
        "upgrade",
        "user-agent",
        "www-authenticate",
    }
)
"""The response headers that a REST API renames, in lower case. This is validated on AWS for non-proxy integrations
(localstack/localstack, test_apigateway_header_remapping_http); for Lambda proxies only WWW-Authenticate and
Authorization are recorded, the rest is uncertain."""


def remapped(headers: Headers) -> Headers:
    """Rename or drop those of a function's response headers that AWS does."""
    return tuple(
        (f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name, value)
        for name, value in headers
        if name.lower() not in ("transfer-encoding", "keep-alive", "proxy-connection")
    )
