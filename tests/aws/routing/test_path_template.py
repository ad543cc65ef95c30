"""Path templates: what is accepted, what a path captures. Source: AWS, Create routes for HTTP APIs in API Gateway."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.routing.path_template import PathTemplate, parse, split_path, template_problem


@pytest.mark.parametrize(
    ("template", "path", "captured"),
    [
        pytest.param("/", "/", (), id="root"),
        pytest.param("/", "/a", None, id="root-is-only-the-root"),
        pytest.param("/pets", "/pets", (), id="literal"),
        pytest.param("/pets", "/pet", None, id="literal-differs"),
        pytest.param("/pets", "/Pets", None, id="case-sensitive"),
        pytest.param("/pets", "/pets/", None, id="trailing-slash-is-a-segment"),
        pytest.param("/pets/", "/pets/", (), id="trailing-slash-declared"),
        pytest.param("/pets/{id}", "/pets/7", (("id", "7"),), id="variable"),
        pytest.param("/pets/{id}", "/pets", None, id="variable-needs-its-segment"),
        pytest.param("/pets/{id}", "/pets/", None, id="variable-is-never-empty"),
        pytest.param("/pets/{id}", "/pets/7/toys", None, id="variable-is-one-segment"),
        pytest.param("/{a}/x/{b}", "/1/x/2", (("a", "1"), ("b", "2")), id="two-variables"),
        pytest.param("/{a}/x/{b}", "/1/y/2", None, id="literal-between-variables-differs"),
        pytest.param("/{proxy+}", "/a/b", (("proxy", "a/b"),), id="greedy"),
        pytest.param("/{proxy+}", "/", None, id="greedy-needs-a-segment"),
        pytest.param("/pets/{proxy+}", "/pets", None, id="greedy-does-not-match-its-parent"),
        pytest.param("/pets/{proxy+}", "/pets/", None, id="greedy-is-never-empty"),
        pytest.param("/pets/{proxy+}", "/pets//a", (("proxy", "/a"),), id="greedy-keeps-inner-slashes"),
        pytest.param("/{kind}/{rest+}", "/a/b/c", (("kind", "a"), ("rest", "b/c")), id="variable-then-greedy"),
        pytest.param("/pets/{proxy+}", "/cats/a", None, id="greedy-after-a-literal-that-differs"),
    ],
)
def test_match(template: str, path: str, captured: tuple[tuple[str, str], ...] | None) -> None:
    assert parse(template).match(split_path(path)) == captured


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("pets", 'write "/pets"', id="no-leading-slash"),
        pytest.param("", 'write "/"', id="empty"),
        pytest.param("/a//b", "remove one slash", id="empty-segment"),
        pytest.param("/a b", "remove spaces", id="space"),
        pytest.param("/a?b=1", 'remove spaces, "?" and "#"', id="query"),
        pytest.param("/pets/{id}.json", "one whole variable", id="variable-is-part-of-a-segment"),
        pytest.param("/pets/a{id}", "one whole variable", id="variable-after-text"),
        pytest.param("/pets/{}", "one whole variable", id="nameless-variable"),
        pytest.param("/pets/{id", "one whole variable", id="unclosed-brace"),
        pytest.param("/pets/id}", "one whole variable", id="unopened-brace"),
        pytest.param("/{proxy+}/x", "must be the last segment", id="greedy-in-the-middle"),
        pytest.param("/{id}/x/{id}", 'names the variable "id" twice', id="variable-twice"),
    ],
)
def test_problems_say_what_to_write(path: str, words: str) -> None:
    problem = template_problem(path)
    assert problem is not None
    assert words in problem
    with pytest.raises(ValueError) as raised:
        parse(path)
    assert str(raised.value) == problem


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/{a}", "/{proxy+}", "/a-b_c.d~e/{x-y}/{z+}", "/v1:batch"])
def test_accepted_paths(path: str) -> None:
    assert template_problem(path) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("/p/{a}", "/p/{b}", True, id="variable-names-do-not-count"),
        pytest.param("/p/{a+}", "/p/{b+}", True, id="greedy-names-do-not-count"),
        pytest.param("/p/{a}", "/p/{a+}", False, id="variable-and-greedy"),
        pytest.param("/p/{a}", "/q/{a}", False, id="literals"),
    ],
)
def test_shape(one: str, other: str, same: bool) -> None:
    assert (parse(one).shape == parse(other).shape) is same


@pytest.mark.parametrize(
    ("text", "literal", "greedy"),
    [("/", True, False), ("/a/b", True, False), ("/a/{b}", False, False), ("/{b+}", False, True)],
)
def test_kinds(text: str, literal: bool, greedy: bool) -> None:
    assert (parse(text).is_literal, parse(text).is_greedy) == (literal, greedy)


segments = st.text(st.characters(codec="utf-8", exclude_characters="/{}?#", exclude_categories=["Z", "C"]), min_size=1)
names = st.from_regex(r"[A-Za-z0-9._:-]{1,8}", fullmatch=True)


@st.composite
def templates(draw: st.DrawFn) -> PathTemplate:
    variables = draw(st.lists(names, unique=True, max_size=4))
    parts = draw(st.permutations(draw(st.lists(segments, max_size=4)) + [f"{{{name}}}" for name in variables]))
    if parts and parts[-1].startswith("{") and draw(st.booleans()):
        parts[-1] = f"{parts[-1][:-1]}+}}"
    return parse("/" + "/".join(parts))


@given(templates(), st.data())
def test_parameters_rebuild_the_path(template: PathTemplate, data: st.DataObject) -> None:
    greedy = st.lists(segments, min_size=1, max_size=3).map("/".join)
    path = template.text
    for part in split_path(template.text):
        if part.startswith("{"):
            path = path.replace(part, data.draw(greedy if part.endswith("+}") else segments), 1)
    captured = template.match(split_path(path))
    assert captured is not None
    rebuilt = template.text
    for name, value in captured:
        rebuilt = rebuilt.replace(f"{{{name}}}", value, 1).replace(f"{{{name}+}}", value, 1)
    assert rebuilt == path


@given(templates(), st.text().map(lambda text: f"/{text}"))
def test_a_match_names_every_variable_once_and_never_empty(template: PathTemplate, path: str) -> None:
    captured = template.match(split_path(path))
    if captured is not None:
        assert [name for name, _ in captured] == [
            part.strip("{+}") for part in split_path(template.text) if part.startswith("{")
        ]
        assert all(value for _, value in captured)
