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
    cors: {{allowOrigins: [{allowed}]}}
    routes: {{GET /items: echo}}
  admin: {{type: http, port: 0, cors: {{allowOrigins: [https://other.example]}}, routes: {{GET /items: echo}}}}
functions: {{echo: {{handler: app.handler}}}}
customDomains:
  api.example.com:
    port: 0
    mappings: {{shop: shop, admin: admin}}
"""
HANDLER = """
def handler(event, context):
    return {"statusCode": 200, "body": event["requestContext"]["domainName"] + event["rawPath"]}
"""
FETCH = "async (url) => { try { return await (await fetch(url)).text(); } catch (error) { return null; } }"


def test_the_page_gets_what_cors_of_the_api_behind_the_path_allows(
    page: Page, pages: DevelopmentServer, tmp_path: Path
) -> None:
    (tmp_path / "emulator.yaml").write_text(CONFIG.format(allowed=f"http://localhost:{pages.server_port}"))
    (tmp_path / "app.py").write_text(HANDLER)
    with serve(tmp_path, "--no-platform-logs") as served:
        (url,) = re.findall(r"domain +(http://localhost:\d+)/shop,", served.console)
        assert page.evaluate(FETCH, f"{url}/shop/items") == "api.example.com/items"
        assert page.evaluate(FETCH, f"{url}/admin/items") is None
        assert page.evaluate(FETCH, f"{url}/items") is None
        console = " ".join(served.wait_for("emulate explain url-outside-stage").split())
    assert "to `cors.allowOrigins` of 'admin'" in console
    assert f"{url}/admin/items" in console
    assert "'admin' is below /admin of its custom domain name" in console
