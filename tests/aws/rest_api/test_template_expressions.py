"""References, values and operators, as Velocity works them out."""

import pytest

from aws.rest_api.templates import fails, made

SETS = """#set($m = {"a": {"b": [10, 20]}, "n": $null})#set($l = [1, 2, 3])#set($s = "x")"""


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("$m.a.b[1] $m['a'].b.get(0) $l[-1] ${l[0]}", "20 10 3 1"),
        ("$m.n.deep.er <$m.none> <$!m.none>", " <> <>"),
        ("$m['a']['b'][0]$m.a['b'].size()", "102"),
        ("$input.body $input.none", "{} "),
        ("$unset $!unset.a ${unset.a}", "$unset  ${unset.a}"),
        ("${m.none|'other'} ${unset|'other'} ${s|'other'}", "other other x"),
        ("$s.length().toString() $s.none <$s[0]>", "1  <>"),
        ("#foreach($e in $m.a.entrySet())$e.key$e.value$e.none#end", "b[10, 20]"),
        ("#set($a = [1..3])#set($b = [3..1])$a $b", "[1, 2, 3] [3, 2, 1]"),
        ("#set($a = [])#set($b = {})$a $b", "[] {}"),
        ('#set($a = "<$s #if(true)y#end>")$a', "<x y>"),
        ("#set($a = '<$s>')$a", "<$s>"),
        ("#set($a = 1.5)$a #set($b = true)$b #set($c = -2)$c", "1.5 true -2"),
        ("#set($a = 1 + 2 * 3 - 4 / 2 % 2)$a", "7"),
        ("#set($a = (1 + 2) * 3)$a", "9"),
        ("#if(1 < 2 && 2 <= 2 and 3 > 2 && 3 >= 3)yes#end", "yes"),
        ("#if(1 gt 2 || 1 lt 2)yes#end#if(1 ge 2 or 1 le 0)no#end", "yes"),
        ("#if(!false && not $unset)yes#end", "yes"),
        ("#if(1 eq 1 && 1 ne 2 && 1 != 2 && $s == 'x')yes#end", "yes"),
        ("#set($a = true || $s.nosuch())$a #set($b = false && $s.nosuch())$b", "true false"),
        ("#set($a = 'a' + 1)$a", "a1"),
        ("#define($d)$s#end#set($a = $d)$a $d.length()", "x 1"),
        ("$ $$ $1 a$", "$ $$ $1 a$"),
    ],
)
def test_expressions(template: str, text: str) -> None:
    assert made(SETS + template) == text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("$l[3]", "a list of 3 elements has none at 3"),
        ("$l[$null]", "has none at null"),
        ("$l['a']", "has none at a"),
        ("$m[$l]", "a key of a map is a text or a number here"),
        ("#set($a = {$l: 2})", "a key of a map is a text or a number here"),
        ("#set($a = [$s..3])", "a range goes from one integer to another"),
        ("$s.nosuch()", "nosuch"),
    ],
)
def test_what_fails(template: str, said: str) -> None:
    assert said in fails(SETS + template)[1]
