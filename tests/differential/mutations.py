"""Ten rules of the model, each broken in one way, to see whether what a browser was seen to do tells."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from emulator.browser import preflight
from emulator.browser.cors_check import cors_check
from emulator.browser.departures import PreflightStep, Profile
from emulator.browser.header_list import get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.preflight_cache import OneResultCache
from emulator.browser.verdict import Failure
from emulator.messages import Headers, Response


@dataclass(frozen=True, slots=True)
class Mutation:
    """`applied()` breaks `rule` while its block runs."""

    rule: str
    applied: Callable[[], AbstractContextManager[None]]


def _replaced(new: Any, *targets: str) -> Callable[[], AbstractContextManager[None]]:
    """Each target is the dotted name of a module's attribute."""

    @contextmanager
    def applied() -> Iterator[None]:
        with ExitStack() as stack:
            for target in targets:
                stack.enter_context(patch(target, new))
            yield

    return applied


def _check_replaced(step: PreflightStep, new: Any) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def applied() -> Iterator[None]:
        with patch.dict(preflight.__dict__["_CHECKS"], {step: new}):
            yield

    return applied


CORS_CHECKS = ("emulator.browser.fetch.cors_check", "emulator.browser.preflight.cors_check")


def _rewritten(headers: Headers, name: str, change: Callable[[str], str]) -> Headers:
    return tuple((key, change(value) if key.lower() == name else value) for key, value in headers)


def _check_with_lowered_credentials(origin: str, credentials: Credentials, headers: Headers) -> Failure | None:
    return cors_check(origin, credentials, _rewritten(headers, "access-control-allow-credentials", str.lower))


def _check_without_slash(origin: str, credentials: Credentials, headers: Headers) -> Failure | None:
    def without_slash(value: str) -> str:
        return value.strip(" \t").removesuffix("/")

    return cors_check(origin, credentials, _rewritten(headers, "access-control-allow-origin", without_slash))


def _check_without_credentials(origin: str, _: Credentials, headers: Headers) -> Failure | None:
    return cors_check(origin, Credentials.OMIT, headers)


def _check_method_in_any_case(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    listed = split_list(get_all(response.headers, "access-control-allow-methods"))
    if question.method.lower() in {method.lower() for method in listed}:
        return None
    return preflight.__dict__["_check_method"](question, response, profile)  # type: ignore[no-any-return]


def _permits_and_keeps(cache: OneResultCache, key: Any, question: PreflightQuestion, now: float) -> bool:
    results = cache.__dict__["_results"]
    before = results.copy()
    permitted = PERMITS(cache, key, question, now)
    results.update(before)
    return permitted


PERMITS = OneResultCache.permits

MUTATIONS = (
    Mutation(
        'Access-Control-Allow-Credentials must be "true" in lower case',
        _replaced(_check_with_lowered_credentials, *CORS_CHECKS),
    ),
    Mutation(
        "Access-Control-Allow-Origin must equal the origin byte for byte, with no slash behind it",
        _replaced(_check_without_slash, *CORS_CHECKS),
    ),
    Mutation(
        "with credentials, `*` allows no origin and Access-Control-Allow-Credentials is needed",
        _replaced(_check_without_credentials, *CORS_CHECKS),
    ),
    Mutation(
        "a preflight's status must be 200 to 299",
        _check_replaced(PreflightStep.STATUS, lambda *_: None),
    ),
    Mutation(
        "Access-Control-Allow-Methods is case-sensitive",
        _check_replaced(PreflightStep.METHOD, _check_method_in_any_case),
    ),
    Mutation(
        "a list with anything but tokens in a preflight's response is an error",
        _replaced(lambda _: None, "emulator.browser.preflight.first_bad_token"),
    ),
    Mutation(
        "Access-Control-Expose-Headers with a bad token exposes nothing",
        _replaced(lambda _: None, "emulator.browser.filtering.first_bad_token"),
    ),
    Mutation(
        "a safelisted request header has at most 128 bytes",
        _replaced(127, "emulator.browser.safelist._MAX_VALUE"),
    ),
    Mutation(
        "a redirect from a foreign origin to yet another makes the origin null",
        _replaced(lambda *_: False, "emulator.browser.hop.is_redirect_tainting"),
    ),
    Mutation(
        "a cached preflight that does not suffice is forgotten",
        _replaced(_permits_and_keeps, "emulator.browser.preflight_cache.OneResultCache.permits"),
    ),
)
