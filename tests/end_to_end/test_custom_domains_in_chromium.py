"""A page that calls APIs by their custom domain name, in real Chromium: what it gets, and what is said of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from serving.emulate import serve
from serving.pages import DevelopmentServer

pytestmark = pytest.mark.browser

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    stage: v1
    cors: {{allowOrigins: [{allowed}], allowMethods: [PUT]}}
    stageVariables: {{fn: echo}}
    routes: {{GET /items: echo, PUT /items: "${{stageVariables.fn}}"}}
  admin: {{type: http, port: 0, cors: {{allowOrigins: [https://other.example]}}, routes: {{GET /items: echo}}}}
  orders: {{type: rest, port: 0, routes: {{PUT /items: echo}}}}
functions: {{echo: {{handler: app.handler}}}}
customDomains:
  api.example.com:
    port: 0
    mappings: {{shop: shop, admin: admin, orders/v1: orders}}
"""
HANDLER = """
def handler(event, context):
    return {"statusCode": 200, "body": event["requestContext"]["domainName"] + event.get("rawPath", "")}
"""
FETCH = """async ([url, method]) => {
    try {
        return await (await fetch(url, {method})).text();
    } catch (error) {
        return null;
    }
}"""


def test_the_page_gets_what_cors_of_the_api_behind_the_path_allows(
    page: Page, pages: DevelopmentServer, tmp_path: Path
) -> None:
    (tmp_path / "emulator.yaml").write_text(CONFIG.format(allowed=f"http://localhost:{pages.server_port}"))
    (tmp_path / "app.py").write_text(HANDLER)
    with serve(tmp_path, "--no-platform-logs") as served:
        (url,) = re.findall(r"domain +(http://localhost:\d+)/shop,", served.console)

        def fetch(path: str, method: str = "GET") -> str | None:
            text: str | None = page.evaluate(FETCH, [url + path, method])
            return text

        assert fetch("/shop/items") == fetch("/shop/items", "PUT") == "api.example.com/items"
        assert fetch("/admin/items") is None
        assert fetch("/orders/v1/items", "PUT") is None
        assert fetch("/ping") is None
        assert fetch("/items") is None
        console = " ".join(served.wait_for("emulate explain url-outside-stage").split())
    assert "to `cors.allowOrigins` of 'admin'" in console
    assert "Add `OPTIONS /items" in console
    assert "emulate explain reserved-path" in console
    assert "of its custom domain name; an answer from outside it" in console
