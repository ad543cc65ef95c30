"""What of an exchange is a secret, found by where it stands or by how it looks, and texts without it. Pure."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from emulator.exchange import Enforced, Exchange
from emulator.messages import header_values

MASK = "***"

CREDENTIAL_HEADERS = ("authorization", "cookie", "proxy-authorization", "x-amz-security-token", "x-api-key")
"""Request headers whose values are never told, in lower case."""

SHORTEST = 6
"""Characters that a secret has at least to be looked for in other texts: "1" is everywhere and gives nobody away."""

TEXTS = frozenset(
    {
        "error_message",
        "error_type",
        "evidence",
        "fix",
        "host",
        "message",
        "origin",
        "path",
        "query",
        "reason",
        "stack_trace",
    }
)
"""Fields that hold what others wrote, in which a secret may stand; all others are names, numbers and ids."""

_SECRET_NAME = re.compile(
    r".*(?:token|secret|passw|api[-_]?key|signature|credential|session|jwt).*|auth|authorization|key|pass|pwd|sid|sig",
    re.IGNORECASE | re.DOTALL,
)
"""Names of query parameters whose value is a secret, X-Amz-Signature and X-Amz-Security-Token among them."""

_SECRET_VALUE = re.compile(
    r"eyJ[\w-]{6,}\.[\w.-]*"  # a JSON Web Token (RFC 7519)
    r"|(?:sk|pk|ghp|gho|xox[a-z]|AKIA|ASIA)[-_]?[\w-]{14,}"  # keys of Stripe, GitHub, Slack, AWS
    r"|[0-9a-fA-F]{32,}"
    r"|(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[\w+/=.~-]{20,}",
    re.ASCII,
)
"""Values that look like tokens whatever their parameter's name; a UUID, a date and words with dashes do not."""


def masked_query(query: str) -> str:
    """Write `***` in a raw query for each value that looks like a token or has the name of one."""
    return "&".join(_masked_parameter(part) for part in query.split("&"))


def _masked_parameter(part: str) -> str:
    name, equals, value = part.partition("=")
    if not value:
        return part
    is_secret = _SECRET_NAME.fullmatch(unquote_plus(name)) or _SECRET_VALUE.fullmatch(unquote_plus(value))
    return f"{name}{equals}{MASK}" if is_secret else part


def credentials_of(exchange: Exchange) -> list[str]:
    """List the request's headers that hold credentials, by their names in lower case."""
    return [name for name in CREDENTIAL_HEADERS if exchange.request.header(name) is not None]


def without_secrets(value: Any, exchange: Exchange) -> Any:
    """Mask the secrets of the exchange in the TEXTS of a JSON value, wherever they got there from: a browser's words
    hold the URL, an error's message what the function put into it."""
    masks = dict(_masks(exchange))
    if not masks:
        return value
    pattern = re.compile("|".join(re.escape(secret) for secret in sorted(masks, key=len, reverse=True)))
    return _searched(value, lambda text: pattern.sub(lambda found: masks[found[0]], text))


def _searched(value: Any, mask: Callable[[str], str], is_text: bool = False) -> Any:
    if isinstance(value, dict):
        return {key: _searched(item, mask, is_text or key in TEXTS) for key, item in value.items()}
    if isinstance(value, list):
        return [_searched(item, mask, is_text) for item in value]
    return mask(value) if is_text and isinstance(value, str) else value


def _masks(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Yield each secret of an exchange with what stands for it."""
    for secret in _secrets(exchange):
        if len(secret) >= SHORTEST:
            yield secret, MASK
    for part in exchange.request.raw_query.split("&"):
        if (masked := _masked_parameter(part)) != part:
            yield part, masked
            value = part.partition("=")[2]
            yield from ((one, MASK) for one in (value, unquote_plus(value)) if len(one) >= SHORTEST)


def _secrets(exchange: Exchange) -> Iterator[str]:
    """Yield the values of the headers that hold credentials: whole, without their scheme, and cookie by cookie."""
    if isinstance(exchange.outcome, Enforced):
        yield from _secrets(exchange.outcome.exchange)
    request, response = exchange.request, exchange.response
    for name in CREDENTIAL_HEADERS:
        for value in header_values(request.headers, name):
            yield value
            yield value.partition(" ")[2]
    cookies = [one for value in header_values(request.headers, "cookie") for one in value.split(";")]
    answers = (response, exchange.function_response or response)
    cookies += [one.partition(";")[0] for answer in answers for one in header_values(answer.headers, "set-cookie")]
    for cookie in cookies:
        yield cookie.partition("=")[2].strip()
