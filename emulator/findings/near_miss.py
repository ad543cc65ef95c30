"""Which allowed origin was meant, and how the one that asks differs: browsers compare origins byte for byte."""

from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from emulator.aws.cors_origin import difference, meant_origin

UNRELATED = (9, "")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def near_miss(origin: str, allowed: tuple[str, ...]) -> str:
    """Name the allowed origin that was probably meant, and how it differs, as a sentence; "" where none is near."""
    differences = [(_difference(candidate, origin), candidate) for candidate in allowed]
    (_, words), candidate = min(differences, default=(UNRELATED, ""))
    return f"'{candidate}' is another origin: {words}." if words else ""


def _difference(candidate: str, origin: str) -> tuple[int, str]:
    """Tell how far (0 is closest) and in which words an allowed origin differs from the asking one."""
    if candidate != origin and meant_origin(candidate) == origin:
        return 0, difference(candidate)
    if "*" in candidate and candidate != "*" and fnmatchcase(origin, candidate):
        return 1, "`*` inside it is no pattern, as every byte is compared"
    try:
        entry, asked = urlsplit(meant_origin(candidate) or candidate), urlsplit(origin)
    except ValueError:  # a function may return, and a client send, "http://["
        return UNRELATED
    hosts = entry.hostname or "", asked.hostname or ""
    if hosts[0] == hosts[1] and entry.scheme != asked.scheme:
        return 2, "the scheme differs"
    if hosts[0] == hosts[1]:
        return 3, "the port differs"
    if LOOPBACK.issuperset(hosts):
        return 4, f"{max(hosts)} and {min(hosts)} are two hosts to a browser"
    if hosts[0].removeprefix("www.") == hosts[1].removeprefix("www."):
        return 5, "with and without `www.` are two hosts"
    return UNRELATED
