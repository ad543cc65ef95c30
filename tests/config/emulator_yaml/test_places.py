from textwrap import dedent

from emulator.config.emulator_yaml.places import places_of
from emulator.config.load import load
from emulator.config.yaml.document import read_document
from emulator.deployment import Place, nearest_place

TEXT = dedent("""\
    apis:
      shop:
        type: http
        cors: &cors
          allowOrigins: [https://shop.example]
        routes:
          GET /items: items
      upload: {type: function-url, function: items, cors: {<<: *cors}}
    functions:
      items:
        handler: items.handler
    frontends:
      - origin: https://shop.example
      - credentials: include
    allowedHosts: [api]
    checks:
      - {request: GET /items, as: https://shop.example, expect: allowed}
    customDomains:
      api.example.com:
        mappings:
          "": {api: shop}
          v1/a: shop
    """)
LINES = {
    ("api", "shop"): 2,
    ("api", "shop", "type"): 3,
    ("api", "shop", "cors"): 4,
    ("api", "shop", "cors", "allowOrigins"): 5,
    ("api", "shop", "cors", "allowOrigins", 0): 5,
    ("api", "shop", "cors", "allowOrigins", "https://shop.example"): 5,
    ("api", "shop", "routes"): 6,
    ("api", "shop", "route", "GET /items"): 7,
    ("api", "upload"): 8,
    ("api", "upload", "type"): 8,
    ("api", "upload", "function"): 8,
    ("api", "upload", "cors"): 8,
    ("api", "upload", "cors", "allowOrigins"): 5,
    ("api", "upload", "cors", "allowOrigins", 0): 5,
    ("api", "upload", "cors", "allowOrigins", "https://shop.example"): 5,
    ("function", "items"): 10,
    ("function", "items", "handler"): 11,
    ("frontend", "https://shop.example"): 13,
    ("frontend", 0): 13,
    ("frontend", 0, "origin"): 13,
    ("frontend", 1): 14,
    ("frontend", 1, "credentials"): 14,
    ("allowedHosts",): 15,
    ("allowedHosts", 0): 15,
    ("check", 0): 17,
    ("check", 0, "request"): 17,
    ("check", 0, "as"): 17,
    ("check", 0, "expect"): 17,
    ("domain", "api.example.com"): 19,
    ("domain", "api.example.com", "mappings"): 20,
    ("domain", "api.example.com", "mapping", "(none)"): 21,
    ("domain", "api.example.com", "mapping", "(none)", "api"): 21,
    ("domain", "api.example.com", "mapping", "v1/a"): 22,
}
PATHS = {
    ("api", "shop", "route", "GET /items"): 'apis.shop.routes["GET /items"]',
    ("api", "upload", "cors", "allowOrigins", 0): "apis.upload.cors.allowOrigins[0]",
    ("function", "items", "handler"): "functions.items.handler",
    ("frontend", "https://shop.example"): "frontends[0]",
    ("allowedHosts", 0): "allowedHosts[0]",
    ("check", 0, "as"): "checks[0].as",
}


def test_every_resource_and_its_fields_have_their_line() -> None:
    places = places_of(read_document(TEXT, "a.yaml"))
    assert places == {key: Place("a.yaml", line) for key, line in LINES.items()}
    assert {key: places[key].path for key in PATHS} == PATHS


def test_an_entry_that_is_no_text_has_its_number_only() -> None:
    places = places_of(read_document("apis: {shop: {cors: {allowOrigins: [{a: b}]}}}", "a.yaml"))
    assert ("api", "shop", "cors", "allowOrigins", 0) in places
    assert [key[4:] for key in places if key[:4] == ("api", "shop", "cors", "allowOrigins")] == [(), (0,), (0, "a")]


def test_a_deployment_knows_where_it_is_declared(tmp_path) -> None:
    file = tmp_path / "emulator.yaml"
    file.write_text(TEXT.replace("  - credentials: include\n", "").replace("handler: items.handler", "handler: a.b"))
    (tmp_path / "a.py").write_text("")
    places = load(file).deployment.places
    assert str(places["api", "shop", "cors"]) == f"{file}:4"
    assert nearest_place(places, ("api", "shop", "cors", "allowHeaders")) == places["api", "shop", "cors"]
    assert nearest_place(places, ("api", "gone")) is None
