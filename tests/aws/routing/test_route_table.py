"""Choosing one of many templates, whatever the product's order of preference."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.routing.path_template import parse, split_path
from emulator.aws.routing.route_table import Preference, RouteTable, build_table


def table(
    *keys: str, any_methods: frozenset[str] | None = None, preference: Preference = Preference.MOST_SPECIFIC
) -> RouteTable[str]:
    entries = [(key.split()[0], parse(key.split()[1]), key) for key in keys]
    return build_table(entries, preference, any_methods)


def found(routes: RouteTable[str], method: str, path: str) -> str | None:
    answer = routes.find(method, split_path(path))
    return answer[0] if answer is not None else None


def test_literal_before_variable_before_greedy() -> None:
    routes = table("GET /{proxy+}", "GET /a/{x}", "GET /a/b")
    assert [found(routes, "GET", path) for path in ("/a/b", "/a/c", "/a/c/d", "/")] == [
        "GET /a/b",
        "GET /a/{x}",
        "GET /{proxy+}",
        None,
    ]


def test_exact_method_before_any_on_one_shape() -> None:
    routes = table("ANY /a/{x}", "GET /a/{y}", "ANY /b", "GET /b")
    assert found(routes, "GET", "/a/1") == "GET /a/{y}"
    assert found(routes, "PUT", "/a/1") == "ANY /a/{x}"
    assert found(routes, "GET", "/b") == "GET /b"
    assert found(routes, "PUT", "/b") == "ANY /b"


def test_a_template_without_the_method_does_not_hide_a_later_one() -> None:
    routes = table("POST /a/b", "GET /a/{x}", "OPTIONS /{proxy+}")
    assert found(routes, "GET", "/a/b") == "GET /a/{x}"
    assert found(routes, "OPTIONS", "/a/b") == "OPTIONS /{proxy+}"


def test_any_stands_for_every_method_or_for_those_named() -> None:
    assert found(table("ANY /a"), "PROPFIND", "/a") == "ANY /a"
    some = table("ANY /a", any_methods=frozenset({"GET", "HEAD"}))
    assert found(some, "HEAD", "/a") == "ANY /a"
    assert found(some, "PROPFIND", "/a") is None


def test_a_full_match_comes_first_where_the_product_says_so() -> None:
    routes = ("GET /a/{proxy+}", "GET /{x}/b")
    assert found(table(*routes), "GET", "/a/b") == "GET /a/{proxy+}"
    assert found(table(*routes, preference=Preference.FULL_MATCH_FIRST), "GET", "/a/b") == "GET /{x}/b"
    assert found(table(*routes, preference=Preference.FULL_MATCH_FIRST), "GET", "/a/c") == "GET /a/{proxy+}"
    assert found(table(*routes, preference=Preference.FULL_MATCH_FIRST), "GET", "/a") is None


def test_the_first_of_two_that_conflict_counts() -> None:
    assert found(table("GET /{a}", "GET /{b}", "GET /{c+}", "GET /{d+}"), "GET", "/1") == "GET /{a}"


def test_no_variable_is_empty() -> None:
    routes = table("GET /{x}", "GET /a/{rest+}")
    assert [found(routes, "GET", path) for path in ("//", "/a/", "/a//", "/a//b")] == [
        None,
        None,
        "GET /a/{rest+}",
        "GET /a/{rest+}",
    ]


def test_no_routes_at_all() -> None:
    assert found(table(), "GET", "/a/b/c") is None


def test_paths_longer_than_every_template_reach_greedy_ones_only() -> None:
    routes = table("GET /a/{x}", "GET /a/{x}/{y}", "GET /a/{rest+}")
    assert found(routes, "GET", "/a/1/2/3/4/5/6") == "GET /a/{rest+}"


PATHS = ("/{a}/x", "/{b}/y", "/{c}/{d}", "/{e+}", "/x/{f}", "/x/x", "/{g}/x/{h}")


@given(st.permutations(PATHS), st.lists(st.sampled_from(["x", "y", "1", ""]), max_size=4).map("/".join))
def test_captures_never_leak_between_candidates(paths: list[str], path: str) -> None:
    """aws/chalice's local matcher once answered {'a': '1', 'b': '1'} for /{b}/y beside /{a}/x."""
    answer = table(*(f"GET {text}" for text in paths)).find("GET", split_path(f"/{path}"))
    if answer is not None:
        key, parameters = answer
        assert parameters == parse(key.split()[1]).match(split_path(f"/{path}"))


@given(st.permutations(PATHS), st.lists(st.sampled_from(["x", "y", "1", ""]), max_size=4).map("/".join))
def test_the_order_of_declaration_does_not_count(paths: list[str], path: str) -> None:
    declared = table(*(f"GET {text}" for text in PATHS)).find("GET", split_path(f"/{path}"))
    assert table(*(f"GET {text}" for text in paths)).find("GET", split_path(f"/{path}")) == declared
