"""MIME types, as far as CORS reads them (MIME Sniffing Standard 4.4)."""

import re

from emulator.messages import TOKEN

_ESSENCE = re.compile(rf"({TOKEN.pattern}/{TOKEN.pattern})[\t\n\r ]*(?:;.*)?", re.DOTALL)


def essence(value: str) -> str | None:
    """The essence of a parsed MIME type, lower-case; None when parsing fails. Parameters never make it fail."""
    found = _ESSENCE.fullmatch(value.strip("\t\n\r "))
    return None if found is None else found[1].lower()
