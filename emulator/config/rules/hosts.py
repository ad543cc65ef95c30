"""Says what cannot be a host name that requests are answered for."""

import re
from collections.abc import Iterator, Sequence

from emulator.config.complaint import Complaint, quoted

EXPECTED = "a host name without scheme and port, or `.example.test` for all names below one"
_NAME = re.compile(r"(?:\*?\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.IGNORECASE | re.ASCII)


def is_host_name(text: str) -> bool:
    """Tell whether a Host header could name `text`; `.example.test` and `*.example.test` stand for all names below."""
    return _NAME.fullmatch(text) is not None


def nearest_host_name(text: str) -> str | None:
    """Return the host name that `text` was meant to be; None where it cannot be told."""
    host = re.split(r"[/?#]", text.strip().rpartition("://")[2])[0].rpartition("@")[2]
    meant = re.sub(r":[0-9]*$", "", host)
    return meant if is_host_name(meant) else None


def host_complaints(names: Sequence[str]) -> Iterator[Complaint]:
    """Complain of entries of `allowedHosts` that no Host header could name."""
    for index, name in enumerate(names):
        if is_host_name(name):
            continue
        meant = nearest_host_name(name)
        fix = f"Write `{meant}`." if meant else "Name each host, like `allowedHosts: [api, .shop.test]`."
        yield Complaint(("allowedHosts", index), quoted(name), EXPECTED, fix)
