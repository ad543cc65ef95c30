"""Files: what is read, what is looked for beside it, and that nothing but ConfigError ever comes of it."""

from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.config.emulator_yaml.build import api_id
from emulator.config.load import load
from emulator.errors import ConfigError
from tokens import jwks

SOUND = """
# yaml-language-server: $schema=./emulator.schema.json
apis:
  shop:
    type: http
    stageVariables: {table: 1.10}
    cors: &cors {allowOrigins: [https://shop.example.com], allowCredentials: yes, maxAge: 600}
    routes:
      GET /items: items
      POST /items: {function: items, payloadFormatVersion: 1.0, timeoutInMillis: 5000}
      $default: legacy
  admin: {type: rest, stage: dev, port: 0, routes: {ANY /: legacy, "ANY /{proxy+}": legacy}}
  upload: {type: function-url, function: items, cors: {<<: *cors, maxAge: 5}}
functions:
  items: {handler: items.handler, codeUri: handlers, environment: {PORT: 8080, DEBUG: True, COUNTRY: NO}}
  legacy: {handler: legacy.handler, codeUri: ./handlers/../handlers, python: tools/python, layers: [./tools, handlers]}
  on: {handler: a.b, python: python3.11}
frontends:
  - {origin: https://shop.example.com, credentials: include}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "handlers").mkdir()
    for name in ("items.py", "items.zip", "bootstrap"):
        (tmp_path / "handlers" / name).touch(mode=0o644)
    (tmp_path / "tools" / "bin").mkdir(parents=True)
    (tmp_path / "tools" / "python").touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(text, name="emulator.yaml"):
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(dedent(text).lstrip("\n"))
    with pytest.raises(ConfigError) as raised:
        load(Path(name))
    return str(raised.value)


def test_a_sound_file(project):
    Path("emulator.yaml").write_text(SOUND)
    loaded = load(Path("emulator.yaml"))
    assert loaded.config_files == (project / "emulator.yaml",)
    shop, admin, upload = loaded.deployment.endpoints
    assert [shop.port, admin.port, upload.port] == [3000, 0, 3001]
    assert [shop.api.name, shop.api.api_id, shop.api.stage_variables] == ["shop", api_id("shop"), (("table", "1.10"),)]
    assert [route.integration.payload_format_version for route in shop.api.routes] == ["2.0", "1.0", "2.0"]
    assert (shop.api.cors.max_age, upload.api.cors.max_age, upload.api.cors.allow_credentials) == (600, 5, True)
    functions = loaded.deployment.functions
    assert functions["items"].environment == (("PORT", "8080"), ("DEBUG", "true"), ("COUNTRY", "NO"))
    assert {function.code_uri for name, function in functions.items() if name != "on"} == {project / "handlers"}
    assert [functions[name].python for name in ("items", "legacy", "on")] == [
        None,
        str(project / "tools/python"),
        "python3.11",
    ]
    assert functions["on"].code_uri == project
    assert functions["legacy"].layers == (project / "tools", project / "handlers")
    assert loaded.deployment.frontends[0].credentials == "include"


def test_the_projects_own_file_is_sound():
    file = Path(__file__).parents[2] / "emulator.yaml"
    assert load(file).deployment.endpoints


def test_paths_count_from_the_folder_of_the_file(project):
    Path("config").mkdir()
    text = SOUND.replace("./handlers/../handlers", "handlers").replace("codeUri: ", "codeUri: ../")
    text = text.replace("[./tools, handlers]", "[../tools, ../handlers]").replace("tools/python", "../tools/python")
    Path("config/emulator.yaml").write_text(text)
    deployment = load(Path("config/emulator.yaml")).deployment
    assert deployment.functions["items"].code_uri == project / "handlers"


def test_json_and_a_byte_order_mark_are_yaml_too(project):
    Path("emulator.json").write_bytes(
        b'\xef\xbb\xbf{"apis": {"up": {"type": "function-url", "function": "f", "port": 4000}},'
        b' "functions": {"f": {"handler": "f.handler"}}}'
    )
    assert load(Path("emulator.json")).deployment.endpoints[0].port == 4000


def test_all_problems_at_once_in_the_order_of_the_file(project):
    assert printed(
        """
        apis:
          shop:
            type: http
            port: 99999
            cors: {allow_origins: [https://shop.example.com]}
            routes:
              GET /items: itmes
              get /orders: items
              POST /items: {function: items, authorizer: session}
        functions:
          items: {handler: items, codeUri: handler, timeout: 3000}
          items: {handler: items.handler}
        frontends:
          - origin: https://shop.example.com/
        """
    ) == (
        "emulator.yaml:4: apis.shop.port: `99999`; expected a port from 1 to 65535, or 0 for any free one. "
        "Write it like `port: 3000`.\n"
        "emulator.yaml:5: apis.shop.cors.allow_origins: the unknown key `allow_origins`; expected `allowOrigins`. "
        "Write `allowOrigins` instead.\n"
        'emulator.yaml:7: apis.shop.routes["GET /items"]: the function `itmes`, which is not declared; '
        "expected the name of a function under `functions`. "
        "Write `items`, or declare `itmes` under `functions`.\n"
        'emulator.yaml:8: apis.shop.routes["get /orders"]: the method `get`; '
        "expected a route key such as GET /items/{id}, ANY /{proxy+} or $default. Write `GET /orders`.\n"
        'emulator.yaml:9: apis.shop.routes["POST /items"].authorizer: the authorizer `session`, which is not '
        "declared; expected an authorizer of the API. Declare it under `authorizers` of the API.\n"
        "emulator.yaml:11: functions.items.timeout: `3000`; expected whole seconds from 1 to 900. "
        "Write it like `timeout: 3`.\n"
        "emulator.yaml:11: functions.items.handler: `items`; expected `module.function`. "
        "Write it like `handler: items.handler`.\n"
        "emulator.yaml:11: functions.items.codeUri: `handler`, which does not exist; expected a folder. "
        "Write `codeUri: handlers`.\n"
        "emulator.yaml:12: functions.items: `items` a second time (first on line 11); expected each key once. "
        "Merge the two, or remove one.\n"
        "emulator.yaml:14: frontends[0].origin: `https://shop.example.com/`; expected an origin as browsers send it: "
        "scheme://host, with :port unless it is the scheme's default. Write `origin: https://shop.example.com`."
    )


ODD = """
apis:
  shop:
    type: http
    cors:
      allowOrigins: [https://shop.example.com, "http://localhost:5173/"]
      allowHeaders: ["content-type,authorization"]
    routes: {GET /items: items}
functions:
  items: {handler: items.handler, codeUri: handlers}
"""
WARNINGS = (
    "emulator.yaml:6: warning: apis.shop.cors.allowOrigins[1]: `http://localhost:5173/`, which no browser sends; "
    "expected an origin as browsers send it: scheme://host, with :port unless it is the scheme's default. Write "
    "http://localhost:5173: an origin has no slash at its end.\n"
    "emulator.yaml:7: warning: apis.shop.cors.allowHeaders[0]: `content-type,authorization`, 2 header names in one "
    "entry; expected a header name or *. Write one header name an entry: [content-type, authorization]; what an HTTP "
    "API makes of such an entry is not documented."
)


def test_a_warning_does_not_keep_it_from_being_served(project):
    Path("emulator.yaml").write_text(ODD)
    loaded = load(Path("emulator.yaml"))
    assert "\n".join(map(str, loaded.warnings)) == WARNINGS
    assert loaded.deployment.endpoints[0].api.cors.allow_headers == ("content-type,authorization",)
    assert load(Path(__file__).parents[2] / "emulator.yaml").warnings == ()


def test_warnings_stand_among_the_problems(project):
    route = (
        'emulator.yaml:7: apis.shop.routes["GET /items"]: the function `itmes`, which is not declared; expected the '
        "name of a function under `functions`. Write `items`, or declare `itmes` under `functions`."
    )
    one_higher = WARNINGS.replace("yaml:6", "yaml:5").replace("yaml:7", "yaml:6")
    assert printed(ODD.replace("GET /items: items", "GET /items: itmes")) == f"{one_higher}\n{route}"


def test_a_template_of_another_tool_is_one_problem(project):
    assert printed("Resources:\n  A: !Ref B\nAWSTemplateFormatVersion: 2010-09-09\n", "template.yaml") == (
        "template.yaml:3: AWSTemplateFormatVersion: a CloudFormation or SAM template; expected an emulator.yaml. "
        "Write an emulator.yaml beside it: `apis`, their `routes`, and `functions` with their `handler`."
    )


FUNCTION_LINE = "apis: {{up: {{type: function-url, function: f}}}}\nfunctions: {{f: {{handler: f.handler, {}}}}}\n"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        pytest.param(
            "codeUri: src",
            "codeUri: `src`, which does not exist; expected a folder. Create {project}/src, or correct the path.",
            id="no-folder",
        ),
        pytest.param(
            "codeUri: handlers/items.py",
            "codeUri: `handlers/items.py`, which is a file; expected a folder. Name its folder: `codeUri: handlers`.",
            id="file-for-a-folder",
        ),
        pytest.param(
            "codeUri: nowhere/at/all",
            "codeUri: `nowhere/at/all`, which does not exist; expected a folder. "
            "Create {project}/nowhere/at/all, or correct the path.",
            id="no-parent-either",
        ),
        pytest.param(
            f"codeUri: {'x' * 300}",
            f"codeUri: `{'x' * 60}...`, which does not exist; expected a folder. "
            f"Create {{project}}/{'x' * 300}, or correct the path.",
            id="longer-than-a-name-may-be",
        ),
        pytest.param(
            "python: .venv/bin/python",
            "python: `.venv/bin/python`, which does not exist; expected an interpreter. "
            "Create {project}/.venv/bin/python, or leave `python` out to use the project's virtual environment.",
            id="no-interpreter",
        ),
        pytest.param(
            "python: ./tools",
            "python: `./tools`, which is a folder; expected an interpreter. Write `python: tools/bin/python`.",
            id="folder-for-an-interpreter",
        ),
        pytest.param(
            "python: handlers/items.py",
            "python: `handlers/items.py`, which is not executable; expected an interpreter. "
            "Run chmod +x {project}/handlers/items.py.",
            id="not-executable",
        ),
        pytest.param(
            "layers: [tools, tool]",
            "layers[1]: `tool`, which does not exist; expected a folder. Write `tools`.",
            id="no-layer",
        ),
        pytest.param(
            "layers: [handlers/items.zip]",
            "layers[0]: `handlers/items.zip`, which is a file; expected a folder. "
            "Unpack it, and name the folder it was unpacked into.",
            id="packed-layer",
        ),
        pytest.param(
            "runtime: provided.al2023, codeUri: tools/bin",
            "codeUri: `tools/bin`, which holds no `bootstrap`; expected the executable `bootstrap` that a provided "
            "runtime starts. Build it into that folder, or give the `command` that runs it, such as `[cargo, run]` or "
            "`[go, run, .]`.",
            id="no-bootstrap",
        ),
        pytest.param(
            "runtime: provided.al2023, codeUri: handlers, layers: [tools]",
            "codeUri: `handlers`, whose `bootstrap` is not executable; expected the executable `bootstrap` that a "
            "provided runtime starts. Run chmod +x {project}/handlers/bootstrap.",
            id="bootstrap-is-not-executable",
        ),
    ],
)
def test_what_a_function_names_must_be_there(project, key, message):
    assert printed(FUNCTION_LINE.format(key)) == f"emulator.yaml:2: functions.f.{message.format(project=project)}"


@pytest.mark.parametrize("function", ["{runtime: provided, layers: [tools/bin, tools]}", "{command: [x]}"])
def test_a_bootstrap_is_a_layers_too_and_not_needed_with_a_command(project, function):
    (project / "tools" / "bootstrap").touch(mode=0o755)
    Path("emulator.yaml").write_text(f"apis: {{up: {{type: function-url, function: f}}}}\nfunctions: {{f: {function}}}")
    assert "f" in load(Path("emulator.yaml")).deployment.functions


def test_environment_files_go_to_every_function_and_are_configuration_files(project):
    Path("emulator.yaml").write_text(SOUND)
    Path("first.env").write_text("PORT=1\nDEBUG=1\n")
    Path("second.env").write_text("PORT=2\n")
    loaded = load(Path("emulator.yaml"), (Path("first.env"), Path("second.env")))
    functions = loaded.deployment.functions
    assert dict(functions["items"].environment) == {"PORT": "2", "DEBUG": "1", "COUNTRY": "NO"}
    assert dict(functions["on"].environment) == {"PORT": "2", "DEBUG": "1"}
    assert loaded.config_files == tuple(project / name for name in ("emulator.yaml", "first.env", "second.env"))


def test_problems_of_environment_files_stand_beside_those_of_the_configuration(project):
    Path("emulator.yaml").write_text(FUNCTION_LINE.format("codeUri: src"))
    Path("bad.env").write_text("X=1\n")
    with pytest.raises(ConfigError) as raised:
        load(Path("emulator.yaml"), (Path("bad.env"), Path("missing.env")))
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [
        ("emulator.yaml", 2),
        ("bad.env", 1),
        ("missing.env", 0),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param(
            "missing.yaml",
            "missing.yaml: no such file; expected a configuration. Create it, or name another with `-c FILE`.",
            id="no-file",
        ),
        pytest.param(
            "emulator.yaml",
            "emulator.yaml: no such file; expected a configuration. Name it: `-c emulator.yml`.",
            id="other-suffix",
        ),
        pytest.param(
            "nowhere/emulator.yaml",
            "nowhere/emulator.yaml: no such file; expected a configuration. Create it, or name another with `-c FILE`.",
            id="no-folder",
        ),
        pytest.param(
            "handlers",
            "handlers: a folder; expected a file. Name the file in it: `-c handlers/emulator.yaml`.",
            id="folder",
        ),
        pytest.param(
            "emulator.yml/x",
            "emulator.yml/x: a file that cannot be read (Not a directory); expected a readable file. "
            "Check its permissions and path.",
            id="unreadable",
        ),
        pytest.param(
            "latin.yaml",
            "latin.yaml:2: the byte 0xe9, which is not UTF-8; expected text in UTF-8. "
            "Save the file with the encoding UTF-8.",
            id="latin-1",
        ),
        pytest.param(
            "tab.yaml",
            "tab.yaml:2:1: a tab as indentation; expected spaces. Replace each tab by two spaces.",
            id="syntax",
        ),
    ],
)
def test_what_cannot_be_read_is_one_problem(project, name, message):
    Path("emulator.yml").touch()
    Path("latin.yaml").write_bytes(b"# caf\xc3\xa9\na: \xe9\n")
    Path("tab.yaml").write_text("apis:\n\tshop:\n")
    with pytest.raises(ConfigError) as raised:
        load(Path(name))
    assert str(raised.value) == message


KEYS = [
    "apis", "shop", "functions", "items", "frontends", "type", "port", "stage", "stageVariables", "cors",
    "routes", "function", "handler", "codeUri", "python", "runtime", "environment", "command", "allowOrigins",
    "allowMethods", "maxAge", "allowCredentials", "payloadFormatVersion", "origin", "dev", "credentials",
    "layers", "loggingConfig", "logFormat", "concurrencyWait", "timeoutInMillis", "binaryMediaTypes", "authorizers",
    "Variables", "<<", "$default", "GET /items", "ANY /{proxy+}", "GET /{a}/{a}", "/x",
]  # fmt: skip
TEXTS = [
    "http", "rest", "function-url", "items", "items.handler", ".", "3000", "https://a.example", "*", "true",
    "1.0", "$default",
]  # fmt: skip
SCALARS = st.sampled_from(TEXTS) | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
NAMES = st.sampled_from(KEYS) | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)
NEAR_MISSES = st.fixed_dictionaries(
    {},
    optional={
        "apis": st.dictionaries(
            NAMES,
            st.fixed_dictionaries(
                {"type": st.sampled_from(["http", "rest", "function-url", "x"])},
                optional={
                    "port": SCALARS,
                    "stage": SCALARS,
                    "cors": ANYTHING,
                    "function": SCALARS,
                    "routes": st.dictionaries(NAMES, ANYTHING, max_size=4),
                    "stageVariables": ANYTHING,
                    "binaryMediaTypes": ANYTHING,
                },
            ),
            max_size=3,
        ),
        "functions": st.dictionaries(
            NAMES,
            st.fixed_dictionaries({}, optional={"handler": SCALARS, "codeUri": SCALARS, "python": SCALARS}) | ANYTHING,
        ),
        "frontends": st.lists(st.fixed_dictionaries({}, optional={"origin": SCALARS, "dev": SCALARS}), max_size=3),
    },
)


@settings(max_examples=150, deadline=None)
@given(text=(NEAR_MISSES | ANYTHING).map(lambda data: yaml.safe_dump(data, allow_unicode=True)) | st.text())
def test_whatever_the_file_holds_nothing_but_a_config_error_comes_of_it(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(path)
    except ConfigError as error:
        problems = error.problems
    else:
        return
    assert problems
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    for problem in problems:
        assert len(str(problem).splitlines()) == 1
        assert "pydantic" not in str(problem)
        assert "Input should" not in str(problem)


REFERRING = """
apis: {shop: {type: http, routes: {GET /items: items}}}
functions:
  items:
    handler: items.handler
    codeUri: handlers
    environment:
      TABLE: ${TABLE}
      URL: ${URL:-http://localhost:8000}
"""


def environment_of(environ, *env_files):
    return dict(load(Path("emulator.yaml"), env_files, environ=environ).deployment.functions["items"].environment)


def test_references_are_taken_from_the_environment_and_then_from_files(project):
    Path("emulator.yaml").write_text(f"envFile: .env{REFERRING}")
    Path(".env").write_text("TABLE=file\nOWN=1\n")
    assert environment_of({}) == {"TABLE": "file", "URL": "http://localhost:8000", "OWN": "1"}
    Path("emulator.yaml").write_text(REFERRING)
    assert environment_of({"TABLE": "mine", "URL": ""}) == {"TABLE": "mine", "URL": "http://localhost:8000"}
    Path("local.env").write_text("NAME=local\n")
    assert environment_of({"TABLE": "mine"}, Path("local.env"))["NAME"] == "local"


def test_a_reference_to_nothing_is_told_with_its_line(project):
    Path("emulator.yaml").write_text(REFERRING)
    with pytest.raises(ConfigError) as raised:
        load(Path("emulator.yaml"), environ={})
    assert str(raised.value) == (
        "emulator.yaml:8: functions.items.environment.TABLE: `${TABLE}`, and there is no variable TABLE; expected a "
        "variable that is set where emulate runs. Set it here or in a file that `envFile` names, or give a default: "
        "`${TABLE:-local}`."
    )


def test_files_of_variables_are_read_in_their_order_and_watched(project):
    Path("emulator.yaml").write_text(f"envFile: [.env, more.env]{REFERRING}")
    Path(".env").write_text("TABLE=a\nOWN=1\n")
    Path("more.env").write_text("TABLE=b\n")
    Path("last.env").write_text("TABLE=c\n")
    assert environment_of({}) == {"TABLE": "b", "URL": "http://localhost:8000", "OWN": "1"}
    assert environment_of({}, Path("last.env"))["TABLE"] == "c"
    assert {file.name for file in load(Path("emulator.yaml"), environ={}).config_files} == {
        "emulator.yaml", ".env", "more.env"
    }  # fmt: skip


def test_an_env_file_is_read_only_where_it_is_named(project):
    Path(".env").write_text("TABLE=file\n")
    assert "there is no variable TABLE" in printed(REFERRING)
    (project / ".env").unlink()
    assert ".env: no such file; expected a file of environment variables. Create it, or correct `envFile`." in printed(
        f"envFile: .env{REFERRING}"
    )


DOCUMENT = """
openapi: 3.0.1
paths:
  /items:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${items.Arn}/invocations
"""
NAMING = """
apis:
  shop:
    type: rest
    openapi: api/shop.yaml
functions:
  items: {handler: items.handler, codeUri: handlers}
"""


@pytest.fixture
def documented(project):
    (project / "api").mkdir()
    (project / "api" / "shop.yaml").write_text(DOCUMENT)
    return project


def test_an_api_is_declared_by_an_openapi_document(documented):
    Path("emulator.yaml").write_text(NAMING)
    loaded = load(Path("emulator.yaml"))
    assert loaded.config_files == (documented / "emulator.yaml", documented / "api" / "shop.yaml")
    (endpoint,) = loaded.deployment.endpoints
    assert (endpoint.port, endpoint.api.api_id, endpoint.api.route_keys) == (3000, api_id("shop"), ("GET /items",))
    places = loaded.deployment.places
    assert str(places["api", "shop"]) == "emulator.yaml:3"
    assert str(places["api", "shop", "route", "GET /items"]) == "api/shop.yaml:5"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{items.Arn}", "{Itms.Arn}", 'api/shop.yaml:9: paths["/items"].get.x-amazon-apigateway-integration.uri: '),
        ("openapi: 3", "openapi: [3", "api/shop.yaml:"),
        ("get:", "got:", "api/shop.yaml:5: "),
        ("type: aws_proxy", "type: http_proxy", "is not emulated"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_document_is_told_at_its_line(documented, before, after, said):
    (documented / "api" / "shop.yaml").write_text(DOCUMENT.replace(before, after))
    assert said in printed(NAMING)


def test_a_document_that_cannot_be_read(documented):
    assert "emulator.yaml:4: apis.shop.openapi: `api/shop.yml`, which does not exist" in printed(
        NAMING.replace("shop.yaml", "shop.yml")
    )
    assert "Write `openapi: api/shop.yaml`." in printed(NAMING.replace("shop.yaml", "shop.yml"))
    assert "Create it, or correct the path." in printed(NAMING.replace("api/shop.yaml", "zzzzzz"))
    assert "api: a file that cannot be read (Is a directory)" in printed(NAMING.replace("api/shop.yaml", "api"))
    (documented / "api" / "shop.yaml").write_bytes(b"\xff")
    assert "api/shop.yaml:1: the byte 0xff, which is not UTF-8" in printed(NAMING)


def test_what_a_document_declares_alone(documented):
    text = printed(NAMING.replace("openapi: api", "binaryMediaTypes: [a/b]\n    openapi: api"))
    assert "emulator.yaml:4: apis.shop.binaryMediaTypes: `binaryMediaTypes` beside `openapi`" in text
    assert "as `x-amazon-apigateway-binary-media-types`" in text


def test_what_is_not_emulated_is_served_where_that_is_wanted(documented):
    (documented / "api" / "shop.yaml").write_text(f"{DOCUMENT}x-amazon-apigateway-policy: {{Version: '2012-10-17'}}\n")
    assert "the resource policy, which is not emulated" in printed(NAMING)
    Path("emulator.yaml").write_text(NAMING.replace("type: rest", "type: rest\n    unsupported: warn"))
    loaded = load(Path("emulator.yaml"))
    assert [str(problem).partition(":")[0] for problem in loaded.warnings] == ["api/shop.yaml"]
    assert loaded.deployment.endpoints[0].api.not_emulated == (("", "the resource policy"),)


def test_a_key_set_is_read_and_watched(project):
    text = """
    apis:
      shop:
        type: http
        authorizers:
          users: {type: jwt, jwtConfiguration: {issuer: https://id.example.com, audience: [a]}, jwks: keys.json}
        routes: {GET /a: {function: items, authorizer: users, authorizationScopes: [read]}}
    functions: {items: {handler: items.handler, codeUri: handlers}}
    """
    assert printed(text).startswith(
        "emulator.yaml:5: apis.shop.authorizers.users.jwks: `keys.json`, which cannot be read (No such file or "
        "directory); expected a file with a JSON Web Key Set. Save there what the issuer publishes"
    )
    Path("keys.json").write_text(jwks())
    loaded = load(Path("emulator.yaml"))
    (route,) = loaded.deployment.endpoints[0].api.routes
    assert (route.authorizer.jwks, route.authorization_scopes) == (jwks(), ("read",))
    assert {file.name for file in loaded.config_files} == {"emulator.yaml", "keys.json"}
