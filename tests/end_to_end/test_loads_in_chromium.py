"""What a page in real Chromium loads and calls for, each in its own way: Chromium's console says of a block, word for
word, what ours says; and each way that a finding offers lets it through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page

from serving.as_json import Reader, serve_as_json

pytestmark = pytest.mark.browser

HANDLER = """
import base64

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
TYPES = {"script": "text/javascript", "module": "text/javascript", "import": "text/javascript", "style": "text/css",
         "json": "application/json", "image": "image/png", "track": "text/vtt", "manifest": "application/json",
         "stream": "text/event-stream"}
BODIES = {"json": "{}", "manifest": "{}", "track": "WEBVTT\\n", "stream": "data: x\\n\\n", "image": PNG}

def handler(event, context):
    kind, query = event["pathParameters"]["kind"], event.get("queryStringParameters") or {}
    headers = {"Content-Type": TYPES.get(kind, "text/plain"), "Cache-Control": "no-store"}
    if query.get("allow"):
        headers["Access-Control-Allow-Origin"] = query["allow"]
    answer = {"statusCode": 200, "headers": headers, "body": BODIES.get(kind, "")}
    return {**answer, "isBase64Encoded": kind == "image"}
"""
CONFIG = """
apis:
  bare:
    type: http
    port: 0
    routes:
      GET /{kind}: files
functions:
  files: {handler: app.handler}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("loads")
    (folder / "app.py").write_text(HANDLER)
    (folder / "emulator.yaml").write_text(CONFIG)
    with serve_as_json(folder) as reader:
        yield reader


def element(tag: str, *properties: str, into: str = "head") -> str:
    """JavaScript that loads a URL by an element, and says whether it did."""
    return f"""url => new Promise(done => {{
        const it = document.createElement("{tag}");
        it.onload = it.oncanplay = () => done("loaded");
        it.onerror = () => done("failed");
        {" ".join(f"it.{one};" for one in properties)}
        document.{into}.append(it);
    }})"""


def xhr(method: str, before: str = "", body: str = "") -> str:
    return f"""url => new Promise(done => {{
        const call = new XMLHttpRequest();
        call.open("{method}", url);
        {before}
        call.onload = () => done("loaded");
        call.onerror = () => done("failed");
        call.send({body});
    }})"""


FETCH = "url => fetch(url).then(() => 'loaded', () => 'failed')"
ANONYMOUS = "crossOrigin = 'anonymous'"
USE_CREDENTIALS = "crossOrigin = 'use-credentials'"
AXIOS = "call.setRequestHeader('Accept', 'application/json, text/plain, */*');"
TRACK = """url => new Promise(done => {
    const [video, track] = [document.createElement("video"), document.createElement("track")];
    video.crossOrigin = "anonymous";
    Object.assign(track, { default: true, src: url, onload: () => done("loaded"), onerror: () => done("failed") });
    video.append(track);
    document.body.append(video);
    track.track.mode = "showing";
})"""
FONT = """url => {
    const face = new FontFace("one", `url(${url})`);
    return face.load().then(() => 'loaded', () => 'failed');
}"""
EVENTS = """url => new Promise(done => {
    const events = new EventSource(url);
    const end = how => () => { events.close(); done(how); };
    events.onmessage = end("loaded");
    events.onerror = end("failed");
})"""
WORKLET = "url => new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(url).then(() => 'loaded', () => 'failed')"

LOADS = [
    pytest.param("text", FETCH, "fetch", id="fetch"),
    pytest.param("text", xhr("GET", AXIOS), "XMLHttpRequest", id="axios"),
    pytest.param("stream", EVENTS, "resource", id="eventsource"),
    pytest.param("script", element("script", ANONYMOUS, "src = url"), "script", id="script"),
    pytest.param("module", element("script", "type = 'module'", "src = url"), "script", id="module"),
    pytest.param("import", "url => import(url).then(() => 'loaded', () => 'failed')", "script", id="import"),
    pytest.param("json", "url => import(url, {with: {type: 'json'}}).then(() => 'loaded', () => 'failed')", "script",
                 id="json-module"),
    pytest.param("module", element("link", "rel = 'modulepreload'", "href = url"), "script", id="modulepreload"),
    pytest.param("image", element("img", ANONYMOUS, "src = url", into="body"), "image", id="image"),
    pytest.param("style", element("link", "rel = 'stylesheet'", ANONYMOUS, "href = url"), "CSS stylesheet", id="style"),
    pytest.param("track", TRACK, "text track", id="track"),
    pytest.param("audio", element("audio", ANONYMOUS, "src = url", into="body"), "audio", id="audio"),
    pytest.param("video", element("video", ANONYMOUS, "src = url", into="body"), "video", id="video"),
    pytest.param("font", FONT, "font", id="font"),
    pytest.param("manifest", "url => { document.head.append(Object.assign(document.createElement('link'),"
                 " { rel: 'manifest', href: url })) }", "manifest", id="manifest"),
    pytest.param("text", element("link", "rel = 'prefetch'", ANONYMOUS, "href = url"), "link prefetch resource",
                 id="prefetch"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "script", "word"), LOADS)
def test_a_block_in_chromium_s_own_words(
    page: Page, told: Reader, kind: str, script: str, word: str, request: pytest.FixtureRequest
) -> None:
    target = f"/{kind}?{request.node.callspec.id}"
    said = blocked(page, script, told.urls["bare"] + target)
    verdict = told.exchange(target)["verdict"]
    assert verdict["outcome"] == "blocked"
    assert verdict["message"] == said
    assert said.startswith(f"Access to {word} at ")


CREDENTIALED = [
    pytest.param("text", xhr("GET", f"{AXIOS} call.withCredentials = true;"), id="axios"),
    pytest.param("script", element("script", USE_CREDENTIALS, "src = url"), id="script"),
    pytest.param("image", element("img", USE_CREDENTIALS, "src = url", into="body"), id="image"),
    pytest.param("style", element("link", "rel = 'stylesheet'", USE_CREDENTIALS, "href = url"), id="style"),
]


@pytest.mark.parametrize(("kind", "script"), CREDENTIALED)
def test_a_block_of_credentials(page: Page, told: Reader, kind: str, script: str) -> None:
    """A cookie shows them."""
    page.evaluate("document.cookie = 'a=b'")
    target = f"/{kind}?allow=*"
    said = blocked(page, script, told.urls["bare"] + target)
    exchange = told.exchange(target)
    page.evaluate("document.cookie = 'a=; max-age=0'")
    assert exchange["verdict"]["message"] == said
    assert exchange["findings"][0]["name"] == "wildcard-with-credentials"
    assert (kind == "text") == said.endswith("is controlled by the withCredentials attribute.")


FOLLOWED = [
    pytest.param("script", element("script", ANONYMOUS, "src = url"), ANONYMOUS, id="script"),
    pytest.param("image", element("img", ANONYMOUS, "src = url", into="body"), ANONYMOUS, id="image"),
    pytest.param("style", element("link", "rel = 'stylesheet'", ANONYMOUS, "href = url"), ANONYMOUS, id="style"),
]


@pytest.mark.parametrize(("kind", "script", "attribute"), FOLLOWED)
def test_both_ways_that_are_offered_lead_to_the_page(
    page: Page, told: Reader, kind: str, script: str, attribute: str
) -> None:
    url = f"{told.urls['bare']}/{kind}?both"
    assert page.evaluate(script, url) == "failed"
    (finding,) = told.exchange(f"/{kind}?both")["findings"]
    assert finding["fix"].startswith("Let function 'files' return Access-Control-Allow-Origin: http://localhost:")
    assert "; or drop `crossorigin` from the page's <" in finding["fix"]
    assert page.evaluate(script.replace(f"it.{attribute};", ""), url) == "loaded"
    assert page.evaluate(script, f"{url}&allow={page.evaluate('origin')}") == "loaded"


@pytest.mark.parametrize("script", [TRACK, element("script", "type = 'module'", "src = url")])
def test_the_one_way_leads_to_the_page_too(page: Page, told: Reader, script: str) -> None:
    kind = "track" if script == TRACK else "module"
    assert page.evaluate(script, f"{told.urls['bare']}/{kind}?one") == "failed"
    told.exchange(f"/{kind}?one")
    assert page.evaluate(script, f"{told.urls['bare']}/{kind}?one&allow={page.evaluate('origin')}") == "loaded"


def test_a_load_without_crossorigin_needs_no_cors(page: Page, told: Reader) -> None:
    plain = element("script", "src = url")
    assert page.evaluate(plain, f"{told.urls['bare']}/script?plain") == "loaded"
    exchange = told.exchange("/script?plain")
    assert (exchange["verdict"], exchange["findings"]) == (None, [])


def blocked(page: Page, script: str, url: str) -> str:
    """What Chromium's console says of the block."""

    def is_of_it(message: ConsoleMessage) -> bool:
        return message.text.startswith("Access to ") and url in message.text

    with page.expect_console_message(is_of_it) as said:
        page.evaluate(script, url)
    return said.value.text
