"""Which route of a whole API takes a request, against an oracle: every configured route is tried, and AWS's order of
preference is applied to those that match, in the words in which AWS states it. Slow, and plain to see through."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Route
from emulator.aws.refusal import Refusal
from emulator.aws.rest_api.rest_api import RestApi
from emulator.messages import Request
from products import STAMP, a_method, a_route

Selected = tuple[str, dict[str, str]] | None
"""The route key with its path parameters; None where no route takes the request."""

SEVEN = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
"""What ANY of a REST API stands for (AWS: Set up a method using the API Gateway console)."""


def by_rest_rules(keys: Sequence[str], method: str, path: str) -> Selected:
    """Select as a REST API does; `path` is raw, below the stage.

    Among the resources whose path matches, literal before variable before greedy, segment by segment from the left, the
    first that declares the method or ANY (localstack/localstack, test_proxy_routing_with_hardcoded_resource_sibling and
    test_routing_with_hardcoded_resource_sibling_order, validated on AWS; floci-io/floci#3399); the method before ANY on
    one resource. A slash at the end does not count, slashes at the begin count as one.
    """
    wanted = "/" + path.lstrip("/").removesuffix("/")
    matching = [
        (worst_segments_last(key), is_any(key), key, parameters)
        for key in keys
        if declares(key, method, SEVEN) and (parameters := captured(key, wanted)) is not None
    ]
    return min(matching, key=lambda one: one[:2])[2:] if matching else None


def by_http_rules(keys: Sequence[str], method: str, path: str) -> Selected:
    """Select as an HTTP API does; `path` is decoded, below the stage.

    "Full match for a route and method. Match for a route and method with a greedy path variable ({proxy+}). The
    $default route." (AWS: Create routes for HTTP APIs), and a literal segment before a variable; the method before ANY
    on one path.
    """
    matching = [
        (is_greedy(key), worst_segments_last(key), is_any(key), key, parameters)
        for key in keys
        if key != "$default" and declares(key, method, None) and (parameters := captured(key, path)) is not None
    ]
    if matching:
        return min(matching, key=lambda one: one[:3])[3:]
    return ("$default", {}) if "$default" in keys else None


def declares(key: str, method: str, any_stands_for: Sequence[str] | None) -> bool:
    """Tell whether the route of this key takes the method; None: ANY stands for every one."""
    declared = key.partition(" ")[0]
    return declared == method or (declared == "ANY" and (any_stands_for is None or method in any_stands_for))


def captured(key: str, path: str) -> dict[str, str] | None:
    """Match the path as a whole: a variable is one segment, a greedy one the whole rest, none of them empty."""
    named: list[str] = []

    def pattern(segment: str) -> str:
        if not segment.startswith("{"):
            return re.escape(segment)
        named.append(segment.strip("{+}"))
        return "(.+)" if segment.endswith("+}") else "([^/]+)"

    template = key.partition(" ")[2]
    found = re.fullmatch("/".join(pattern(segment) for segment in template.split("/")), path, re.DOTALL)
    return None if found is None else dict(zip(named, found.groups(), strict=True))


def worst_segments_last(key: str) -> list[int]:
    """Rate each segment of the route's path: 0 for a literal, 1 for a variable, 2 for a greedy one."""
    return [segment.startswith("{") + segment.endswith("+}") for segment in key.partition(" ")[2].split("/")[1:]]


def is_any(key: str) -> bool:
    return key.startswith("ANY ")


def is_greedy(key: str) -> bool:
    return key.endswith("+}")


def selected(api: RestApi | HttpApi, method: str, path: str) -> Selected:
    """Ask the API itself."""
    answer = api.select_route(Request(method, path), STAMP)
    assert isinstance(answer, Route | Refusal)
    return (answer.key, dict(answer.parameters)) if isinstance(answer, Route) else None


def rest_api(keys: Sequence[str]) -> RestApi:
    methods = tuple(a_method(*key.split(" ")) for key in keys)
    return RestApi("api", "abcdef1234", methods, "dev")


def http_api(keys: Sequence[str], stage: str = "$default") -> HttpApi:
    return HttpApi("api", "abcdef1234", tuple(a_route(key) for key in keys), stage)


LITERALS = ("a", "b", "dev", "a.b")
VALUES = (*LITERALS, "a%2Fb", "%61", "x%20y", "", "c")


@st.composite
def route_keys(draw: st.DrawFn) -> list[str]:
    """Up to twelve routes over few words, so that many match one path; no two of one method and shape, which AWS
    refuses."""
    keys: dict[str, str] = {}
    for _ in range(draw(st.integers(0, 12))):
        parts = draw(st.lists(st.sampled_from((*LITERALS, "{x}", "{y}", "{z}")), max_size=4))
        parts = [part for at, part in enumerate(parts) if part in LITERALS or part not in parts[:at]]
        parts += draw(st.sampled_from(([], ["{proxy+}"], ["{rest+}"])))
        method = draw(st.sampled_from(("GET", "POST", "OPTIONS", "ANY")))
        shape = re.sub(r"\{\w+", "{", f"{method} /{'/'.join(parts)}")
        keys.setdefault(shape, f"{method} /{'/'.join(parts)}")
    return list(keys.values())


METHODS = st.sampled_from(("GET", "POST", "OPTIONS", "HEAD", "PROPFIND"))
PATHS = st.lists(st.sampled_from(VALUES), max_size=6).map(lambda parts: "/" + "/".join(parts))


@given(route_keys(), METHODS, PATHS)
@example(["GET /{x}/b", "GET /a/{proxy+}"], "GET", "/a/b")
@example(["POST /a/b", "GET /{x}/{y}", "GET /a/{proxy+}"], "GET", "/a/b")
@example(["GET /{x}/{proxy+}", "GET /{proxy+}"], "GET", "/a//")
def test_a_rest_api_selects_as_the_oracle_does(keys: list[str], method: str, path: str) -> None:
    assert selected(rest_api(keys), method, f"/dev{path}") == by_rest_rules(keys, method, path)


@given(route_keys(), st.booleans(), METHODS, PATHS)
@example(["GET /{x}/b", "GET /a/{proxy+}"], False, "GET", "/a/b")
@example(["ANY /a/b", "GET /a/{proxy+}"], True, "GET", "/a/b")
def test_an_http_api_selects_as_the_oracle_does(keys: list[str], default: bool, method: str, path: str) -> None:
    keys = [*keys, *(["$default"] if default else [])]
    assert selected(http_api(keys), method, path) == by_http_rules(keys, method, unquote(path))


@given(route_keys(), METHODS, PATHS)
def test_the_named_stage_of_an_http_api_is_no_part_of_what_is_selected(keys: list[str], method: str, path: str) -> None:
    assert selected(http_api(keys, "dev"), method, f"/dev{path}") == by_http_rules(keys, method, unquote(path))


DOCUMENTED = ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"]


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1"),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}"),
        ("POST", "/test/5", "ANY /{proxy+}"),
    ],
)
@pytest.mark.parametrize("rules", [by_http_rules, lambda *asked: selected(http_api(asked[0]), *asked[1:])])
def test_the_table_that_aws_gives(
    rules: Callable[[Sequence[str], str, str], Selected], method: str, path: str, key: str
) -> None:
    """AWS: Create routes for HTTP APIs; the oracle is held to it too."""
    found = rules(DOCUMENTED, method, path)
    assert found is not None
    assert found[0] == key
