"""The URL that a page meant and did not write: one that a route takes, and that differs by a slip from the one that it
calls."""

import re
from collections.abc import Iterator

from emulator.aws.http_api.http_api import DEFAULT
from emulator.aws.routing.path_template import split_path
from emulator.exchange import Exchange
from emulator.findings.changes import CallUrl, Change
from emulator.findings.finding import Case
from emulator.findings.fix import Fix
from emulator.findings.near_miss import CLOSE_PART
from emulator.findings.resources import path_inside, route_for
from emulator.spelling import near

USUAL_STAGES = frozenset({DEFAULT, "default", "dev", "prod", "stage", "staging", "test"})
"""What stands before the path in the URL of another deployment, and of an HTTP API's stage $default does not."""

UNSET = ("undefined", "null", "NaN", "[object%20Object]")


def other_url(case: Case, method: str) -> Fix | None:
    """Find a URL that has a route and differs in no word: in its slashes, of which an HTTP API minds the one at the end
    (AWS: Create routes for HTTP APIs) and both products the doubled ones, in a stage that stands there without need, or
    in its case."""
    if route_for(case.exchange, method) is not None:
        return None
    for path, why in _slips(case.exchange):
        if (match := route_for(case.exchange, method, path)) is not None:
            return Fix((_called(case, path),), because=f"The route `{match.key}` takes it, {why}.")
    return None


def misspelt_url(case: Case, method: str) -> tuple[Change, ...]:
    """Offer the URL whose path is spelt like the one called and has a route; nothing where there is none."""
    for path in _spelt_like_routes(case.exchange):
        if route_for(case.exchange, method, path) is not None:
            return (_called(case, path),)
    return ()


def _called(case: Case, path: str) -> CallUrl:
    return CallUrl(f"{case.request.own_origin}{path}")


def _slips(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Yield each path that the one called could be a slip of, and in what they differ."""
    raw_path, inside = exchange.request.raw_path, path_inside(exchange)
    single = re.sub("/{2,}", "/", raw_path)
    for path in (single, single.rstrip("/"), f"{single}/"):
        if path not in ("", "//", raw_path):
            yield path, f"and not {inside}"
    first, slash, _ = inside.lstrip("/").partition("/")
    stage = exchange.api.stage
    if slash and first in (USUAL_STAGES if stage == DEFAULT else {stage}):
        yield raw_path.replace(f"/{first}/", "/", 1), f"as the stage '{stage}' is no part of a route's path"
    for unset in UNSET:
        if f"/{unset}/" in raw_path:
            yield raw_path.replace(f"/{unset}/", "/", 1), f"and `{unset}` is written for a variable without a value"
    for path in _spelt_like_routes(exchange):
        if path.lower() == raw_path.lower():
            yield path, "and paths are compared with their case"


def _spelt_like_routes(exchange: Exchange) -> Iterator[str]:
    """Yield the request's path with its segments written as those of a route that they are close to."""
    segments = exchange.request.raw_path.split("/")
    for key in exchange.api.route_keys:
        template = split_path(key.partition(" ")[2])
        before, end = segments[: len(segments) - len(template)], segments[len(segments) - len(template) :]
        if not template or len(end) != len(template) or not before:
            continue
        spelt = [_spelt(segment, text) for segment, text in zip(end, template, strict=True)]
        if None not in spelt and spelt != end:
            yield "/".join((*before, *filter(None, spelt)))


def _spelt(segment: str, text: str) -> str | None:
    """Write a segment as the one of the template that it is close to; None where it is not."""
    if text.startswith("{"):
        return segment
    return near(segment, (text,), CLOSE_PART)
