"""What the parts of a configuration get wrong about AWS and each other."""

import pytest

from configured import rule_problems

FUNCTIONS = "functions:\n  items: {handler: items.handler}\n"


def api(*lines, product="http"):
    own = "".join(f"    {line}\n" for line in lines)
    return f"apis:\n  shop:\n    type: {product}\n    routes: {{GET /items: items}}\n{own}{FUNCTIONS}"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            api("stage: prod-1_x", "stageVariables: {table_1: https://x/?a=b&c#d}", "cors: {allowOrigins: ['*']}"),
            "",
            id="sound",
        ),
        pytest.param(
            """
            apis:
              a: {type: function-url, function: items, port: 3000}
              b: {type: function-url, function: items, port: 3000}
              c: {type: function-url, function: items, port: 0}
              d: {type: function-url, function: items, port: 0}
              e: {type: function-url, function: items}
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:3: apis.b.port: port 3000, which `a` has already; expected a port of its own for "
            "each API. Choose another, or leave `port` out to get the next free one.",
            id="port-twice",
        ),
        pytest.param(
            """
            apis:
              '': {type: function-url, function: items}
            functions:
              items: {handler: items.handler}
            """,
            'emulator.yaml:2: apis[""]: an empty name; expected 1 to 128 characters. Rename the API.',
            id="api-name",
        ),
        pytest.param(
            """
            apis:
              a: {type: rest, routes: {GET /items: items}, cors: {maxAge: 600}}
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:2: apis.a.cors.maxAge: `maxAge`, which console does not have; expected a key that it has. "
            "Remove it, or write `generator: serverless`.",
            id="rest-cors",
        ),
        pytest.param(
            """
            apis:
              a: {type: http, stage: /dev, routes: {GET /items: items}}
              b: {type: http, stage: default, routes: {GET /items: items}}
              c: {type: http, stage: my stage, routes: {GET /items: items}}
              d: {type: rest, stage: $default, routes: {GET /items: items}}
              e: {type: rest, stage: v1.2, routes: {GET /items: items}}
              f: {type: rest, stage: '', routes: {GET /items: items}}
              g: {type: http, stage: $defualt, routes: {GET /items: items}}
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:2: apis.a.stage: `/dev`; expected $default, or letters, digits, `-` and `_`. Write "
            "`stage: dev`.\n"
            "emulator.yaml:4: apis.c.stage: `my stage`; expected $default, or letters, digits, `-` and `_`. "
            "Write `stage: my-stage`.\n"
            "emulator.yaml:5: apis.d.stage: `$default`; expected letters, digits, `-` and `_`. Write `stage: "
            "dev`.\n"
            "emulator.yaml:6: apis.e.stage: `v1.2`; expected letters, digits, `-` and `_`. Write `stage: v1-2`.\n"
            "emulator.yaml:7: apis.f.stage: an empty text; expected letters, digits, `-` and `_`. Write "
            "`stage: dev`.\n"
            "emulator.yaml:8: apis.g.stage: `$defualt`; expected $default, or letters, digits, `-` and `_`. "
            "Write `stage: $default`.",
            id="stages",
        ),
        pytest.param(
            """
            apis:
              a: {type: http, routes: {GET /ping: items, GET /ping/x: items, ANY /sping: items}}
              b: {type: http, stage: dev, routes: {GET /ping: items}}
              c: {type: rest, routes: {GET /ping: items}}
            functions: {items: {handler: items.handler}}
            """,
            'emulator.yaml:2: warning: apis.a.routes["GET /ping"]: `/ping`, which API Gateway answers itself, for its '
            "health check; expected a path that reaches the function. Give the route another path, such as /health.\n"
            'emulator.yaml:2: warning: apis.a.routes["ANY /sping"]: `/sping`, which API Gateway answers itself, '
            "for its health check; expected a path that reaches the function. Give the route another path, such as "
            "/health.",
            id="reserved-paths",
        ),
        pytest.param(
            api("stageVariables: {my-table: x, table: 'a b', empty: ''}"),
            "emulator.yaml:5: apis.shop.stageVariables.my-table: the name `my-table`; expected letters, digits "
            "and `_`. Rename it.\n"
            "emulator.yaml:5: apis.shop.stageVariables.table: `a b`; expected letters, digits and -._~:/?#&=, "
            "in a stage variable. Take the other characters out: AWS refuses the variable.\n"
            "emulator.yaml:5: apis.shop.stageVariables.empty: an empty text; expected letters, digits and "
            "-._~:/?#&=, in a stage variable. Take the other characters out: AWS refuses the variable.",
            id="stage-variables",
        ),
        pytest.param(
            api(
                "binaryMediaTypes: ['*/*', image/png, image~1png, png, 'text/html; charset=utf-8', image/*]",
                product="rest",
            ),
            "emulator.yaml:5: apis.shop.binaryMediaTypes[2]: `image~1png`; expected a media type, without "
            'parameters. Write "image/png".\n'
            "emulator.yaml:5: apis.shop.binaryMediaTypes[3]: `png`; expected a media type, without parameters. "
            'Write it like "image/png" or "*/*".\n'
            "emulator.yaml:5: apis.shop.binaryMediaTypes[4]: `text/html; charset=utf-8`; expected a media "
            'type, without parameters. Write "text/html".',
            id="binary-media-types",
        ),
        pytest.param(
            api(
                "cors:",
                "  allowOrigins: ['*', 'capacitor://localhost', 'https://*.example.com']",
                "  allowMethods: [ANY, get]",
                "  allowCredentials: yes",
                "  maxAge: 86401",
            ),
            "emulator.yaml:6: apis.shop.cors.allowOrigins[1]: Invalid format for origin capacitor://localhost; "
            'expected an http or https origin such as https://shop.example.com, or one of "*", "https://*", '
            '"http://*". Write each origin as scheme://host, with :port when it has one; list sub-domains one '
            "by one.\n"
            "emulator.yaml:6: apis.shop.cors.allowOrigins[2]: Invalid format for origin https://*.example.com; "
            'expected an http or https origin such as https://shop.example.com, or one of "*", "https://*", '
            '"http://*". Write each origin as scheme://host, with :port when it has one; list sub-domains one '
            "by one.\n"
            "emulator.yaml:7: apis.shop.cors.allowMethods[0]: Method ANY is not supported; expected one of "
            'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, *. Write "*" to allow every method.\n'
            "emulator.yaml:8: apis.shop.cors.allowCredentials: allow-credentials is not supported if "
            "'allow-origin' is *; expected allowCredentials: true only with listed origins. List the origins "
            'that send cookies or Authorization instead of "*", or drop allowCredentials.\n'
            "emulator.yaml:9: apis.shop.cors.maxAge: 86401; expected -1 to 86400 seconds. Write a number of "
            "seconds of at most one day, 86400.",
            id="http-cors",
        ),
        pytest.param(
            """
            apis:
              up:
                type: function-url
                function: items
                cors: {allowMethods: [OPTIONS], maxAge: -1}
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:5: apis.up.cors.allowMethods[0]: the method OPTIONS (a function URL's methods have "
            "at most 6 characters); expected one of GET, PUT, HEAD, POST, PATCH, DELETE, *. Remove it: a "
            "function URL with cors answers OPTIONS preflights itself.\n"
            "emulator.yaml:5: apis.up.cors.maxAge: -1; expected 0 to 86400 seconds. Write a number of seconds "
            "of at most one day, 86400.",
            id="function-url-cors",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes:
                  GET /a: itmes
                  GET /b: {function: orders}
                  GET /c: orders
                  GET /d: items.handler
              up: {type: function-url, function: upload}
            functions:
              items: {handler: items.handler}
            """,
            'emulator.yaml:5: apis.shop.routes["GET /a"]: the function `itmes`, which is not declared; '
            "expected the name of a function under `functions`. Write `items`, or declare `itmes` under "
            "`functions`.\n"
            'emulator.yaml:6: apis.shop.routes["GET /b"].function: the function `orders`, which is not '
            "declared (named 2 times); expected the name of a function under `functions`. Declare it: "
            "`functions: {orders: {handler: orders.handler}}`.\n"
            'emulator.yaml:8: apis.shop.routes["GET /d"]: the function `items.handler`, which is not declared; '
            "expected the name of a function under `functions`. Name a function, not a handler: `functions: "
            "{items: {handler: items.handler}}`, and `items` here.\n"
            "emulator.yaml:9: apis.up.function: the function `upload`, which is not declared; expected the "
            "name of a function under `functions`. Declare it: `functions: {upload: {handler: "
            "upload.handler}}`.",
            id="unknown-functions",
        ),
        pytest.param(
            """
            apis:
              a:
                type: http
                stageVariables: {fn: item}
                routes: {GET /a: "${stageVariables.fn}s", GET /b: "${stageVariables.fn}"}
              b:
                type: rest
                stageVariables: {fn: items}
                routes: {GET /a: "${stageVariables.fn}", GET /b: "${stageVariables.f}"}
            functions: {items: {handler: items.handler}}
            """,
            'emulator.yaml:5: apis.a.routes["GET /b"]: the function `item`, which is not declared; expected the name '
            "of a function under `functions`. Write `items`, or declare `item` under `functions`.\n"
            'emulator.yaml:9: apis.b.routes["GET /b"]: the function `${stageVariables.f}`, which is not declared; '
            "expected the name of a function under `functions`. Give the stage the variable: `stageVariables: "
            "{f: ...}`.",
            id="stage-variables-in-functions",
        ),
        pytest.param(
            """
            apis:
              up: {type: function-url, function: upload}
            """,
            "emulator.yaml:2: apis.up.function: the function `upload`, which is not declared; expected the "
            "name of a function under `functions`. Declare it: `functions: {upload: {handler: "
            "upload.handler}}`.",
            id="functions-not-declared-at-all",
        ),
    ],
)
def test_rules(text, messages):
    assert rule_problems(text) == messages


def test_an_api_has_a_name_of_at_most_128_characters():
    said = rule_problems(f"apis: {{{'x' * 129}: {{type: function-url, function: items}}}}\n{FUNCTIONS}")
    assert said.endswith(": a name of 129 characters; expected 1 to 128 characters. Rename the API.")
