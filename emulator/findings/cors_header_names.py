"""The headers that a server answers with for CORS, and their names nearly right. Needs no browser."""

from collections.abc import Iterable

from emulator.spelling import near

CORS_HEADERS = (
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
)
"""All that browsers know (Fetch Standard 3.3.3, HTTP responses)."""
KNOWN = frozenset(name.lower() for name in CORS_HEADERS)
CLOSE = 17 / 20
"""How close a name has to be to one of these, up to 1.0 for equal names (spelling.py)."""


def meant_header(name: str) -> str | None:
    """Tell which of CORS' headers a name stands for that is one of them or nearly; None where it is far from all."""
    return near(name, CORS_HEADERS, CLOSE)


def misspelt(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List the names that are nearly one of CORS' headers, each with the one that was meant."""
    found = ((name, meant_header(name)) for name in dict.fromkeys(names) if name.lower() not in KNOWN)
    return tuple((name, meant) for name, meant in found if meant is not None)
