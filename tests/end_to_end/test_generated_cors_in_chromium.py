"""The OPTIONS methods of every deployment tool in real Chromium: what becomes of a page's call is what `serve` says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from serving.as_json import Reader, serve_as_json
from serving.pages import DevelopmentServer

pytestmark = pytest.mark.browser

HANDLER = """
def handler(event, context):
    headers = {name.lower(): value for name, value in event["headers"].items()}
    allowed = {"Access-Control-Allow-Origin": headers.get("origin", ""), "Access-Control-Allow-Credentials": "true"}
    return {"statusCode": 200, "headers": allowed, "body": "{}"}
"""
FETCH = """async ([url, init]) => {
    try {
        return (await fetch(url, init)).status;
    } catch (error) {
        return null;
    }
}"""
OTHER = "https://other.example"
GENERATORS = ("console", "sam", "cdk", "serverless")
SEVERAL = ("cdk", "serverless")
CALLS: dict[str, dict[str, Any]] = {
    "plain": {"method": "PUT"},
    "credentials": {"method": "PUT", "credentials": "include"},
    "header": {"method": "PUT", "headers": {"x-unlisted": "1"}},
    "key": {"method": "PUT", "headers": {"x-api-key": "a"}},
}


def origins(generator: str, page: str) -> dict[str, list[str]]:
    """The origins of each API of a tool, by what they say of the page."""
    both = {"first": [page, OTHER], "second": [OTHER, page]} if generator in SEVERAL else {}
    return {"any": ["*"], "own": [page], "foreign": [OTHER], **both}


def configuration(page: str) -> dict[str, Any]:
    apis = {}
    for generator in GENERATORS:
        for name, listed in origins(generator, page).items():
            quoted = [f"'{one}'" for one in listed] if generator == "sam" else listed
            cors = {"generator": generator, "allowOrigins": quoted, "allowCredentials": name != "any"}
            apis[f"{generator}-{name}"] = {"type": "rest", "port": 0, "routes": {"PUT /x": "f"}, "cors": cors}
    return {"apis": apis, "functions": {"f": {"handler": "app.handler"}}}


def lets_in(generator: str, name: str, call: str) -> bool:
    """What each tool's own text says: of the first origin of several a template names all but the first."""
    if name == "foreign" or call == "header":
        return False
    if call == "key":
        return generator != "sam"
    return not (name == "any" and call == "credentials")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, pages: DevelopmentServer) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("generated")
    (folder / "emulator.yaml").write_text(json.dumps(configuration(f"http://localhost:{pages.server_port}")))
    (folder / "app.py").write_text(HANDLER)
    with serve_as_json(folder) as started:
        yield started


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_page_gets_what_serve_says(generator: str, served: Reader, page: Page, pages: DevelopmentServer) -> None:
    for name in origins(generator, f"http://localhost:{pages.server_port}"):
        api = f"{generator}-{name}"
        for call, init in CALLS.items():
            path = f"/x?{call}"
            status = page.evaluate(FETCH, [f"{served.urls[api]}{path}", init])
            assert (status == 200) == lets_in(generator, name, call), (api, call)
            preflight = of(served, api, "OPTIONS", call)
            if status is None:
                said = preflight["verdict"]["with_credentials"] or preflight["verdict"]
                assert (said["outcome"], said["layer"]) == ("blocked", "gateway"), (api, call, said)
            else:
                assert of(served, api, "PUT", call)["verdict"]["outcome"] == "allowed", (api, call)


def of(served: Reader, api: str, method: str, call: str) -> dict[str, Any]:
    """The exchange of a call's request or its preflight."""
    return served.until(
        lambda one: (
            one["type"] == "exchange"
            and one["api"] == api
            and (one["request"]["method"], one["request"]["query"]) == (method, call)
        ),
        f"{method} of {call} to {api}",
    )
