"""What an answer would have to say for the page to get it: the Fetch Standard read backwards."""

from dataclasses import dataclass

from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.browser.header_list import get, get_all, split_list, tokens_of
from emulator.browser.modes import Credentials
from emulator.browser.preflight import ALLOW_HEADERS, ALLOW_METHODS, PreflightQuestion
from emulator.browser.safelist import SAFELISTED_METHODS
from emulator.browser.verdict import CorsErrorName
from emulator.messages import Headers, Response

QUOTE = "'"
"""What a token may begin and end with (RFC 9110, 5.6.2), and no name does: a slip of who writes it in quotes."""


@dataclass(frozen=True, slots=True)
class NeededHeader:
    """A header that an answer lacks: its whole `value`; `added` are the entries that are missing from a list it has,
    which is `now`, as it came; empty where the header is to be written anew."""

    name: str
    value: str
    added: tuple[str, ...] = ()
    now: str = ""


def needed_by_check(origin: str, credentials: Credentials, headers: Headers) -> tuple[NeededHeader, ...]:
    """Name what the CORS check asks for and the answer lacks (Fetch Standard 4.9)."""
    included = credentials is Credentials.INCLUDE
    passing = {(origin,)} if included else {(origin,), ("*",)}
    needed: tuple[NeededHeader, ...] = ()
    if get_all(headers, ALLOW_ORIGIN.lower()) not in passing:
        needed = (NeededHeader(ALLOW_ORIGIN, origin),)
    if included and get_all(headers, ALLOW_CREDENTIALS.lower()) != ("true",):
        needed += (NeededHeader(ALLOW_CREDENTIALS, "true"),)
    return needed


def needed_by_preflight(question: PreflightQuestion, response: Response) -> tuple[NeededHeader, ...]:
    """Name all that a preflight asks for and its answer lacks, not the first alone (Fetch Standard 4.8)."""
    lacking = needed_by_check(question.origin, question.credentials, response.headers)
    methods = () if question.method in SAFELISTED_METHODS else (question.method,)
    for name, asked in ((ALLOW_METHODS, methods), (ALLOW_HEADERS, question.header_names)):
        lacking += missing_from(name, asked, response.headers, question.credentials)
    return lacking


def missing_from(
    name: str, asked: tuple[str, ...], headers: Headers, credentials: Credentials
) -> tuple[NeededHeader, ...]:
    """Name what the list in the header `name` lacks of what is asked, which is in lower case but for methods; one that
    holds what is no token, or quotes its names, is written anew, of the names in it."""
    listed = split_list(get_all(headers, name.lower()))
    tokens = tuple(token for entry in listed for token in tokens_of(entry))
    added = _not_in(tokens, name, asked, credentials)
    if not added and tokens == listed:
        return ()
    if any(token.startswith(QUOTE) or token.endswith(QUOTE) for token in tokens):
        tokens = tuple(token.strip(QUOTE) for token in tokens if token.strip(QUOTE))
        added = _not_in(tokens, name, asked, credentials)
    value = ", ".join((*tokens, *added))
    if tokens != listed or not tokens:
        return (NeededHeader(name, value),)
    return (NeededHeader(name, value, added, get(headers, name.lower()) or ""),)


def _not_in(tokens: tuple[str, ...], name: str, asked: tuple[str, ...], credentials: Credentials) -> tuple[str, ...]:
    known = tokens if name == ALLOW_METHODS else tuple(token.lower() for token in tokens)
    covered = "*" in known and credentials is not Credentials.INCLUDE
    return () if covered else tuple(entry for entry in asked if entry not in known)


OF_CREDENTIALS = frozenset({CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED, CorsErrorName.INVALID_ALLOW_CREDENTIALS})
"""The failures that a call without credentials would not meet."""

REASONS = {
    CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: "Only one value counts, from one place: the origin that asked.",
    CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: "It takes `*` or one origin: scheme://host:port, no path, no pattern.",
    CorsErrorName.ALLOW_ORIGIN_MISMATCH: "It is compared with the origin that asks byte for byte.",
    CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: (
        "`*` does not serve calls with credentials: name the origin, from an allowlist, and send `Vary: Origin` too."
    ),
    CorsErrorName.INVALID_ALLOW_CREDENTIALS: "Only `true` counts, in lower case.",
    CorsErrorName.PREFLIGHT_INVALID_STATUS: "A preflight passes with a status from 200 to 299 only.",
    CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: "A browser never follows a redirect of a preflight.",
    CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: "It is a list of method names with commas between them.",
    CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: "It is a list of header names with commas between them.",
    CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: "Methods are compared byte for byte: case counts.",
}
"""Why an answer that looks right is refused, in a sentence, by the error's name on an actual response."""
