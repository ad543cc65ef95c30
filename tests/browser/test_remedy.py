"""What an answer lacks; and that with it the check passes, whatever it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.browser.cors_check import cors_check
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion, preflight_check
from emulator.browser.remedy import OF_CREDENTIALS, REASONS, NeededHeader, needed_by_check, needed_by_preflight
from emulator.messages import Headers, Response

PAGE = "https://app.example"
INCLUDE, SAME = Credentials.INCLUDE, Credentials.SAME_ORIGIN
ACAO, ACAC = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
ACAM, ACAH = "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"

CHECKS = [
    pytest.param(SAME, (), (NeededHeader(ACAO, PAGE),), id="nothing"),
    pytest.param(SAME, ((ACAO, "*"),), (), id="wildcard"),
    pytest.param(INCLUDE, ((ACAO, "*"), (ACAC, "true")), (NeededHeader(ACAO, PAGE),), id="wildcard-with-credentials"),
    pytest.param(INCLUDE, ((ACAO, PAGE), (ACAC, "True")), (NeededHeader(ACAC, "true"),), id="case"),
    pytest.param(SAME, ((ACAO, PAGE), (ACAO, PAGE)), (NeededHeader(ACAO, PAGE),), id="twice"),
]


@pytest.mark.parametrize(("mode", "headers", "needed"), CHECKS)
def test_what_the_check_needs(mode: Credentials, headers: Headers, needed: tuple[NeededHeader, ...]) -> None:
    assert needed_by_check(PAGE, mode, headers) == needed


LISTS = [
    pytest.param("GET", ("x-a", "x-b"), ((ACAH, "X-B"),), (NeededHeader(ACAH, "X-B, x-a", ("x-a",), "X-B"),),
                 id="more"),
    pytest.param("GET", ("x-c",), ((ACAH, "X-A,x-b,"),), (NeededHeader(ACAH, "X-A, x-b, x-c", ("x-c",), "X-A,x-b,"),),
                 id="as-it-came"),
    pytest.param("GET", ("x-c",), ((ACAH, "x-a"), (ACAH, "x-b")),
                 (NeededHeader(ACAH, "x-a, x-b, x-c", ("x-c",), "x-a, x-b"),), id="in-two-lines"),
    pytest.param("PUT", ("x-a",), (), (NeededHeader(ACAM, "PUT"), NeededHeader(ACAH, "x-a")), id="all-together"),
    pytest.param("PUT", (), ((ACAM, "GET, put"),), (NeededHeader(ACAM, "GET, put, PUT", ("PUT",), "GET, put"),),
                 id="methods-are-case-sensitive"),
    pytest.param("GET", (), ((ACAM, "G ET"),), (NeededHeader(ACAM, "G, ET"),), id="no-token"),
    pytest.param("PUT", ("x-a",), ((ACAM, "*"), (ACAH, "*")), (), id="wildcards"),
    pytest.param("GET", ("x-a", "x-c"), ((ACAH, "'x-a, X-B'"),), (NeededHeader(ACAH, "x-a, X-B, x-c"),), id="quotes"),
    pytest.param("PUT", (), ((ACAM, "'GET', 'PUT', '"),), (NeededHeader(ACAM, "GET, PUT"),), id="quoted-methods"),
    pytest.param("GET", ("x-a",), ((ACAH, "x-a, 'x-b'"),), (), id="quotes-elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "names", "headers", "needed"), LISTS)
def test_what_a_preflight_needs(
    method: str, names: tuple[str, ...], headers: Headers, needed: tuple[NeededHeader, ...]
) -> None:
    question = PreflightQuestion(PAGE, SAME, method, names)
    assert needed_by_preflight(question, Response(204, ((ACAO, PAGE), *headers))) == needed


def test_wildcards_do_not_count_with_credentials() -> None:
    headers = ((ACAO, PAGE), (ACAC, "true"), (ACAM, "*"), (ACAH, "*"))
    needed = needed_by_preflight(PreflightQuestion(PAGE, INCLUDE, "PUT", ("x-a",)), Response(204, headers))
    assert [one.added for one in needed] == [("PUT",), ("x-a",)]


VALUES = st.sampled_from(
    ["*", PAGE, "null", "true", "True", "PUT", "put", "x-a, x-b", "X-A", "a b", "", "http://a, b", "'x-a'"]
)
ANSWERS = st.lists(st.tuples(st.sampled_from([ACAO, ACAC, ACAM, ACAH]), VALUES), max_size=5)


@given(
    ANSWERS,
    st.sampled_from([SAME, INCLUDE]),
    st.sampled_from(["GET", "PUT", "patch"]),
    st.sets(st.sampled_from(["x-a", "x-b", "authorization"])),
)
def test_with_what_is_needed_it_passes(
    answer: list[tuple[str, str]], mode: Credentials, method: str, names: set[str]
) -> None:
    question = PreflightQuestion(PAGE, mode, method, tuple(sorted(names)))
    needed = needed_by_preflight(question, Response(204, tuple(answer)))
    kept = tuple(pair for pair in answer if pair[0] not in {one.name for one in needed})
    mended = (*kept, *((one.name, one.value) for one in needed))
    assert preflight_check(question, Response(204, mended)) is None
    assert cors_check(PAGE, mode, mended) is None
    assert needed_by_preflight(question, Response(204, mended)) == ()


def test_reasons_are_sentences() -> None:
    assert all(reason.endswith(".") for reason in REASONS.values())
    assert REASONS.keys() >= OF_CREDENTIALS
