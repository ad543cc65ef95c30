"""A page of Vite's with the plugin in it, and the APIs that it calls, all in one folder."""

from pathlib import Path

from serving.spa import ROOT, installed

SHOP = """
frontends:
  - {{origin: https://shop.example.com, dev: {origin}}}
apis:
  shop:
    type: http
    port: {shop}
    cors: {{allowOrigins: [https://shop.example.com], allowMethods: [GET]}}
    routes: {{GET /items: items, PUT /items: items, GET /raises: raises}}
  own:
    type: rest
    port: {own}
    routes: {{GET /sometimes: sometimes, GET /echo: echo, GET /hostile: hostile}}
functions:
  items: {{handler: app.items, codeUri: handlers}}
  raises: {{handler: app.raises, codeUri: handlers}}
  sometimes: {{handler: app.sometimes, codeUri: handlers}}
  echo: {{handler: app.echo, codeUri: handlers}}
  hostile: {{handler: app.hostile, codeUri: handlers}}
"""

HOSTILE = "<img src=x onerror=\"document.title='driven'\">"

HANDLERS = f"""
def items(event, context):
    return {{"statusCode": 200, "body": "[]"}}


def raises(event, context):
    raise ValueError({HOSTILE!r})


def allowing(origin):
    return {{"statusCode": 200, "headers": {{"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}}}


def sometimes(event, context):
    asked = event["queryStringParameters"] or {{}}
    return allowing("https://shop.example.com" if asked else "https://other.example")


def echo(event, context):
    return allowing(event["headers"]["origin"])


def hostile(event, context):
    return allowing({HOSTILE!r})
"""

CONFIG = f"""
import emulate from {str(ROOT / "vite-plugin" / "index.js")!r};

export default {{ plugins: [emulate({{ severity: "warning" }})] }};
"""

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">{head}
    <title>page</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <main><h1>Page</h1><button>Call</button></main>
    <script type="module" src="/main.js"></script>
  </body>
</html>
"""

STRICT = """
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'self'; connect-src 'self' http://localhost:*; img-src data:;
        require-trusted-types-for 'script'">"""


def written(folder: Path, origin: str, shop: int, own: int) -> Path:
    """Write it all: `/` and `/strict.html` have the plugin, and `/plain.html`, which Vite serves as it is, has not."""
    files = {
        "emulator.yaml": SHOP.format(origin=origin, shop=shop, own=own),
        "handlers/app.py": HANDLERS,
        "vite.config.js": CONFIG,
        "package.json": '{"private": true, "type": "module"}',
        "index.html": PAGE.format(head=""),
        "strict.html": PAGE.format(head=STRICT),
        "public/plain.html": PAGE.format(head=""),
        "main.js": "document.body.dataset.ran = 'true';\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "node_modules").symlink_to(installed())
    return folder
