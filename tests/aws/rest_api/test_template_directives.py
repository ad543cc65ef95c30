"""The directives, as Velocity does them."""

import pytest

from aws.rest_api.templates import fails, made


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param("#if(false)a#elseif($n)b#elseif(true)c#else d#end", "c", id="elseif"),
        pytest.param("#if($n)a#else b#end", " b", id="else"),
        pytest.param("[#if(false)a#end]", "[]", id="no-branch"),
        pytest.param('#set($m = {"a": {}})#set($m.a.b = 1)$m.a.b', "1", id="set-along-a-path"),
        pytest.param("#set($l = [1, 2])#set($l[-1] = 3)$l", "[1, 3]", id="set-from-the-end"),
        pytest.param("#foreach($a in {'x': 1, 'y': 2})$a#end", "12", id="values-of-a-map"),
        pytest.param("[#foreach($a in 'text')$a#end]", "[]", id="over-a-text-not-once"),
        pytest.param(
            "#foreach($a in [7, 8])$foreach.index$foreach.count$foreach.hasNext$foreach.first$foreach.last "
            "$velocityCount#end",
            "01truetruefalse 112falsefalsetrue 2",
            id="the-loop-itself",
        ),
        pytest.param(
            "#foreach($a in [1, 2])#foreach($b in [3])$foreach.parent.count$a$b#end#end$!a$!foreach",
            "113223",
            id="a-loop-in-a-loop-and-after-it",
        ),
        pytest.param("#set($a = 9)#foreach($a in [1])$a#end$a", "19", id="what-it-was-before"),
        pytest.param("a#stop b", "a", id="stop"),
        pytest.param("#foreach($a in [1, 2])$a#break#end$!a", "1", id="break"),
        pytest.param(
            "#set($context.responseOverride.status = 400)$context.responseOverride.status", "400", id="override"
        ),
        pytest.param("#set($context.own = 1)$context.own", "1", id="context"),
        pytest.param("a#break b", "a", id="break-outside-of-a-loop"),
        pytest.param("#macro(twice $x)$x$x#end#twice('a')", "aa", id="macro"),
        pytest.param("#set($x = 1)#macro(m $x)$x#end#m(2)$x", "21", id="a-macros-arguments-are-its-own"),
        pytest.param("#nosuch('a') #end".replace(" #end", ""), "#nosuch('a')", id="no-such-macro-is-text"),
        pytest.param("#define($d)<$v>#end#set($v = 1)$d", "<1>", id="define"),
        pytest.param("#set($v = 1)#evaluate('<$v>')", "<1>", id="evaluate"),
        pytest.param("a # b #[[$x]]", "a # b #[[$x]]", id="a-hash-alone"),
    ],
)
def test_directives(template: str, text: str) -> None:
    assert made(template) == text


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("\n#set($input.body = 1)", 2, "$input.body cannot be set"),
        ("#set($a = 1)\n#set($a.b = 1)", 2, "cannot be set"),
        ("#set($m = {})#set($m.put('a', 1) = 1)", 1, "cannot be set"),
        ("#set(${} = 1)", 1, ""),
        ("#set($l = [1])#set($l[1] = 1)", 1, "a list of 1 elements has none at 1"),
        ("#set($m = {})#set($k = [1])#set($m[$k] = 1)", 1, "a key of a map is a text or a number here"),
        ("#macro(m $x)$x#end\n#m()", 2, "#m takes 1 arguments, not 0"),
        ("#set($context.responseOverride.status = 1)\n" * 2, 2, "status is overridden twice"),
        ("#include('a')", 1, "a mapping template has no other files to read"),
        ("#parse('a')", 1, "a mapping template has no other files to read"),
        ("#evaluate('#if(true)x')", 1, "#evaluate: "),
        ("#macro(m)#m()#end#m()", 1, "macros and blocks call each other more than 20 deep"),
    ],
)
def test_what_fails(template: str, line: int, said: str) -> None:
    where, reason = fails(template)
    assert where == line
    assert said in reason
