"""The differences between model and browsers that are accepted, each with its cause. Everything else is a fault."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from differential.comparison import TEXTS, Difference
from differential.observation import Observation, Received

CONSOLE = frozenset({"errors", TEXTS})
REFUSED_HEADER = re.compile(r"Request header field (\S+) is not allowed")
NOT_LOADED = re.compile(r"(file|blob|data|javascript|ws):.*|(http:)?//\[?")


@dataclass(frozen=True, slots=True)
class KnownDifference:
    """`explains` must be narrow: what it accepts is never looked at again."""

    name: str
    browsers: frozenset[str]
    cause: str
    explains: Callable[[Difference], bool]


def _names_another_refused_header(found: Difference) -> bool:
    if found.aspects != {TEXTS} or len(found.browser.texts) != len(found.model.texts):
        return False
    asked = {
        name
        for request in found.browser.requests
        for name in dict(request.headers).get("access-control-request-headers", "").split(",")
    }
    for seen, modelled in zip(found.browser.texts, found.model.texts, strict=True):
        named = REFUSED_HEADER.search(seen)
        if seen != modelled and (
            named is None or named[1] not in asked or REFUSED_HEADER.sub("", seen) != REFUSED_HEADER.sub("", modelled)
        ):
            return False
    return True


def _says_nothing_of_a_location(found: Difference) -> bool:
    answers = [answer for resource in found.case.resources for answer in resource.answers]
    locations = [value.strip() for answer in answers for name, value in answer.headers if name.lower() == "location"]
    return (
        found.aspects <= CONSOLE
        and not found.browser.errors
        and len(found.model.errors) == 1
        and any(NOT_LOADED.fullmatch(location) for location in locations)
    )


def _calls_a_redirected_preflight_unsuccessful(found: Difference) -> bool:
    return (
        found.aspects <= CONSOLE
        and any(call.redirect != "follow" for call in found.case.calls)
        and all("CORS preflight response did not succeed" in text for text in found.browser.texts)
        and all("CORS request external redirect not allowed" in text for text in found.model.texts)
    )


def _counts_empty_lines(found: Difference) -> bool:
    answers = [a for resource in found.case.resources for a in (*resource.preflights, *resource.answers)]
    return (
        found.aspects <= CONSOLE
        and all("Multiple CORS header" in text for text in found.browser.texts)
        and all("does not match" in text for text in found.model.texts)
        and any(
            name == "Access-Control-Allow-Origin" and not value.strip()
            for answer in answers
            for name, value in answer.headers
        )
    )


def _sends_replacement_characters(found: Difference) -> bool:
    if found.aspects != {"request-headers"}:
        return False
    return [_with_replacement(request) for request in found.model.requests] == list(found.browser.requests)


def _with_replacement(request: Received) -> Received:
    headers = tuple(
        (name, "; ".join(_with_value_as_utf8(pair) for pair in value.split("; ")) if name == "cookie" else value)
        for name, value in request.headers
    )
    return Received(request.host, request.method, request.path, headers)


def _with_value_as_utf8(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return name + equals + value.encode("latin-1").decode("utf-8", "replace").encode().decode("latin-1")


def _preflights_a_loop_once_more(found: Difference) -> bool:
    paths = [request.path for request in _without_preflights(found.browser)]
    return (
        found.case.family == "redirect"
        and found.aspects == {"requests"}
        and len(set(paths)) < len(paths)
        and _without_preflights(found.browser) == _without_preflights(found.model)
    )


def _without_preflights(observation: Observation) -> list[Received]:
    return [request for request in observation.requests if not request.is_preflight]


KNOWN_DIFFERENCES = (
    KnownDifference(
        "another of several refused headers",
        frozenset({"chromium"}),
        "Of several refused request headers Chromium's console names one, in the order of a hash table "
        "(HTTPHeaderMap); the model names the first in the order of the alphabet, and lists them all.",
        _names_another_refused_header,
    ),
    KnownDifference(
        "silence about a Location",
        frozenset({"firefox"}),
        "Firefox gives up on a Location that is no URL, or one that no page may load, before it checks CORS, and "
        "writes nothing; the model names the CORS failure. The call fails either way.",
        _says_nothing_of_a_location,
    ),
    KnownDifference(
        "a redirected preflight called unsuccessful",
        frozenset({"firefox"}),
        'With the redirect mode "manual" or "error", Firefox reports a redirected preflight by its status, as one that '
        'did not succeed; the model reports the redirect, as Firefox does with "follow".',
        _calls_a_redirected_preflight_unsuccessful,
    ),
    KnownDifference(
        "empty lines counted",
        frozenset({"firefox"}),
        "Several Access-Control-Allow-Origin lines are an error of their own in Firefox, empty ones counted, which it "
        "otherwise drops (nsHttpHeaderArray keeps the original lines beside the merged); the model has dropped them "
        "by then and names the mismatch.",
        _counts_empty_lines,
    ),
    KnownDifference(
        "replacement characters in cookies",
        frozenset({"firefox"}),
        "Firefox reads a cookie's value as UTF-8 and sends U+FFFD for bytes that are not; the model keeps the bytes.",
        _sends_replacement_characters,
    ),
    KnownDifference(
        "one preflight more in a loop",
        frozenset({"firefox"}),
        "A redirect back to the same URL may find the result of the preflight just made not yet in Firefox's cache: "
        "the same case gives one or two preflights from run to run.",
        _preflights_a_loop_once_more,
    ),
)
