"""Which entry of a list was meant for what is asked and is not in it: an allowed origin, for browsers compare origins
byte for byte, and the name of a method or a header."""

from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from emulator.aws.cors_configuration import entries
from emulator.aws.cors_origin import QUOTES, difference, meant_origin
from emulator.aws.methods import METHODS
from emulator.browser.remedy import QUOTE
from emulator.spelling import near

UNRELATED = (9, "")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104  as text
UNSET = frozenset({"none", "undefined", "nil"})
CLOSE, CLOSE_METHOD, CLOSE_PART = 0.8, 0.66, 0.75
"""How close the name of a header, a method, or a part of a host or a path has to be (spelling.py): `x-requested-with`
and `x-request-id` are two headers; methods are short, and none is taken for another that is misspelt."""


def near_miss(origin: str, allowed: tuple[str, ...]) -> str:
    """Name the allowed origin that was probably meant, and how it differs, as a sentence; "" where none is near."""
    written = [_as_written(candidate) for candidate in allowed]
    differences = [(_difference(candidate, origin), candidate) for candidate in written]
    (_, words), candidate = min(differences, default=(UNRELATED, ""))
    return f"'{candidate}' is another origin: {words}." if words else ""


def _as_written(value: str) -> str:
    """Read what a function returned as it was meant: a header is bytes, and UTF-8 where it is not ASCII."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _difference(candidate: str, origin: str) -> tuple[int, str]:
    """Tell how far (0 is closest) and in which words an allowed origin differs from the asking one."""
    if candidate != origin and meant_origin(candidate) == origin:
        return 0, difference(candidate)
    if "*" in candidate and candidate.strip(QUOTES) != candidate:
        return 1, "its quotes are part of it"
    if candidate.lower() in UNSET:
        return 8, "a variable without a value is written so"
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
    if _is_below(*hosts) or _is_below(*reversed(hosts)):
        return 6, "a host and its sub-domain are two hosts"
    if _is_misspelt(*hosts):
        return 7, "the host is spelt differently"
    return UNRELATED


def _is_below(host: str, other: str) -> bool:
    return "." in other and host.endswith(f".{other}")


def _is_misspelt(host: str, other: str) -> bool:
    """Tell whether two hosts differ in one label, and in that by a slip: `app` and `api` are two hosts on purpose."""
    labels, others = host.split("."), other.split(".")
    differing = [pair for pair in zip(labels, others, strict=False) if pair[0] != pair[1]]
    if len(labels) != len(others) or len(differing) != 1:
        return False
    ((label, meant),) = differing
    return near(label, (meant,), CLOSE_PART) is not None


def near_names(asked: tuple[str, ...], listed: tuple[str, ...]) -> tuple[str, ...]:
    """List the entries that are probably misspellings of a method or header that is asked for; of a name in quotes the
    quotes are told elsewhere."""
    others = [entry for entry in listed if entry not in METHODS and entry != "*" and QUOTE not in entry]
    joined = [entry for entry in others if len(split := entries(entry)) > 1 and not set(asked).isdisjoint(split)]
    found = (*joined, *(near(name, others, CLOSE_METHOD if name in METHODS else CLOSE) for name in asked))
    return tuple(dict.fromkeys(entry for entry in found if entry is not None))
