"""Mapping templates as AWS has been recorded to render them, or says it does."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws.rest_api.templates import fails, made
from emulator.aws.rest_api.mapping_template import (
    Overrides,
    Rendered,
    TemplateError,
    TemplateInput,
    problem,
    render,
)

PATHS = "localstack/localstack, test_input_path_template_formatting, recorded from AWS"
BODIES = "localstack/localstack, test_input_body_formatting, recorded from AWS"
GUIDE = "API Gateway developer guide, api-gateway-mapping-template-reference"
THERE = (
    '{"body": $r, "nested": $r.nested, "null": #if($r == $null)"yes"#else"no"#end, "": #if($r == "")"yes"#else"no"#end}'
)
NOTHING = '{"body": , "nested": , "null": "yes", "": "yes"}'


@pytest.mark.parametrize(
    ("template", "body", "text"),
    [
        pytest.param('#set($r = $input.path("$"))$r', '{"foo": "bar"}', "{foo=bar}", id=f"map: {PATHS}"),
        pytest.param('#set($r = $input.path("$"))$r.n', '{"n": {"a": "b"}}', "{a=b}", id=f"nested map: {PATHS}"),
        pytest.param('#set($r = $input.path("$"))$r[0]', '[{"a": "b"}]', "{a=b}", id=f"map in a list: {PATHS}"),
        pytest.param(
            '#set($r = $input.path("$"))$r', '{"a": [{"n": "b"}]}', '{a=[{"n":"b"}]}', id=f"list in a map: {PATHS}"
        ),
        pytest.param('#set($r = $input.path("$"))$r.toString()', '{"a": "b"}', "{a=b}", id=f"toString: {PATHS}"),
        pytest.param(f'#set($r = $input.path("$.none")){THERE}', "{}", NOTHING, id=f"missing: {PATHS}"),
        pytest.param(f'#set($r = $input.path("$.a")){THERE}', '{"a": null}', NOTHING, id=f"null: {PATHS}"),
        pytest.param("Body=$input.body", "", "Body={}", id=f"no body: {BODIES}"),
        pytest.param("Body=$input.body", '{"a": "b"}', 'Body={"a": "b"}', id=f"a body: {BODIES}"),
        pytest.param("Body=$input.body", "raw", "Body=raw", id=f"a raw body: {BODIES}"),
        pytest.param("$util.urlEncode($input.body)", '{"a": "b"}', "%7B%22a%22%3A+%22b%22%7D", id=f"encoded: {BODIES}"),
        pytest.param("<$util.urlEncode($input.body.x)>", "raw", "<>", id=f"body.x is nothing: {BODIES}"),
        pytest.param("$input.path('$.n').size()", '{"n": {"1": {}, "2": {}}}', "2", id=f"size: {GUIDE}"),
        pytest.param("$input.path('$.n').count()", '{"n": [1, 2, 3]}', "3", id=f"count: {GUIDE}"),
        pytest.param("$input.json('$')", '{"a": [1, {"b": null}]}', '{"a":[1,{"b":null}]}', id=f"json: {GUIDE}"),
        pytest.param(
            "#set ($o = $util.parseJson($input.path('$.e')))\n$o.key2.arr[0]",
            json.dumps({"e": json.dumps({"key2": {"arr": [1, 2]}})}),
            "\n1",
            id=f"parseJson: {GUIDE}",
        ),
        pytest.param(
            r"""$util.escapeJavaScript($input.path('$.s')).replaceAll("\\'","'")""",
            json.dumps({"s": 'it\'s "x"'}),
            'it\'s \\"x\\"',
            id=f"escapeJavaScript: {GUIDE}",
        ),
        pytest.param(
            "$util.base64Decode($input.path('$.s')) $util.base64Encode(\"test-data\")",
            '{"s": "dGVzdC1kYXRh"}',
            "test-data dGVzdC1kYXRh",
            id=f"base64: {GUIDE}",
        ),
        pytest.param("$util.urlDecode($input.path('$.s'))", '{"s": "a+b%2Fc"}', "a b/c", id=f"urlDecode: {GUIDE}"),
    ],
)
def test_recorded_and_documented(template: str, body: str, text: str) -> None:
    rendered = made(template, body)
    assert rendered == text or json.loads(rendered) == json.loads(text)


GIVEN = TemplateInput(
    path={"id": "abc"},
    querystring={"id": "query", "q": "1"},
    header={"id": "header", "q": "header", "h": "x"},
    context={"stage": "test", "requestTimeEpoch": 1783711145766, "identity": {"sourceIp": "127.0.0.1"}},
    stage_variables={"v": "x"},
)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("$input.params('id') $input.params('q') $input.params('h') <$input.params('none')>", "abc 1 x <>"),
        ("$input.params().path.id $input.params().header.get('h') $input.params('path').id", "abc x "),
        ("$context.stage $context.requestTimeEpoch $context.identity.sourceIp", "test 1783711145766 127.0.0.1"),
        ("$stageVariables.v $stageVariables['v'] ${stageVariables['v']}", "x x x"),
        ("<$stageVariables.none>", "<>"),
        ("<$context.none>", "<>"),
        ("$unknown $!unknown ${unknown}", "$unknown  ${unknown}"),
    ],
)
def test_what_a_template_names(template: str, text: str) -> None:
    rendered = render(template, GIVEN)
    assert isinstance(rendered, Rendered)
    assert rendered.text == text


def test_all_parameters_as_the_guide_passes_them_on() -> None:
    """The template of the guide's parameter mapping example: every parameter, by its kind."""
    template = """#set($all = $input.params())
{#foreach($type in $all.keySet())#set($params = $all.get($type))"$type": {#foreach($name in $params.keySet())
"$name": "$util.escapeJavaScript($params.get($name))"#if($foreach.hasNext),#end#end}#if($foreach.hasNext),#end#end}"""
    rendered = render(template, GIVEN)
    assert isinstance(rendered, Rendered)
    assert json.loads(rendered.text) == {
        "path": {"id": "abc"},
        "querystring": {"id": "query", "q": "1"},
        "header": {"id": "header", "q": "header", "h": "x"},
    }


def test_the_context_prints_its_values_and_nothing_for_maps_and_null() -> None:
    """localstack/localstack, test_sqs_amz_json_protocol, recorded from AWS."""
    context = {"stage": "test", "identity": {"user": None, "sourceIp": "127.0.0.1"}}
    template = "#foreach($key in $MAP.keySet())$key=$MAP.get($key);#end"
    maps = (
        "$context",
        *(f"$context.{name}" for name in ("identity", "requestOverride", "responseOverride", "authorizer")),
    )
    printed = [render(template.replace("$MAP", one), TemplateInput(context=context)) for one in maps]
    assert [one.text for one in printed if isinstance(one, Rendered)] == [
        "stage=test;identity=;requestOverride=;responseOverride=;",
        "user=;sourceIp=127.0.0.1;",
        "header=;path=;querystring=;",
        "header=;",
        "",
    ]


@pytest.mark.parametrize(("body", "status"), [('{"a": "noerror"}', 202), ('{"a": "customerror"}', 400)])
def test_a_status_by_what_the_payload_contains(body: str, status: int) -> None:
    """localstack/localstack, test_lambda_aws_integration_response_with_mapping_templates, recorded from AWS."""
    template = """#set($root = $input.path('$'))
$input.json("$")
#if($root.toString().contains("customerror"))
    #set($context.responseOverride.status = 400)
#else
    #set($context.responseOverride.status = 202)
#end"""
    rendered = render(template, TemplateInput(body=body))
    assert isinstance(rendered, Rendered)
    assert (json.loads(rendered.text), rendered.overrides.status) == (json.loads(body), status)


def test_a_text_that_is_built_in_a_loop_as_cdk_does() -> None:
    """The shape of the request template of CDK's StepFunctionsExecutionIntegration: a mark stands for each quote until
    the end."""
    template = r"""#set($text = '')
#set($text = "$text,@@body@@: $input.body, @@header@@: {")
#foreach($name in $input.params().header.keySet())
    #set($text = "$text @@$name@@: @@$util.escapeJavaScript($input.params().header.get($name))@@")
    #if($foreach.hasNext)
        #set($text = "$text,")
    #end
#end
#set($text = "$text}}")
#set($text = $text.replaceAll("@@",'"'))
#set($end = $text.length() - 1)
{"input": "{$util.escapeJavaScript($text.substring(1,$end)).replaceAll("\\'","'")}"}"""
    rendered = render(template, TemplateInput('{"a": "it\'s"}', header={"h": "v", "k": 'x"y'}))
    assert isinstance(rendered, Rendered)
    assert json.loads(json.loads(rendered.text)["input"]) == {"body": {"a": "it's"}, "header": {"h": "v", "k": 'x"y'}}


SEVERAL_ORIGINS = """#set($origin = $input.params().header.get("Origin"))
#if($origin == "") #set($origin = $input.params().header.get("origin")) #end
#if($origin == "https://b.example" || $origin == "https://c.example")
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end"""
BY_PATTERN = """#set($origin = $input.params("Origin"))
#if($origin == "") #set($origin = $input.params("origin")) #end
#if($origin.matches("https://a[.]example") || $origin.matches("https://.+[.]b[.]example"))
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end"""


@pytest.mark.parametrize("name", ["Origin", "origin"])
@pytest.mark.parametrize(
    ("template", "origin", "allowed"),
    [
        (SEVERAL_ORIGINS, "https://b.example", True),
        (SEVERAL_ORIGINS, "https://c.example", True),
        (SEVERAL_ORIGINS, "https://d.example", False),
        (BY_PATTERN, "https://a.example", True),
        (BY_PATTERN, "https://www.b.example", True),
        (BY_PATTERN, "https://aaexample", False),
        (BY_PATTERN, "https://a.example.evil", False),
    ],
)
def test_what_generators_write_for_several_origins(template: str, origin: str, allowed: bool, name: str) -> None:
    """The shape of what CDK (aws-apigateway, resource.ts) and the Serverless Framework (api-gateway/lib/cors.js)
    write."""
    rendered = render(template, TemplateInput(header={name: origin}))
    assert isinstance(rendered, Rendered)
    headers = (("Access-Control-Allow-Origin", origin),) if allowed else ()
    assert rendered.overrides == Overrides(response_headers=headers)


def test_what_the_request_template_sets_the_response_template_sees() -> None:
    """localstack/localstack, test_integration_mock_with_response_override_in_request_template and
    ..._with_request_overrides_in_response_template, recorded from AWS."""
    first = render(
        """#set($context.responseOverride.status = 444)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "kept")
#set($context.requestOverride.path.body = "p")
#set($context.requestOverride.header.several = ["a", "b"])
#set($context.requestOverride.querystring.q = 1)
#set($context.own.deep = {})
#set($context.own.deep.value = 7)""".replace("#set($context.own.deep = {})", "#set($context.own = {})").replace(
            "#set($context.own.deep.value = 7)", "#set($context.own.value = 7)"
        )
        + "{}",
        TemplateInput(),
    )
    assert isinstance(first, Rendered)
    assert first.overrides == Overrides(
        444,
        (("foo", "bar"),),
        (("several", "a,b"),),
        (("body", "p"),),
        (("q", "1"),),
        ((("responseOverride", "custom"), "kept"), (("own",), {"value": 7}), (("own", "value"), 7)),
    )
    template = (
        "$context.responseOverride.status $context.responseOverride.header.foo $context.responseOverride.custom "
        "$context.requestOverride.path.body $context.requestOverride.header.several $context.own.value"
    )
    second = render(template, TemplateInput(), first.overrides)
    assert isinstance(second, Rendered)
    assert second.text == "444 bar kept p a,b 7"
    assert second.overrides.status == 444


@pytest.mark.parametrize(("status", "kept"), [("99", None), ("600", None), ('"444"', None), ("444", 444)])
def test_a_status_that_is_none_is_no_override(status: str, kept: int | None) -> None:
    rendered = render(f"#set($context.responseOverride.status = {status})", TemplateInput())
    assert isinstance(rendered, Rendered)
    assert rendered.overrides.status == kept


@pytest.mark.parametrize("key", ["status", "header.a"])
def test_overrides_are_final(key: str) -> None:
    """AWS: Override your API's request and response parameters, "Overrides are final"."""
    set_once = f"#set($context.responseOverride.{key} = 400)\n"
    assert isinstance(render(set_once, TemplateInput()), Rendered)
    line, reason = fails(set_once * 2)
    assert (line, reason) == (2, f"{key.rpartition('.')[2]} is overridden twice")


def test_overrides_that_are_replaced_whole_or_null() -> None:
    rendered = render(
        '#set($context.responseOverride.header = {"a": $null, "b": 1})#set($context.requestOverride = "x")',
        TemplateInput(),
    )
    assert isinstance(rendered, Rendered)
    assert (rendered.overrides.response_headers, rendered.overrides.request_path) == ((("b", "1"),), ())


def test_half_a_surrogate_pair_is_a_question_mark() -> None:
    assert made("$input.path('$.a')", '{"a": "\\ud800"}') == "?"


@pytest.mark.parametrize(("template", "line"), [("{}", None), ("$a.b", None), ("\n\n#if(true)", 3), ("#set($a = )", 1)])
def test_problems_are_told_before_any_request(template: str, line: int | None) -> None:
    found = problem(template)
    assert found is None if line is None else found is not None and (found.line, bool(found.reason)) == (line, True)


def test_what_is_nested_too_deeply() -> None:
    line, reason = fails("#if(" + "(" * 3000 + "1" + ")" * 3000 + ")a#end")
    assert (line, reason) == (None, "the template is nested too deeply")
    value = "#set($a = [])" + "#set($a = [$a])" * 2000 + "$a"
    assert fails(value) == (None, "the template, or a value in it, is nested too deeply")


@pytest.mark.parametrize(
    "template",
    [
        "$input.__class__",
        "$input.__class__.__mro__",
        "$util.__init__.__globals__",
        "$context.__class__",
        "$context.items()",
        "$stageVariables.__class__.__name__",
        "$input.body.__class__",
        "$input.params().path.__class__",
        '$input.path("$").__len__()',
    ],
)
def test_nothing_of_python_is_within_reach(template: str) -> None:
    rendered = render(template, TemplateInput(body='{"a": 1}'))
    text = rendered.text if isinstance(rendered, Rendered) else ""
    assert "class" not in text.replace(template, "")
    assert "dict" not in text
    assert "function" not in text


def test_a_template_that_never_ends_is_ended() -> None:
    line, reason = fails("#foreach($a in [1..100000])#foreach($b in [1..100000])x#end#end")
    assert line == 1
    assert "more than" in reason or "steps" in reason


PIECES = st.sampled_from(
    ["$", "#", "#set(", "#if(", "#end", "#else", "#foreach(", "$a", "$input", ".path('$')", ".body", "(", ")", "{",
     "}", "=", " ", "1", '"x"', "'y'", "[", "]", "..", "in", "$util", ".urlEncode(", "##", "#*", "*#", "\n", "\\", "$!",
     "||", "$context", ".responseOverride", ".status", "#macro(m)", "#m()", "null", "true", "-", "+", "/", "0"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=10))
def test_whatever_is_written_is_rendered_or_refused(template: str, body: str) -> None:
    assert isinstance(render(template, TemplateInput(body=body)), Rendered | TemplateError)


@given(st.text().filter(lambda text: "$" not in text and "#" not in text), st.integers(100, 599))
def test_text_stays_as_it_is(text: str, status: int) -> None:
    earlier: Any = Overrides(status)
    assert render(text, TemplateInput(), earlier) == Rendered(text, earlier)
