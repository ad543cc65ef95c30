"""A remembered review is the one that would be made anew."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Stamp
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Blocked
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.finding import Review
from emulator.findings.other_pages import review_for_all
from emulator.functions.invocation import FunctionError, FunctionErrorKind, Invocation, Result, Returned, Throttled
from emulator.history.remembered import LONGEST, REPEATED, RememberedReviews
from emulator.messages import Request
from products import a_method, a_route

NAME = "vary-origin-missing"
PAGE, OTHER = "http://localhost:5173", "https://shop.example.com"
APIS: tuple[Api, ...] = (
    HttpApi("shop", "abc", (a_route("$default"),), cors=CorsConfiguration(allow_origins=(PAGE,))),
    HttpApi("bare", "abc", (a_route("$default"),)),
    RestApi("admin", "abc", (a_method("ANY", "/{proxy+}"),), stage="dev"),
    FunctionUrl("up", "abc", "f", CorsConfiguration(allow_origins=("*",))),
)
FRONTENDS = ((), (Frontend(PAGE, "include"),), (Frontend(OTHER, "same-origin"),))
sent = st.dictionaries(
    st.sampled_from(["Origin", "Cookie", "Authorization", "Content-Type", "User-Agent", "Sec-Fetch-Site"]),
    st.sampled_from([PAGE, OTHER, "a=1", "application/json", "Mozilla/5.0", "cross-site"]),
)
returned = st.dictionaries(
    st.sampled_from(["access-control-allow-origin", "access-control-allow-credentials", "vary", "set-cookie"]),
    st.sampled_from([PAGE, OTHER, "*", "true", "origin"]),
)


NO_OTHERS: Mapping[str, object] = {}
others = st.sampled_from(
    [NO_OTHERS, {"cookies": ["a=1"]}, {"multiValueHeaders": {"x-a": ["1"]}}, {"isBase64Encoded": True}, {"body": ""}]
)
"""Fields whose loss is found by what the function returned, and not by what the client got."""


def stamp(n: int) -> Stamp:
    return Stamp(n, f"{n:08x}-2222-4333-8444-5", f"{n:015x}=", f"1-{n:08x}-{n:024x}")


def exchanged(api: Api, request: Request, at: Stamp, result: Result) -> Exchange:
    async def invoke(name: str, invocation: Invocation) -> Result:
        return result

    return asyncio.run(gateway.handle(api, request, at, invoke, lambda: 0.0))


def answer(status: int, headers: Mapping[str, str], others: Mapping[str, object] = NO_OTHERS) -> Result:
    if status == 502:
        return FunctionError(FunctionErrorKind.HANDLER, "ValueError", str(headers))
    if status == 503:
        return Throttled(len(headers) + 1, 1.0)
    queued = 250.0 if status == 404 else 0.0
    payload = {"statusCode": status, "headers": headers, "body": "{}", **others}
    return Returned(json.dumps(payload).encode(), queued_ms=queued)


def said(reviewed: Review) -> tuple[object, ...]:
    """All of a review but the answer's headers, which hold ids."""
    verdict = reviewed.verdict
    if isinstance(verdict, Blocked):
        return verdict.error, verdict.messages, reviewed.findings
    return type(verdict), reviewed.findings


exchanges = st.builds(
    lambda *parts: parts,
    st.sampled_from(APIS),
    st.builds(
        lambda method, path, headers, body: Request(method, path, "", tuple(headers.items()), body, port=3000),
        st.sampled_from(["GET", "PUT", "OPTIONS"]),
        st.sampled_from(["/dev/x", "/dev/y", "/x"]),
        sent.map(lambda headers: {"Host": "localhost:3000", **headers}),
        st.sampled_from([b"", b"{}", b"\xff", b"x" * (REPEATED + 1)]),
    ),
    st.builds(answer, st.sampled_from([200, 204, 0, 404, 502, 503]), returned, others),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(exchanges, st.sampled_from(FRONTENDS)), max_size=12), st.integers(1, 4))
def test_a_memory_changes_no_review(seen: list[tuple[Any, tuple[Frontend, ...]]], size: int) -> None:
    remembered = RememberedReviews(size)
    for n, ((api, request, result), frontends) in enumerate(seen * 2):
        exchange = exchanged(api, request, stamp(n), result)
        assert said(remembered.review(exchange, frontends)) == said(review_for_all(exchange, frontends))


def test_exchanges_that_differ_in_their_ids_are_judged_once() -> None:
    remembered = RememberedReviews()
    request = Request("GET", "/dev/x", "", (("Host", "localhost:3000"), ("Origin", PAGE)), port=3000)
    for api in APIS:
        reviews = [remembered.review(exchanged(api, request, stamp(n), answer(200, {})), ()) for n in range(2)]
        assert reviews[0].verdict is not None
        assert reviews[0] is reviews[1]


def test_what_others_were_answered_decides_too() -> None:
    remembered, api = RememberedReviews(), HttpApi("bare", "abc", (a_route("$default"),))
    asked = [Request("GET", "/x", "", (("Host", "h"), *origin), port=80) for origin in ((("Origin", PAGE),), ())]
    cached = {"cache-control": "max-age=60"}
    named, silent = ({**cached, "access-control-allow-origin": PAGE}, cached)
    exchange, other, same = (
        exchanged(api, request, stamp(n), answer(200, headers))
        for n, (request, headers) in enumerate([(asked[0], named), (asked[1], silent), (asked[1], named)])
    )
    reviews = [remembered.review(exchange, ())]
    for heard in (other, same, other):
        remembered.answers.hear(heard)
        reviews.append(remembered.review(exchange, ()))
    severities = [[one.severity for one in review.findings if one.name == NAME] for review in reviews]
    assert severities == [["note"], ["warning"], [], ["warning"]]
    assert remembered.review(exchange, ()) is reviews[3]


def test_a_long_url_is_judged_anew_and_held_by_nobody() -> None:
    remembered = RememberedReviews()
    for surplus in (0, 1):
        path = "/dev/" + "x" * (LONGEST - 5 + surplus)
        request = Request("GET", path, "", (("Host", "localhost:3000"), ("Origin", PAGE)), port=3000)
        api = FunctionUrl("up", "abc", "f", CorsConfiguration(allow_origins=(OTHER,)))
        first, second = (remembered.review(exchanged(api, request, stamp(n), answer(200, {})), ()) for n in range(2))
        assert (first is second) is (surplus == 0)
        assert said(first) == said(second)


def test_an_api_that_was_replaced_is_judged_anew() -> None:
    remembered = RememberedReviews()
    request = Request("GET", "/x", "", (("Host", "localhost:3000"), ("Origin", PAGE)), port=3000)
    verdicts = set()
    for origin in (PAGE, OTHER):
        api = HttpApi("shop", "abc", (a_route("$default"),), cors=CorsConfiguration(allow_origins=(origin,)))
        exchange = exchanged(api, request, stamp(1), Returned(b"{}"))
        verdicts.add(type(remembered.review(exchange, ()).verdict).__name__)
    assert verdicts == {"Allowed", "Blocked"}


def test_what_a_function_loses_is_found_anew_in_each_payload() -> None:
    remembered = RememberedReviews()
    request = Request("GET", "/x", "", (("Host", "localhost:3000"), ("Origin", PAGE)), port=3000)
    found = []
    for lost in ({}, {"multiValueHeaders": {"x-a": ["1"]}}, {}):
        review = remembered.review(exchanged(APIS[0], request, stamp(1), answer(200, {}, lost)), ())
        found.append("response-field-ignored" in {finding.name for finding in review.findings})
    assert found == [False, True, False]


def test_of_long_bodies_nothing_is_held() -> None:
    remembered = RememberedReviews()
    for surplus in (0, 1):
        length = REPEATED - len(Returned(b"{}").payload) + surplus
        request = Request("PUT", f"/{surplus}", "", (("Host", "localhost:3000"), ("Origin", PAGE)), b"x" * length)
        first, second = (remembered.review(exchanged(APIS[0], request, stamp(n), Returned(b"{}")), ()) for n in (1, 2))
        assert said(first) == said(second)
        assert (first is second) is (surplus == 0)
