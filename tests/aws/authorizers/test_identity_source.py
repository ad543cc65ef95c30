import pytest

from emulator.aws.authorizers.identity_source import read_token, token_source_problem
from emulator.messages import Request

HEADER, QUERY = "$request.header.Authorization", "$request.querystring.token"


@pytest.mark.parametrize(
    ("source", "is_problem"),
    [(HEADER, False), (QUERY, False), ("$request.header.", True), ("Authorization", True), ("$context.routeKey", True)],
)
def test_token_source_problem(source: str, is_problem: bool) -> None:
    assert token_source_problem(source) is is_problem


@pytest.mark.parametrize(
    ("source", "headers", "query", "read"),
    [
        pytest.param(HEADER, (("authorization", "a.b.c"),), "", "a.b.c", id="any-case"),
        pytest.param(HEADER, (("Authorization", "Bearer a.b.c"),), "", "a.b.c", id="bearer"),
        pytest.param(HEADER, (("Authorization", "bearer  a.b.c "),), "", "a.b.c", id="bearer-in-lower-case"),
        pytest.param(HEADER, (("Authorization", "Basic abc"),), "", "Basic abc", id="another-scheme-is-no-token"),
        pytest.param(HEADER, (("Authorization", " "),), "", None, id="blank"),
        pytest.param(HEADER, (), "Authorization=a", None, id="not-there"),
        pytest.param(QUERY, (), "x=1&token=a.b.c", "a.b.c", id="query"),
        pytest.param(QUERY, (), "Token=a.b.c", None, id="the-query-has-its-own-case"),
        pytest.param(QUERY, (), "token=", None, id="an-empty-query"),
    ],
)
def test_read_token(source: str, headers: tuple[tuple[str, str], ...], query: str, read: str | None) -> None:
    assert read_token(Request("GET", "/x", query, headers), source) == read
