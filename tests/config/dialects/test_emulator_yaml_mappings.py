"""How changes of an integration's mappings are worded for emulator.yaml, and where they are written."""

import pytest

from emulator.config.dialects.emulator_yaml import place_of, worded
from emulator.config.dialects.emulator_yaml_mappings import mapping_key, mapping_phrase
from emulator.deployment import Place
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import (
    MapHeaders,
    MapOrigin,
    MappingChange,
    SetContentHandling,
    SetGeneratedCors,
    SetRequestTemplate,
    UnmapHeaders,
)

OPTIONS = "OPTIONS /x"
OWN = ("api", "shop", "route", OPTIONS, "integration")
ACAO, ACAM = ("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")
CHANGES: list[tuple[MappingChange, str, tuple[str, ...]]] = [
    (MapHeaders("shop", OPTIONS, "default", (ACAO, ACAM)),
     ("""write `method.response.header.Access-Control-Allow-Origin: "'https://a.example'"` and """
      """`method.response.header.Access-Control-Allow-Methods: "'PUT'"` in the response `default`"""),
     ("responses", "default", "responseParameters", "method.response.header.Access-Control-Allow-Origin")),
    (MapHeaders("shop", OPTIONS, "default", (), 200), "write `statusCode: 200` in the response `default`",
     ("responses", "default")),
    (UnmapHeaders("shop", OPTIONS, "4..", "Access-Control-"),
     "remove the Access-Control-* headers from the response `4..`", ("responses", "4..", "responseParameters")),
    (UnmapHeaders("shop", OPTIONS, "4..", "Vary"), "remove Vary from the response `4..`",
     ("responses", "4..", "responseParameters")),
    (MapOrigin("shop", OPTIONS, "default", ("https://a.example", "https://b.example")),
     ("""write `responseTemplates: {application/json: '#set($origin = $input.params().header.get("origin"))"""
      """#if($origin == "")#set($origin = $input.params().header.get("Origin"))#end"""
      """#if($origin == "https://a.example" || $origin == "https://b.example")"""
      """#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end'}`, before what stands """
      "there, in the response `default`"),
     ("responses", "default", "responseTemplates", "application/json")),
    (SetContentHandling("shop", OPTIONS, "CONVERT_TO_TEXT"),
     "set `contentHandling: CONVERT_TO_TEXT` in the integration", ("contentHandling",)),
    (SetRequestTemplate("shop", OPTIONS, "application/json", '{"statusCode": 200}'),
     "write `requestTemplates: {application/json: '{\"statusCode\": 200}'}` in the integration",
     ("requestTemplates", "application/json")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "phrase", "key"), CHANGES)
def test_wording_and_place(change: MappingChange, phrase: str, key: tuple[str, ...]) -> None:
    assert mapping_phrase(change) == f"{phrase} of the route 'OPTIONS /x' of 'shop'"
    assert mapping_key(change) == (*OWN, *key)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (SetGeneratedCors("shop", "allowOrigin", ("'*'",)), """allowOrigin: "'*'\""""),
        (SetGeneratedCors("shop", "allowOrigins", ("*",), is_list=True), 'allowOrigins: ["*"]'),
        (SetGeneratedCors("shop", "allowHeaders", ("a", "b"), is_list=True), "allowHeaders: [a, b]"),
        (SetGeneratedCors("shop", "maxAge", ("600",)), "maxAge: 600"),
    ],
)
def test_the_cors_of_a_deployment_tool(change: SetGeneratedCors, value: str) -> None:
    assert mapping_phrase(change) == f"write `{value}` in `cors` of 'shop'"
    assert mapping_key(change) == ("api", "shop", "cors", change.key)


def test_it_is_one_of_the_file() -> None:
    change = CHANGES[5][0]
    places = {OWN[:4]: Place("emulator.yaml", 7)}
    assert place_of(change, places) == Place("emulator.yaml", 7)
    assert worded(Fix((change,)), places) == (
        "Set `contentHandling: CONVERT_TO_TEXT` in the integration of the route 'OPTIONS /x' of 'shop' "
        "(emulator.yaml:7)."
    )
