"""A JWT authorizer and real Chromium: what a page of each origin can read of each call, with a token, without one, and
behind a route that takes OPTIONS; the console's verdict is the page's."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from serving.emulate import serve
from serving.pages import DevelopmentServer
from tokens import jwks, token

pytestmark = pytest.mark.browser

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {{allowOrigins: [{origin}], allowHeaders: [authorization], allowMethods: [GET]}}
    authorizers:
      users:
        type: jwt
        jwtConfiguration: {{issuer: https://id.example.com, audience: [shop]}}
        jwks: keys.json
    routes:
      GET /open: items
      GET /guarded: {{function: items, authorizer: users}}
      ANY /any: {{function: items, authorizer: users}}
functions:
  items: {{handler: app.items}}
"""
HANDLER = "def items(event, context):\n    return {'statusCode': 200, 'body': 'ok'}\n"
FETCH = """async ([url, token]) => {
    try {
        return (await fetch(url, token === null ? {} : {headers: {Authorization: token}})).status;
    } catch (error) {
        return null;
    }
}"""


@pytest.mark.parametrize("is_allowed", [True, False])
def test_what_a_page_can_read(tmp_path: Path, page: Page, pages: DevelopmentServer, is_allowed: bool) -> None:
    own = f"http://localhost:{pages.server_port}"
    (tmp_path / "emulator.yaml").write_text(CONFIG.format(origin=own if is_allowed else "https://other.example"))
    (tmp_path / "app.py").write_text(HANDLER)
    (tmp_path / "keys.json").write_text(jwks())
    began = int(time.time())
    good, bad = token(iat=began - 60, exp=began + 3600), token(iat=began - 60, exp=began + 3600, aud="other")
    calls = [
        ("/open", None, 200),
        ("/open", good, 200),
        ("/guarded", None, 401),
        ("/guarded", good, 200),
        ("/guarded", bad, 401),
        ("/any", None, 401),
        ("/any", good, None),
    ]
    with serve(tmp_path) as served:
        url = served.urls["shop"]
        read = [page.evaluate(FETCH, [f"{url}{path}", sent]) for path, sent, _ in calls]
        assert read == [status if is_allowed else None for _, _, status in calls]
        last = "preflight-requires-authorization" if is_allowed else "origin-not-allowed"
        console = served.wait_until(lambda text: len(re.findall(r"/any", text)) >= 2 and last in text, last)
    assert ("BLOCKED" in console.partition("/any")[0]) is not is_allowed
    assert "jwt" in console
    assert not any(part in console for sent in (good, bad) for part in sent.split("."))
